// SPDX-License-Identifier: MIT
// The common part of all boards. A board's own part of this class provides Init, Write, Ticks and TicksPerMicrosecond, and Adapt for
// anything that differs.
namespace Wamr.Nano.Boards;

internal static unsafe partial class Board
{
    internal const uint NanosecondsPerMicrosecond = 1000;

    /// <summary>Fills in the hooks: first those that are the same on every board, then the board's own.</summary>
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

    /// <summary>Changes or adds hooks. If a board has nothing to change, it leaves this out.</summary>
    static partial void Adapt(PlatformHooks* platform, BoardState* state);
}
