// SPDX-License-Identifier: MIT
// An execution environment: operand stack, fuel, trap state. What a thread of wasm execution is (spec chapter 4.2.12 "Stack").
namespace Wamr.Nano.Core.Run;

/// <summary>
/// Execution environment of one instance. One call runs in it at a time; a host function may call back into wasm with it.
/// Fields are in the order of their sizes, so that nothing is padded.
/// </summary>
internal unsafe struct ExecEnv
{
    /// <summary>Values of <see cref="Terminate"/>.</summary>
    internal const byte GoOn = 0, End = 1, TimeIsUp = 2;

    /// <summary>
    /// Fuel left. A back edge or a call costs a unit, or more where its code is long; so do 64 bytes of other work: see
    /// <see cref="Run.Fuel"/>. Counted down only where <see cref="FuelLimited"/> is set.
    /// </summary>
    internal ulong Fuel;

    /// <summary>
    /// When the run is to end with <see cref="WasmError.TimeExceeded"/>, by the platform's monotonic clock, nanoseconds; 0: never.
    /// </summary>
    internal ulong Deadline;

    /// <summary>Instance whose code runs: inside a call into another one that one, else the one the environment was made for.</summary>
    internal Instance* Instance;

    /// <summary>
    /// Instance whose code the last run stopped in; with <see cref="Pc"/> and <see cref="Fp"/> the start of the call stack.
    /// Null where there is none.
    /// </summary>
    internal Instance* TrapInstance;

    /// <summary>Next environment of the same instance.</summary>
    internal ExecEnv* Next;

    /// <summary>Operand stack: 32-bit slots from <see cref="StackBase"/> up to, not including, <see cref="StackEnd"/>.</summary>
    internal uint* StackBase;
    internal uint* StackEnd;

    /// <summary>First free slot above the frames that are suspended in a host call; where the next entry puts its arguments.</summary>
    internal uint* StackTop;

    /// <summary>State of a run that stopped: next instruction and its frame. Valid while <see cref="Suspended"/>, and at a trap.</summary>
    internal byte* Pc;
    internal uint* Fp;

    /// <summary>Lowest address the native stack may reach; 0 where the platform does not say.</summary>
    internal nuint NativeStackBoundary;

    /// <summary>The embedder's own; the core never looks at it.</summary>
    internal void* UserData;

    /// <summary>Opt-in counters, or null: see <see cref="Profile"/>.</summary>
    internal Profile* Profile;

    /// <summary>Fuel the running loop has taken and not yet used.</summary>
    internal int Budget;

    /// <summary>The trap that ended the last call, or <see cref="WasmError.None"/>.</summary>
    internal WasmError Trap;

    /// <summary>Slots of the results of the suspended call.</summary>
    internal ushort SuspendedResults;

    /// <summary>Code the outermost frame returns to, and the one frames entered from another instance return to: a unit each.</summary>
    internal ushort ExitCodeUnit;
    internal ushort LeaveCodeUnit;

    internal byte FuelLimited;

    /// <summary>
    /// Set by anyone, at any time: the run traps at its next poll, with <see cref="WasmError.Terminated"/> or
    /// <see cref="WasmError.TimeExceeded"/>.
    /// </summary>
    internal byte Terminate;

    /// <summary>The run stopped for want of fuel and can be resumed.</summary>
    internal byte Suspended;

    /// <summary>Entries into the interpreter that are open: above 1, a host function called back.</summary>
    internal byte Depth;

    /// <summary>Environment and stack are a block of the allocator, not a buffer of the embedder.</summary>
    internal byte OwnsBlock;
}
