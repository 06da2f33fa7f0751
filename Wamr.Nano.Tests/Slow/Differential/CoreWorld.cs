// SPDX-License-Identifier: MIT
// A case in the core: its modules loaded and instantiated in a pool, imports bound to each other and to the host's rule.
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;
using Wamr.Nano.Tests.TestKit;

namespace Wamr.Nano.Tests.Slow.Differential;

/// <summary>Lives for one case.</summary>
internal sealed unsafe class CoreWorld : IDisposable
{
    /// <summary>Makes what is instantiated of a binary; <paramref name="shared"/> says whether other modules may import from it.</summary>
    public delegate Core.Wasm.Module* Maker(byte[] binary, bool shared);

    private readonly Core.Run.Runtime* _rt;
    private readonly Trace _trace;
    private readonly List<string> _names = [];
    private readonly List<nint> _instances = [], _read = [], _modules = [], _blocks = [];
    private readonly List<HostImport> _imports = [];
    private GCHandle _self;

    public CoreWorld(Core.Run.Runtime* rt, Trace trace)
    {
        _rt = rt;
        _trace = trace;
        _self = GCHandle.Alloc(this);
    }

    public int Count => _instances.Count;

    public Instance* InstanceOf(int n) => (Instance*)_instances[n];

    /// <summary>The module as it was read, whatever its instance runs.</summary>
    public Core.Wasm.Module* ModuleOf(int n) => (Core.Wasm.Module*)_read[n];

    /// <summary>Loads and instantiates a module, and records how that ended.</summary>
    /// <returns>Whether the case can go on.</returns>
    public bool Add(NamedModule named, bool shared, Maker? maker)
    {
        byte* bytes = (byte*)NativeMemory.Alloc((nuint)named.Binary.Length + 1);
        _blocks.Add((nint)bytes);
        named.Binary.CopyTo(new Span<byte>(bytes, named.Binary.Length));
        Core.Wasm.Module* module;
        WasmError error = ModuleLoader.Load(_rt, bytes, (uint)named.Binary.Length, &module);
        if (error != WasmError.None) return IsInvalid(error) ? Refused() : Failed("loading", error);
        _modules.Add((nint)module);
        _read.Add((nint)module);
        if (maker != null)
        {
            module = maker(named.Binary, shared);
            _modules.Add((nint)module);
        }
        InstantiateArgs args = new() { Resolver = &Resolve, ResolverContext = (void*)GCHandle.ToIntPtr(_self) };
        args.MaxPages = ContestLimits.MemoryBytes >> module->Info->Memory.PageShift;
        Instance* instance;
        error = Instances.Create(module, &args, &instance);
        if (error != WasmError.None) return Failed("instantiation", error);
        _trace.Add("instantiated");
        _names.Add(named.Name);
        _instances.Add((nint)instance);
        return true;
    }

    private bool Failed(string what, WasmError error)
    {
        _trace.Trapped(what, error);
        return false;
    }

    private bool Refused()
    {
        _trace.Refused();
        return false;
    }

    /// <summary>Not well-formed or not valid; a limit of this implementation is neither.</summary>
    private static bool IsInvalid(WasmError error) =>
        error is (> 0 and < WasmError.OutOfMemory) or (>= WasmError.TypeMismatch and < WasmError.TooManyParameters);

    public void Dispose()
    {
        foreach (nint instance in _instances) ScopeEnd.Check(Instances.Free((Instance*)instance));
        _modules.Reverse();
        foreach (nint module in _modules) ScopeEnd.Check(Modules.Unload((Core.Wasm.Module*)module));
        foreach (nint block in _blocks) NativeMemory.Free((void*)block);
        _self.Free();
    }

    private sealed record HostImport(string Name, string Type);

    private static WasmError Resolve(void* context, ImportRequest* request, Extern* result)
    {
        CoreWorld world = (CoreWorld)GCHandle.FromIntPtr((nint)context).Target!;
        int exporter = world._names.IndexOf(Encoding.UTF8.GetString(request->ModuleName, (int)request->ModuleLength));
        if (exporter >= 0 && Instances.Export(world.InstanceOf(exporter), request->Name, request->NameLength, result) == WasmError.None)
            return WasmError.None;
        if (request->Kind != ExternKind.Func) return WasmError.UnknownImport;
        Core.Wasm.Module* module = request->Module;
        HostImport import = new(Encoding.UTF8.GetString(request->Name, (int)request->NameLength),
            Letters.Of(&module->Types[module->Functions[request->Index].TypeIndex]));
        // The row, and behind it what the function gets: whose it is, and which.
        nint* block = (nint*)NativeMemory.AllocZeroed((nuint)sizeof(HostFunc) + (2 * (nuint)sizeof(nint)));
        world._blocks.Add((nint)block);
        HostFunc* row = (HostFunc*)(block + 2);
        (block[0], block[1]) = ((nint)context, world._imports.Count);
        world._imports.Add(import);
        row->Function = &Host;
        row->UserData = block;
        *result = new() { Kind = ExternKind.Func, Host = row };
        return WasmError.None;
    }

    private static WasmError Host(ExecEnv* env, void* slots, void* data)
    {
        CoreWorld world = (CoreWorld)GCHandle.FromIntPtr(((nint*)data)[0]).Target!;
        HostImport import = world._imports[(int)((nint*)data)[1]];
        Letters.Write((uint*)slots, import.Type[(import.Type.IndexOf(':') + 1)..],
            world.Answer((int)((nint*)data)[1], Letters.Read((uint*)slots, import.Type)));
        return WasmError.None;
    }

    /// <summary>The host's answer to its import of this number.</summary>
    private ulong[] Answer(int import, ulong[] arguments) =>
        HostRule.Answer(_imports[import].Name, _imports[import].Type, arguments, _trace);

    /// <summary>The host's answer to a function import of an instance.</summary>
    public ulong[] Answer(Instance* instance, uint import, ulong[] arguments) =>
        Answer((int)((nint*)instance->Imports[import].Host->UserData)[1], arguments);
}
