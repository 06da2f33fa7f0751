// SPDX-License-Identifier: MIT
// Counts the instructions of a call where the emulator lets one instruction take one nanosecond.
namespace Wamr.Nano.Boards;

/// <summary>
/// A tick may be many instructions: the measurement begins at the edge of one, and how far the last one had come is found by counting
/// the turns of a waiting loop up to its end. So it is exact to such a turn.
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

    /// <summary>Turns it took until the counter left <paramref name="tick"/>, at least 1.</summary>
    private static uint WaitForEdge(uint tick)
    {
        uint turns = 1;
        while (Board.Ticks() == tick) turns++;
        return turns;
    }
}
