// SPDX-License-Identifier: MIT
// What the core needs from a board or an operating system: one struct of function pointers, filled before the runtime is made.

namespace Wamr.Nano.Core.Platform;

/// <summary>
/// Platform hooks. If an optional hook is null, the stated default applies. The first argument of each is <see cref="Context"/>.
/// </summary>
internal unsafe struct PlatformHooks
{
    internal void* Context;

    /// <summary>
    /// Writes bytes to a console stream (1 output, 2 error). Returns the number of bytes written; 0 on failure. Optional: output is
    /// dropped.
    /// </summary>
    internal delegate*<void*, uint, byte*, uint, uint> Write;

    /// <summary>
    /// How many bytes <see cref="Write"/> sends in a few milliseconds. An app's text is written in such pieces. 0 stands for 64, which
    /// suits a serial line.
    /// </summary>
    internal uint WritePiece;

    /// <summary>Reads console input into the buffer. Returns the number of bytes read; 0 at the end. Optional: always at the end.</summary>
    internal delegate*<void*, byte*, uint, uint> Read;

    /// <summary>
    /// The time of a clock in nanoseconds: clock 0 is the wall clock since 1970, clock 1 is monotonic. Optional: 0, no limit of time.
    /// </summary>
    internal delegate*<void*, uint, ulong> Clock;

    /// <summary>The resolution of <see cref="Clock"/> in nanoseconds; 0 counts as 1.</summary>
    internal uint ClockResolution;

    /// <summary>Fills the buffer with random bytes. Returns 0 if there is no source. Optional: WASI returns ENOSYS.</summary>
    internal delegate*<void*, byte*, uint, byte> Random;

    /// <summary>Waits that many nanoseconds. Optional: returns at once.</summary>
    internal delegate*<void*, ulong, void> Sleep;

    /// <summary>The value of a sensor channel in thousandths of a unit, for apps that import <c>sensor.read</c>. Optional: 0.</summary>
    internal delegate*<void*, uint, int> ReadSensor;

    /// <summary>
    /// The lowest address that the native stack of the running task may reach, including the reserve; 0 if unknown. Optional: no check.
    /// </summary>
    internal delegate*<void*, nuint> StackBoundary;

    /// <summary>
    /// Manages a linear memory with guard pages, for an instance whose module is already set. If no memory is passed, makes one of the
    /// given size, a multiple of 64 KiB, zeroed, with room for <c>Memories.BytesBefore</c> below. Otherwise makes the memory larger in
    /// place or, if the size is 0, frees it. Returns null on failure and after freeing. Optional: such images are refused.
    /// </summary>
    internal delegate*<void*, void*, byte*, uint, byte*> GuardedMemory;
}
