// SPDX-License-Identifier: MIT
// What a profiled run is counted in: calls and times of functions, executions of register-code opcodes, the deepest places of both stacks.
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Run;

/// <summary>A function of the profiled module. Times are in the unit of the platform's clock.</summary>
internal struct FunctionProfile
{
    internal ulong Calls;

    /// <summary>From entry to return; of calls inside of calls of the same function only the outermost counts.</summary>
    internal ulong Total;

    /// <summary>Without what it called, as far as that is profiled.</summary>
    internal ulong Self;

    /// <summary>Its calls that are open.</summary>
    internal uint Open;
}

/// <summary>An open call.</summary>
internal unsafe struct ProfileFrame
{
    internal uint Function;

    /// <summary>Its frame on the operand stack; null of native code.</summary>
    internal uint* Fp;
    internal ulong Start;

    /// <summary>Time of the calls it made that are over.</summary>
    internal ulong Inside;
}

/// <summary>A profile of one module in one environment, in a block of whoever asked for it: see <see cref="Profiles.Init"/>.</summary>
internal unsafe struct Profile
{
    /// <summary>
    /// Told of each entry (index of the function + 1), and of each instruction before it runs (entry 0; no frame: a return of native code).
    /// A pointer, so that a firmware without profiles holds nothing of this.
    /// </summary>
    internal delegate*<ExecEnv*, byte, uint, uint*, void> Note;

    /// <summary>The module whose functions are counted. Calls into other modules count for their callers.</summary>
    internal Module* Module;

    internal FunctionProfile* Functions;

    /// <summary>Executions by register-code opcode, 256 entries; null where nobody wants them.</summary>
    internal ulong* Instructions;

    /// <summary>Open calls, outermost first: as many as <see cref="Depth"/>, of at most <see cref="Capacity"/>.</summary>
    internal ProfileFrame* Frames;
    internal uint Capacity;
    internal uint Depth;

    /// <summary>Open calls of native code for which there was no frame.</summary>
    internal uint Skipped;

    /// <summary>Calls without a frame, ever: their time is the deepest frame's.</summary>
    internal ulong Lost;

    /// <summary>Time in which a run waited for fuel, and when the one that waits began to; 0 for none.</summary>
    internal ulong Waited;
    internal ulong Stopped;

    /// <summary>The most the frames took of the operand stack, bytes.</summary>
    internal uint StackHighWater;

    /// <summary>Native stack: where the outermost run began, and the lowest address seen at an entry.</summary>
    internal nuint NativeTop;
    internal nuint NativeLow;
}
