// SPDX-License-Identifier: MIT
// An execution environment: operand stack, fuel, trap state. It corresponds to a thread of execution (spec chapter 4.2.12 "Stack").
namespace Wamr.Nano.Core.Run;

/// <summary>
/// Execution environment of one instance. One call runs in it at a time; a host function may call back into wasm with it. Fields are sorted
/// by size, so that there is no padding.
/// </summary>
internal unsafe struct ExecEnv
{
    /// <summary>Values of <see cref="Terminate"/>.</summary>
    internal const byte GoOn = 0, End = 1, TimeIsUp = 2;

    /// <summary>
    /// The fuel left. A back edge or a call costs one unit, or more if its code is long; other work costs one unit per 64 bytes: see
    /// <see cref="Run.Fuel"/>. It is counted down only if <see cref="FuelLimited"/> is set.
    /// </summary>
    internal ulong Fuel;

    /// <summary>
    /// When the run must end with <see cref="WasmError.TimeExceeded"/>, in nanoseconds of the platform's monotonic clock; 0: never.
    /// </summary>
    internal ulong Deadline;

    /// <summary>
    /// The instance whose code runs: during a call into another instance, that instance; otherwise the one for which the environment was
    /// made.
    /// </summary>
    internal Instance* Instance;

    /// <summary>
    /// The instance in whose code the last run stopped. With <see cref="Pc"/> and <see cref="Fp"/>, it is the start of the call stack. Null
    /// if there is none.
    /// </summary>
    internal Instance* TrapInstance;

    /// <summary>Next environment of the same instance.</summary>
    internal ExecEnv* Next;

    /// <summary>Operand stack: 32-bit slots from <see cref="StackBase"/> up to, not including, <see cref="StackEnd"/>.</summary>
    internal uint* StackBase;
    internal uint* StackEnd;

    /// <summary>The first free slot above the frames that wait for a host call. The next entry puts its arguments there.</summary>
    internal uint* StackTop;

    /// <summary>
    /// The state of a run that stopped: the next instruction and its frame. Valid while <see cref="Suspended"/> is set, and after a trap.
    /// </summary>
    internal byte* Pc;
    internal uint* Fp;

    /// <summary>The lowest address that the native stack may reach; 0 if the platform does not say.</summary>
    internal nuint NativeStackBoundary;

    /// <summary>For the embedder's own use; the core never reads it.</summary>
    internal void* UserData;

    /// <summary>Optional counters, or null: see <see cref="Profile"/>.</summary>
    internal Profile* Profile;

    /// <summary>Fuel that the running loop has taken and not yet used.</summary>
    internal int Budget;

    /// <summary>The trap that ended the last call, or <see cref="WasmError.None"/>.</summary>
    internal WasmError Trap;

    /// <summary>The number of slots for the results of the suspended call.</summary>
    internal ushort SuspendedResults;

    /// <summary>
    /// The code to which the outermost frame returns, and the code to which frames that were entered from another instance return: one unit
    /// each.
    /// </summary>
    internal ushort ExitCodeUnit;
    internal ushort LeaveCodeUnit;

    internal byte FuelLimited;

    /// <summary>
    /// Anyone may set it at any time. The run then traps at its next poll, with <see cref="WasmError.Terminated"/> or
    /// <see cref="WasmError.TimeExceeded"/>.
    /// </summary>
    internal byte Terminate;

    /// <summary>Whether the run ran out of fuel and can be resumed.</summary>
    internal byte Suspended;

    /// <summary>The number of nested entries into the interpreter: above 1, a host function has called back.</summary>
    internal byte Depth;

    /// <summary>Whether environment and stack are a block of the allocator, and not a buffer of the embedder.</summary>
    internal byte OwnsBlock;
}
