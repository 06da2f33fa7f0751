// SPDX-License-Identifier: MIT
// What the core needs from a board or an operating system: one struct of function pointers, filled before the runtime is made.

namespace Wamr.Nano.Core.Platform;

/// <summary>
/// What the board has. Each function gets <see cref="Context"/> first, and may be null: its comment says what happens then.
/// </summary>
internal unsafe struct PlatformHooks
{
    internal void* Context;

    /// <summary>
    /// Writes bytes to a stream of the console, 1 output or 2 errors. Returns how many it wrote; 0 if it failed. Null: output is dropped.
    /// </summary>
    internal delegate*<void*, uint, byte*, uint, uint> Write;

    /// <summary>
    /// Bytes that <see cref="Write"/> sends in a few milliseconds: an app's text goes out in pieces of this size. 0: 64, for a serial
    /// line.
    /// </summary>
    internal uint WritePiece;

    /// <summary>Reads input of the console into a buffer. Returns how many bytes it read; 0 at the end. Null: always at the end.</summary>
    internal delegate*<void*, byte*, uint, uint> Read;

    /// <summary>
    /// Returns the nanoseconds of a clock: 0 the time since 1970, 1 one that never goes back. Null: all clocks stand at 0, and no time
    /// limit ends.
    /// </summary>
    internal delegate*<void*, uint, ulong> Clock;

    /// <summary>Nanoseconds of one tick of <see cref="Clock"/>; 0 counts as 1.</summary>
    internal uint ClockResolution;

    /// <summary>Fills a buffer with random bytes. Returns 1, or 0 if it has none. Null: WASI answers ENOSYS.</summary>
    internal delegate*<void*, byte*, uint, byte> Random;

    /// <summary>Waits for some nanoseconds. Null: apps do not wait.</summary>
    internal delegate*<void*, ulong, void> Sleep;

    /// <summary>Returns the value of a sensor's channel in thousandths, for apps that import <c>sensor.read</c>. Null: 0.</summary>
    internal delegate*<void*, uint, int> ReadSensor;

    /// <summary>
    /// Returns the lowest address that the running task's native stack may reach, with a reserve above its real end; 0: unknown. Null: no
    /// check.
    /// </summary>
    internal delegate*<void*, nuint> StackBoundary;

    /// <summary>
    /// Manages a linear memory with guard pages, for an instance whose module is already set. If no memory is passed, makes one of the
    /// given size, a multiple of 64 KiB, zeroed, with room for <c>Memories.BytesBefore</c> below. Otherwise makes the memory larger in
    /// place or, if the size is 0, frees it. Returns null on failure and after freeing. Optional: such images are refused.
    /// </summary>
    internal delegate*<void*, void*, byte*, uint, byte*> GuardedMemory;
}
