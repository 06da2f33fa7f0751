// SPDX-License-Identifier: MIT
// The core behind the seam of the suite: loader, runtime and interpreter in one pool a script.
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;
using Xunit;

namespace Wamr.Nano.Tests.TestKit.Spec;

/// <summary>Runs modules with the interpreter, or what <see cref="Executable"/> makes of them. Handles are the core's pointers.</summary>
internal unsafe class CoreEngine : IEngine
{
    private const uint PoolBytes = 64 << 20, StackBytes = 512 << 10;

    private readonly Pool _pool = new(PoolBytes);
    private readonly List<nint> _binaries = [];
    private readonly List<nint> _modules = [];
    private readonly List<nint> _instances = [];
    private readonly Dictionary<string, nint> _registered = [];
    private readonly SpecTestHost _host = new();

    public CoreEngine()
    {
        Runtimes.Init(_pool.Runtime, null, Features.All);
        _pool.Runtime->Load.WholePages = 1;
        Assert.Equal(WasmError.None, _host.Register(_pool.Runtime));
        Assert.Equal(WasmError.None, Load(SpecTestHost.Module(), out nint module));
        Assert.Equal(WasmError.None, Instantiate(module, out nint instance));
        Register("spectest", instance);
    }

    public WasmError Load(byte[] binary, out nint module)
    {
        byte* bytes = (byte*)NativeMemory.Alloc((nuint)binary.Length + 1);
        binary.CopyTo(new Span<byte>(bytes, binary.Length));
        _binaries.Add((nint)bytes);
        Module* loaded = null;
        WasmError error = ModuleLoader.Load(_pool.Runtime, bytes, (uint)binary.Length, &loaded);
        module = (nint)loaded;
        if (error == WasmError.None) _modules.Add(module);
        return error;
    }

    public WasmError Instantiate(nint module, out nint instance)
    {
        GCHandle self = GCHandle.Alloc(this);
        InstantiateArgs args = default;
        args.StackBytes = StackBytes;
        args.Resolver = &Resolve;
        args.ResolverContext = (void*)GCHandle.ToIntPtr(self);
        Instance* made;
        WasmError error = Instances.Create(Executable((Module*)module), &args, &made);
        self.Free();
        instance = (nint)made;
        if (error == WasmError.None) _instances.Add(instance);
        return error;
    }

    protected Core.Run.Runtime* Rt => _pool.Runtime;

    /// <summary>The module that is instantiated in place of a validated one.</summary>
    protected virtual Module* Executable(Module* module) => module;

    /// <summary>A module of the engine's own is unloaded at the end.</summary>
    protected void Keep(Module* module) => _modules.Add((nint)module);

    public void Register(string name, nint instance) => _registered[name] = instance;

    public WasmError Invoke(nint instance, string function, ReadOnlySpan<SpecValue> arguments, out SpecValue[] results)
    {
        results = [];
        Module* module = ((Instance*)instance)->Module;
        if (!Find(module, function, ExternKind.Func, out uint index)) return WasmError.UnknownExport;
        FuncType* type = &module->Types[module->Functions[index].TypeIndex];
        uint* slots = stackalloc uint[Math.Max(1, (int)Math.Max(type->ParamSlots, type->ResultSlots))];
        uint* at = slots;
        foreach (SpecValue argument in arguments) at += Store(at, argument);

        ExecEnv* env;
        WasmError error = ExecEnvs.Create((Instance*)instance, 0, &env);
        if (error != WasmError.None) return error;
        error = Calls.Function(env, index, slots);
        Assert.Equal(WasmError.None, ExecEnvs.Free(env));
        if (error != WasmError.None) return error;
        results = new SpecValue[type->ResultCount];
        at = slots;
        for (int i = 0; i < results.Length; at += ValTypes.Slots(results[i++].Type))
            results[i] = Value((ValType)FuncTypes.Results(type)[i], at);
        return WasmError.None;
    }

    public WasmError ReadGlobal(nint instance, string name, out SpecValue value)
    {
        value = default;
        Module* module = ((Instance*)instance)->Module;
        if (!Find(module, name, ExternKind.Global, out uint index)) return WasmError.UnknownExport;
        value = Value(module->Globals[index].Type, Globals.Cell((Instance*)instance, index));
        return WasmError.None;
    }

    public virtual void Dispose()
    {
        foreach (nint instance in _instances) ScopeEnd.Check(Instances.Free((Instance*)instance));
        foreach (nint module in _modules) ScopeEnd.Check(Modules.Unload((Module*)module));
        Runtimes.Destroy(_pool.Runtime);
        foreach (nint binary in _binaries) NativeMemory.Free((void*)binary);
        _host.Dispose();
        _pool.Dispose();
    }

    private static WasmError Resolve(void* context, ImportRequest* request, Extern* answer)
    {
        CoreEngine engine = (CoreEngine)GCHandle.FromIntPtr((nint)context).Target!;
        string module = Encoding.UTF8.GetString(request->ModuleName, (int)request->ModuleLength);
        if (!engine._registered.TryGetValue(module, out nint instance)) return WasmError.UnknownImport;
        WasmError error = Instances.Export((Instance*)instance, request->Name, request->NameLength, answer);
        return error == WasmError.UnknownExport ? WasmError.UnknownImport : error;
    }

    private static bool Find(Module* module, string name, ExternKind kind, out uint index)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(name);
        ExternKind found;
        uint at;
        bool exists;
        fixed (byte* p = utf8) exists = Exports.Find(module, p, (uint)utf8.Length, &found, &at);
        index = at;
        return exists && found == kind;
    }

    private static uint Store(uint* at, SpecValue value)
    {
        uint slots = ValTypes.Slots(value.Type);
        if (slots == 2) Raw.Store64((byte*)at, value.Bits);
        else *at = (uint)value.Bits;
        return slots;
    }

    private static SpecValue Value(ValType type, uint* at) => new(type, ValTypes.Slots(type) == 2 ? Raw.Load64((byte*)at) : *at);
}
