// SPDX-License-Identifier: MIT
// The embedder's settings for an instantiation, and how it provides imports (spec chapter 4.5.4 "externval").
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Run;

/// <summary>Arguments of <see cref="Instances.Create"/>. Zeros stand for the defaults.</summary>
internal unsafe struct InstantiateArgs
{
    /// <summary>
    /// Operand stack of each execution environment of the instance, bytes. 0: <see cref="Config.DefaultStackBytes"/>; of native code whose
    /// tables cannot change, only what the instances need that it imports from.
    /// </summary>
    internal uint StackBytes;

    /// <summary>
    /// App heap for <see cref="AppMemory.Malloc"/>, bytes; 0: none. Ignored if the module has no memory of its own, or exports an
    /// allocator.
    /// </summary>
    internal uint HeapBytes;

    /// <summary>The number of pages to which the instance's own memory may grow; 0 for the module's limit.</summary>
    internal uint MaxPages;

    /// <summary>
    /// Set: a function import that nothing answers fails when it is called (<see cref="WasmError.UnlinkedFunction"/>), and not the
    /// instantiation.
    /// </summary>
    internal bool AllowUnlinked;

    /// <summary>If set, the start function has <see cref="Fuel"/> units of fuel.</summary>
    internal bool FuelLimited;
    internal ulong Fuel;

    /// <summary>The time limit of the start function, in nanoseconds of the platform's clock; 0 for none.</summary>
    internal ulong TimeLimit;

    /// <summary>
    /// Called when the start function has trapped, with its environment, whose call stack can still be read; the environment is freed
    /// afterwards. Not called if an active segment trapped: no code ran. Null: none.
    /// </summary>
    internal delegate*<ExecEnv*, void*, void> StartTrapped;
    internal void* StartContext;

    /// <summary>
    /// Answers an import by filling in the <see cref="Extern"/>, which is zero before. If it returns
    /// <see cref="WasmError.UnknownImport"/> or fills in nothing, the registered host functions are searched, as they are without a
    /// resolver. Any other error ends the instantiation.
    /// </summary>
    internal delegate*<void*, ImportRequest*, Extern*, WasmError> Resolver;
    internal void* ResolverContext;

    /// <summary>Becomes <see cref="Instance.UserData"/>.</summary>
    internal void* UserData;

    /// <summary>Arguments and environment variables of a WASI program, valid until <see cref="Instances.Free"/>; null for none.</summary>
    internal ProgramArguments* Wasi;
}

/// <summary>An import for a resolver to answer. Names are UTF-8 in the module's bytes, not zero-terminated.</summary>
internal unsafe struct ImportRequest
{
    internal Module* Module;
    internal byte* ModuleName;
    internal uint ModuleLength;
    internal byte* Name;
    internal uint NameLength;

    /// <summary>Index in the module's index space of <see cref="Kind"/>: leads to the import's type.</summary>
    internal uint Index;
    internal ExternKind Kind;
}

/// <summary>The item that an import is bound to: one of another instance, or a host function.</summary>
internal unsafe struct Extern
{
    /// <summary>An instance of the same runtime, or null for a host function.</summary>
    internal Instance* Instance;

    /// <summary>
    /// Index in the instance's index space of <see cref="Kind"/>; of a host function of the form <see cref="HostForm.Family"/>: the
    /// number it gets.
    /// </summary>
    internal uint Index;

    /// <summary>Host function, which must outlive the importing instance; null for an item of an instance.</summary>
    internal HostFunc* Host;
    internal ExternKind Kind;
}
