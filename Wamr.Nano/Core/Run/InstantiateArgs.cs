// SPDX-License-Identifier: MIT
// The embedder's settings for an instantiation, and how it provides imports (spec chapter 4.5.4 "externval").
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Run;

/// <summary>Arguments of <see cref="Instances.Create"/>. Zeros stand for the defaults.</summary>
internal unsafe struct InstantiateArgs
{
    /// <summary>
    /// Size in bytes of the operand stack of each execution environment. 0 stands for <see cref="Config.DefaultStackBytes"/>; for native
    /// code whose tables cannot change, for the largest default among the instances from which it imports functions.
    /// </summary>
    internal uint StackBytes;

    /// <summary>
    /// Size in bytes of the app heap for <see cref="AppMemory.Alloc"/>; 0 for none. Ignored if the module has no memory of its own or
    /// exports an allocator.
    /// </summary>
    internal uint HeapBytes;

    /// <summary>The number of pages to which the instance's own memory may grow; 0 for the module's limit.</summary>
    internal uint MaxPages;

    /// <summary> If set, a missing function import does not fail the instantiation. It stays unbound, and calling it traps. </summary>
    internal bool AllowUnlinked;

    /// <summary>If set, the start function has <see cref="Fuel"/> units of fuel.</summary>
    internal bool FuelLimited;
    internal ulong Fuel;

    /// <summary>The time limit of the start function, in nanoseconds of the platform's clock; 0 for none.</summary>
    internal ulong TimeLimit;

    /// <summary>
    /// Called with the environment in which the start function trapped, before it is freed, so that its call stack can still be read. Not
    /// called if an active segment trapped, because no code ran.
    /// </summary>
    internal delegate*<ExecEnv*, void*, void> StartTrapped;
    internal void* StartContext;

    /// <summary>
    /// Provides an import by filling in the <see cref="Extern"/>. If it returns <see cref="WasmError.UnknownImport"/>, leaves it
    /// empty, or is null, the registered host functions are searched. Any other error ends the instantiation.
    /// </summary>
    internal delegate*<void*, ImportRequest*, Extern*, WasmError> Resolver;
    internal void* ResolverContext;

    /// <summary>Becomes <see cref="Instance.UserData"/>.</summary>
    internal void* UserData;

    /// <summary>Arguments and environment of a WASI program, valid until <see cref="Instances.Free"/>; null for none.</summary>
    internal ProgramArguments* Wasi;
}

/// <summary>An import to be provided. Names are UTF-8 in the module's bytes, and not zero-terminated.</summary>
internal unsafe struct ImportRequest
{
    internal Module* Module;
    internal byte* ModuleName;
    internal uint ModuleLength;
    internal byte* Name;
    internal uint NameLength;

    /// <summary>The index in the module's index space of <see cref="Kind"/>, with which to find the type in <see cref="Module"/>.</summary>
    internal uint Index;
    internal ExternKind Kind;
}

/// <summary>The item that an import is bound to: one of another instance, or a host function.</summary>
internal unsafe struct Extern
{
    /// <summary>An instance of the same runtime, or null for a host function.</summary>
    internal Instance* Instance;

    /// <summary>The index in the instance's index space of <see cref="Kind"/>, or the number in a family of host functions.</summary>
    internal uint Index;

    /// <summary>Host function; must outlive the importing instance.</summary>
    internal HostFunc* Host;
    internal ExternKind Kind;
}
