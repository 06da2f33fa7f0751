// SPDX-License-Identifier: MIT
// What the core needs from a board or an operating system: one struct of function pointers, filled before the runtime is made.

namespace Wamr.Nano.Core.Platform;

/// <summary>Platform hooks. A null optional hook has the stated default. Each gets <see cref="Context"/> first.</summary>
internal unsafe struct PlatformHooks
{
    internal void* Context;

    /// <summary>
    /// Writes bytes to the console stream (1 output, 2 error); bytes written, 0 where it failed. Optional: output is dropped.
    /// </summary>
    internal delegate*<void*, uint, byte*, uint, uint> Write;

    /// <summary>
    /// Bytes that <see cref="Write"/> sends in a few milliseconds: an app's text goes out in such pieces; 0: 64, for a serial line.
    /// </summary>
    internal uint WritePiece;

    /// <summary>Reads console input into the buffer: bytes read, 0 at the end. Optional: always at the end.</summary>
    internal delegate*<void*, byte*, uint, uint> Read;

    /// <summary>Nanoseconds of a clock: 0 wall clock since 1970, 1 monotonic. Optional: 0.</summary>
    internal delegate*<void*, uint, ulong> Clock;

    /// <summary>Nanoseconds between two readings of <see cref="Clock"/> that can differ; 0 counts as 1.</summary>
    internal uint ClockResolution;

    /// <summary>Fills the buffer with random bytes; 0 where there is no source. Optional: WASI answers ENOSYS.</summary>
    internal delegate*<void*, byte*, uint, byte> Random;

    /// <summary>Waits that many nanoseconds. Optional: returns at once.</summary>
    internal delegate*<void*, ulong, void> Sleep;

    /// <summary>Value of a sensor channel in milli-units, for <c>SensorModule</c>. Optional: 0.</summary>
    internal delegate*<void*, uint, int> ReadSensor;

    /// <summary>Lowest address the running task's native stack may reach, guard included; 0 unknown. Optional: no check.</summary>
    internal delegate*<void*, nuint> StackBoundary;

    /// <summary>
    /// Memory for an image with <c>ImageHeader.GuardPages</c>, a multiple of 64 KiB, of an instance whose module is known by now: makes
    /// one of so many bytes, zeroed and with room for <c>Memories.BytesBefore</c> below (no memory given), or makes one larger where it
    /// lies, or frees it (0 bytes). Null where that failed, and of a freed one. Optional: such images are refused.
    /// </summary>
    internal delegate*<void*, void*, byte*, uint, byte*> GuardedMemory;
}
