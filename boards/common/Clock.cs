// SPDX-License-Identifier: MIT
// A 64-bit clock, made from a board's 32-bit tick counter.
namespace Wamr.Nano.Boards;

/// <summary>Nanoseconds since the start. It must be read at least once in 2^32 ticks.</summary>
internal unsafe struct Clock
{
    private uint _last;
    private uint _wraps;

    /// <summary>The monotonic clock, which also serves as the wall clock, because a board does not know the date.</summary>
    internal static ulong Read(void* context, uint id)
    {
        Clock* clock = &((BoardState*)context)->Clock;
        uint now = Board.Ticks();
        if (now < clock->_last) clock->_wraps++;
        clock->_last = now;
        return Nanoseconds((ulong)clock->_wraps << 32 | now);
    }

    /// <summary>Waits in a busy loop.</summary>
    internal static void Sleep(void* context, ulong nanoseconds)
    {
        ulong start = Read(context, 0);
        while (Read(context, 0) - start < nanoseconds) { }
    }

    private static ulong Nanoseconds(ulong ticks)
    {
        uint rest;
        ulong microseconds = Wide.Divide(ticks, Board.TicksPerMicrosecond, &rest);
        return microseconds * Board.NanosecondsPerMicrosecond + rest * Board.NanosecondsPerMicrosecond / Board.TicksPerMicrosecond;
    }
}
