// SPDX-License-Identifier: MIT
// What the embedder may say when a module is instantiated, and how it answers an import (spec chapter 4.5.4 "externval").
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Run;

/// <summary>Arguments of <see cref="Instances.Create"/>; all zero is a good choice.</summary>
internal unsafe struct InstantiateArgs
{
    /// <summary>
    /// Operand stack of each execution environment of the instance, bytes; 0: <see cref="Config.DefaultStackBytes"/>, and where the code is
    /// native, and none of its tables may change, as much as those have that it imports from.
    /// </summary>
    internal uint StackBytes;

    /// <summary>
    /// App heap for <see cref="AppMemory"/>, bytes; 0: none. Ignored where the module has no memory of its own or exports an allocator.
    /// </summary>
    internal uint HeapBytes;

    /// <summary>Pages the instance's own memory may grow to; 0: what the module says.</summary>
    internal uint MaxPages;

    /// <summary>
    /// Set: a function import nobody answers is left unbound and traps when it is called, instead of failing the instantiation.
    /// </summary>
    internal bool AllowUnlinked;

    /// <summary>Set: the start function gets <see cref="Fuel"/> units of fuel.</summary>
    internal bool FuelLimited;
    internal ulong Fuel;

    /// <summary>Nanoseconds the start function has, by the platform's clock; 0: all there are.</summary>
    internal ulong TimeLimit;

    /// <summary>
    /// Shown the environment in which the start function trapped, before it is freed: its call stack can still be read. Not called where an
    /// active segment trapped: no code ran.
    /// </summary>
    internal delegate*<ExecEnv*, void*, void> StartTrapped;
    internal void* StartContext;

    /// <summary>
    /// Answers an import: fills in the <see cref="Extern"/>. Where it answers <see cref="WasmError.UnknownImport"/> or leaves the Extern
    /// empty, and without it, the registered host functions are searched. Any other error ends the instantiation.
    /// </summary>
    internal delegate*<void*, ImportRequest*, Extern*, WasmError> Resolver;
    internal void* ResolverContext;

    /// <summary>Becomes <see cref="Instance.UserData"/>.</summary>
    internal void* UserData;

    /// <summary>Arguments and environment of a WASI program, valid until <see cref="Instances.Free"/>; null for none.</summary>
    internal ProgramArguments* Wasi;
}

/// <summary>An import that wants an answer. Names are UTF-8 in the module's bytes, not zero-terminated.</summary>
internal unsafe struct ImportRequest
{
    internal Module* Module;
    internal byte* ModuleName;
    internal uint ModuleLength;
    internal byte* Name;
    internal uint NameLength;

    /// <summary>Index in the index space of <see cref="Kind"/>: leads to the type in <see cref="Module"/>.</summary>
    internal uint Index;
    internal ExternKind Kind;
}

/// <summary>What an import is bound to: an item of another instance, or a host function.</summary>
internal unsafe struct Extern
{
    /// <summary>Instance of the same runtime, or null for a host function.</summary>
    internal Instance* Instance;

    /// <summary>Index in the instance's index space of <see cref="Kind"/>; number in a family of host functions.</summary>
    internal uint Index;

    /// <summary>Host function; must outlive the importing instance.</summary>
    internal HostFunc* Host;
    internal ExternKind Kind;
}
