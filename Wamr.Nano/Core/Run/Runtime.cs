// SPDX-License-Identifier: MIT
// The runtime: what modules and instances share. One per pool; two of them live side by side, since nothing is static.
using Wamr.Nano.Core.Memory;
using Wamr.Nano.Core.Platform;

namespace Wamr.Nano.Core.Run;

/// <summary>
/// A runtime. The embedder provides the memory it is made in (normally the start of the pool); everything it makes comes from
/// <see cref="Allocator"/>. Not thread-safe, but for the allocator's lock hook.
/// </summary>
internal unsafe struct Runtime
{
    internal Allocator Allocator;
    internal PlatformHooks Platform;

    /// <summary>How modules are loaded from now on.</summary>
    internal LoadRules Load;

    /// <summary>Details of the last failed operation that was not a trap.</summary>
    internal ErrorInfo Error;

    /// <summary>Exit code of the last proc_exit, in whichever environment: valid with the trap <see cref="WasmError.ProcExit"/>.</summary>
    internal uint ExitCode;

    /// <summary>Registered host functions, newest group first.</summary>
    internal HostGroup* HostGroups;

    /// <summary>Live instances by number; entry 0 is never used, so that a null reference is 0. Grows on demand.</summary>
    internal Instance** Instances;
    internal ushort InstanceCapacity;

    /// <summary>
    /// Keeps the frames of a run that traps and is about to lose them: of native code (its environment, the offset in the code of the
    /// innermost return address, the stack pointer there), or of the interpreter (null). Null: nothing is kept. See
    /// <c>CallStacks.Register</c>.
    /// </summary>
    internal delegate*<ExecEnv*, void*, uint, nuint*, void> Keep;

    /// <summary>What was kept of the last trap; null for nothing.</summary>
    internal Trace* Trace;

    /// <summary>
    /// Is shown each run at least every 1,024 units of fuel, and while a host function sleeps or writes: it may set
    /// <see cref="ExecEnv.Terminate"/>, and must run no app. Null: nobody looks.
    /// </summary>
    internal delegate*<ExecEnv*, void> Watch;

    /// <summary>Whatever <see cref="Watch"/> needs.</summary>
    internal void* WatchContext;

    /// <summary>The embedder's own; the core never looks at it.</summary>
    internal void* UserData;
}
