// SPDX-License-Identifier: MIT
// The runtime: what modules and instances share. There is one per pool. Several can exist at a time, because nothing is static.
using Wamr.Nano.Core.Memory;
using Wamr.Nano.Core.Platform;

namespace Wamr.Nano.Core.Run;

/// <summary>
/// A runtime. The embedder provides the memory for it, normally at the start of the pool. Everything else comes from
/// <see cref="Allocator"/>. It is not thread-safe, except for the allocator with its lock hook.
/// </summary>
internal unsafe struct Runtime
{
    internal Allocator Allocator;
    internal PlatformHooks Platform;

    /// <summary>The rules for loading modules from now on.</summary>
    internal LoadRules Load;

    /// <summary>Details of the last failed operation that was not a trap.</summary>
    internal ErrorInfo Error;

    /// <summary>The exit code of the last proc_exit in any environment. Valid with the trap <see cref="WasmError.ProcExit"/>.</summary>
    internal uint ExitCode;

    /// <summary>Registered host functions, newest group first.</summary>
    internal HostGroup* HostGroups;

    /// <summary>Live instances by number. Entry 0 is never used, so that a null reference is 0. Grows on demand.</summary>
    internal Instance** Instances;
    internal ushort InstanceCapacity;

    /// <summary>
    /// Keeps the frames of a run that traps, before they are lost. For native code, it receives the environment, the offset in the code of
    /// the innermost return address, and the stack pointer there; for the interpreter, null. If this is null, no frames are kept. See
    /// <c>CallStacks.Register</c>.
    /// </summary>
    internal delegate*<ExecEnv*, void*, uint, nuint*, void> Keep;

    /// <summary>The frames that were kept from the last trap, or null.</summary>
    internal Trace* Trace;

    /// <summary>
    /// Called for each run at least every 1,024 units of fuel, and while a host function sleeps or writes. It may set
    /// <see cref="ExecEnv.Terminate"/>, and must not run an app. May be null.
    /// </summary>
    internal delegate*<ExecEnv*, void> Watch;

    /// <summary>For use by <see cref="Watch"/>.</summary>
    internal void* WatchContext;

    /// <summary>For the embedder's own use; the core never reads it.</summary>
    internal void* UserData;
}
