// SPDX-License-Identifier: MIT
// The data of a profile: calls and times of functions, executions of register-code opcodes, the deepest points of both stacks.
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Run;

/// <summary>A function of the profiled module. Times are in the unit of the platform's clock.</summary>
internal struct FunctionProfile
{
    internal ulong Calls;

    /// <summary>The time from entry to return. If a function calls itself, only the outermost call counts.</summary>
    internal ulong Total;

    /// <summary>The time without the profiled functions that it called.</summary>
    internal ulong Self;

    /// <summary>The number of its open calls.</summary>
    internal uint Open;
}

/// <summary>An open call.</summary>
internal unsafe struct ProfileFrame
{
    internal uint Function;

    /// <summary>Its frame on the operand stack; null in native code.</summary>
    internal uint* Fp;
    internal ulong Start;

    /// <summary>The time of calls that it made and that have returned.</summary>
    internal ulong Inside;
}

/// <summary>A profile of one module in one environment, in a block that the caller provides: see <see cref="Profiles.Init"/>.</summary>
internal unsafe struct Profile
{
    /// <summary>
    /// Called at each entry of a function (with its index + 1), and before each instruction (with 0; without a frame, it is a return in
    /// native code). It is a pointer so that a firmware without profiles does not contain the code.
    /// </summary>
    internal delegate*<ExecEnv*, byte, uint, uint*, void> Note;

    /// <summary>The module whose functions are counted. The time of calls into other modules is added to their callers'.</summary>
    internal Module* Module;

    internal FunctionProfile* Functions;

    /// <summary>Executions by register-code opcode, 256 entries; null if they are not counted.</summary>
    internal ulong* Instructions;

    /// <summary>Open calls, outermost first: <see cref="Depth"/> of at most <see cref="Capacity"/>.</summary>
    internal ProfileFrame* Frames;
    internal uint Capacity;
    internal uint Depth;

    /// <summary>The number of open calls in native code for which there was no room.</summary>
    internal uint Skipped;

    /// <summary>The number of all calls for which there was no room. Their time is added to the deepest recorded call.</summary>
    internal ulong Lost;

    /// <summary>The time in which runs waited for fuel, and since when the current one waits; 0 for none.</summary>
    internal ulong Waited;
    internal ulong Stopped;

    /// <summary>The most bytes of the operand stack that frames used.</summary>
    internal uint StackHighWater;

    /// <summary>The native stack: where the outermost run began, and the lowest address at an entry.</summary>
    internal nuint NativeTop;
    internal nuint NativeLow;
}
