// SPDX-License-Identifier: MIT
// What boards have in common. A board's own part of this class gives Init, Write, Ticks and TicksPerMicrosecond, and Adapt for whatever
// differs.
namespace Wamr.Nano.Boards;

internal static unsafe partial class Board
{
    internal const uint NanosecondsPerMicrosecond = 1000;

    /// <summary>Fills in the hooks: first those that fit every board, then the board's own.</summary>
    internal static void Fill(PlatformHooks* platform, BoardState* state)
    {
        platform->Context = state;
        platform->Write = &Write;
        platform->Clock = &Clock.Read;
        platform->ClockResolution = (NanosecondsPerMicrosecond + TicksPerMicrosecond - 1) / TicksPerMicrosecond;
        platform->Sleep = &Clock.Sleep;
        platform->ReadSensor = &SimulatedSensors.Read;
        platform->StackBoundary = &Stack.Boundary;
        Adapt(platform, state);
    }

    /// <summary>Changes hooks, or adds some. A board that has nothing to change leaves it out.</summary>
    static partial void Adapt(PlatformHooks* platform, BoardState* state);
}
