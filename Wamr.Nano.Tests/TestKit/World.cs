// SPDX-License-Identifier: MIT
// A runtime over a test pool, its modules, and instances other modules can import from by name.
using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Xunit;

namespace Wamr.Nano.Tests.TestKit;

/// <summary>Disposing ends the runtime, unloads the modules and fails the test where anything of the pool is still in use.</summary>
internal sealed unsafe class World : IDisposable
{
    private readonly List<nint> _modules = [], _bytes = [];
    private readonly Dictionary<string, nint> _named = [];
    private GCHandle _self;

    public World(uint poolSize = 512 * 1024, PlatformHooks platform = default)
    {
        Pool = new Pool(poolSize);
        Runtimes.Init(Rt, &platform, Features.All);
        _self = GCHandle.Alloc(this);
    }

    public Pool Pool { get; }

    public Core.Run.Runtime* Rt => Pool.Runtime;

    public uint InstanceBytes => Pool.Statistics.Instance.Used;

    public Module* Load(ModuleBuilder builder)
    {
        Module* module;
        Assert.Equal(WasmError.None, TryLoad(builder.Build(), &module));
        return module;
    }

    public WasmError TryLoad(byte[] bytes, Module** module)
    {
        byte* copy = Copy(bytes);
        WasmError error = ModuleLoader.Load(Rt, copy, (uint)bytes.Length, module);
        if (error == WasmError.None) _modules.Add((nint)(*module));
        return error;
    }

    /// <summary>Zero-terminated copy in native memory that lives as long as the world.</summary>
    public byte* Text(string text) => Copy(Encoding.UTF8.GetBytes(text + "\0"));

    /// <summary>Instantiates; imports are looked up among the named instances, then among the registered host functions.</summary>
    public WasmError TryInstantiate(Module* module, Instance** instance, InstantiateArgs args = default)
    {
        args.Resolver = &Resolve;
        args.ResolverContext = (void*)GCHandle.ToIntPtr(_self);
        return Instances.Create(module, &args, instance);
    }

    public Instance* Instantiate(ModuleBuilder builder, string? name = null, InstantiateArgs args = default)
    {
        Instance* instance;
        Assert.Equal(WasmError.None, TryInstantiate(Load(builder), &instance, args));
        if (name != null) _named[name] = (nint)instance;
        return instance;
    }

    /// <summary>Error of an instantiation that must fail.</summary>
    public WasmError Refusal(ModuleBuilder builder, InstantiateArgs args = default)
    {
        Instance* instance;
        WasmError error = TryInstantiate(Load(builder), &instance, args);
        Assert.NotEqual(WasmError.None, error);
        Assert.True(instance == null);
        return error;
    }

    public static ExecEnv* Env(Instance* instance, uint stackBytes = 0)
    {
        ExecEnv* env;
        Assert.Equal(WasmError.None, ExecEnvs.Create(instance, stackBytes, &env));
        return env;
    }

    /// <summary>Value of an exported global; the bits.</summary>
    public static ulong Global(Instance* instance, string name)
    {
        Extern item = Export(instance, name);
        Assert.Equal(ExternKind.Global, item.Kind);
        return Globals.Load(instance, item.Index);
    }

    public static Extern Export(Instance* instance, string name)
    {
        Extern item;
        byte[] utf8 = Encoding.UTF8.GetBytes(name);
        fixed (byte* p = utf8) Assert.Equal(WasmError.None, Instances.Export(instance, p, (uint)utf8.Length, &item));
        return item;
    }

    public static byte[] Bytes(Instance* instance, uint address, int count) =>
        new Span<byte>(instance->Memory->Data + address, count).ToArray();

    /// <summary>Elements of a table as they are.</summary>
    public static uint[] Elements(Instance* instance, uint table = 0)
    {
        TableInst* t = instance->Tables[table];
        return new Span<uint>(t->Elements, (int)t->Size).ToArray();
    }

    public void Dispose()
    {
        Runtimes.Destroy(Rt);
        foreach (nint module in _modules) ScopeEnd.Check(Modules.Unload((Module*)module));
        _self.Free();
        Pool.Dispose();
        foreach (nint bytes in _bytes) NativeMemory.Free((void*)bytes);
    }

    private byte* Copy(byte[] bytes)
    {
        byte* copy = (byte*)NativeMemory.Alloc((nuint)bytes.Length);
        bytes.CopyTo(new Span<byte>(copy, bytes.Length));
        _bytes.Add((nint)copy);
        return copy;
    }

    private static WasmError Resolve(void* context, ImportRequest* request, Extern* result)
    {
        World world = Unsafe.As<World>(GCHandle.FromIntPtr((nint)context).Target!);
        string module = Encoding.UTF8.GetString(request->ModuleName, (int)request->ModuleLength);
        if (!world._named.TryGetValue(module, out nint instance)) return WasmError.UnknownImport;
        WasmError error = Instances.Export((Instance*)instance, request->Name, request->NameLength, result);
        return error == WasmError.UnknownExport ? WasmError.UnknownImport : error;
    }
}
