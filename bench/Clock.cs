// SPDX-License-Identifier: MIT
// Timing: the best of several runs, as noise only ever adds.
using System;
using System.Diagnostics;

namespace Wamr.Nano.Bench;

internal static class Clock
{
    private const int Runs = 3;

    /// <summary>Milliseconds of the fastest run.</summary>
    internal static double Best(Action action, int runs = Runs)
    {
        double best = double.MaxValue;
        for (int i = 0; i < runs; i++)
        {
            long start = Stopwatch.GetTimestamp();
            action();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        return best;
    }
}
