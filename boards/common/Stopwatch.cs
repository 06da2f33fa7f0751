// SPDX-License-Identifier: MIT
// Counts the instructions of a call, if each instruction takes one nanosecond in the emulator.
namespace Wamr.Nano.Boards;

/// <summary>
/// A tick may be many instructions. So the measurement begins at the edge of a tick. At the end, it counts the iterations of a waiting loop
/// until the next edge. So it is exact to one such iteration.
/// </summary>
internal struct Stopwatch
{
    private const uint NanosecondsPerMicrosecond = 1000;

    private uint _start;
    private uint _turnsPerTick;

    internal static unsafe void Start(Stopwatch* watch)
    {
        WaitForEdge(Board.Ticks());
        watch->_turnsPerTick = WaitForEdge(Board.Ticks());
        watch->_start = Board.Ticks();
    }

    /// <summary>Instructions since <see cref="Start"/>.</summary>
    internal static unsafe ulong Stop(Stopwatch* watch)
    {
        uint now = Board.Ticks();
        uint turns = WaitForEdge(now);
        uint left = turns < watch->_turnsPerTick ? turns : watch->_turnsPerTick, rest;
        ulong whole = now + 1 - watch->_start;
        return Wide.Divide(whole * NanosecondsPerMicrosecond, Board.TicksPerMicrosecond, &rest)
            - left * NanosecondsPerMicrosecond / (Board.TicksPerMicrosecond * watch->_turnsPerTick);
    }

    /// <summary>The number of iterations until the counter left <paramref name="tick"/>, at least 1.</summary>
    private static uint WaitForEdge(uint tick)
    {
        uint turns = 1;
        while (Board.Ticks() == tick) turns++;
        return turns;
    }
}
