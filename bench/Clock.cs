// SPDX-License-Identifier: MIT
// Timing: the best of several runs, because noise only adds time.
using System;
using System.Diagnostics;

namespace Wamr.Nano.Bench;

internal static class Clock
{
    private const int Runs = 5;

    /// <summary>Milliseconds of the fastest run.</summary>
    internal static double Best(Action action, int runs = Runs) => Best([action], runs)[0];

    /// <summary>The same of each of several, run in turn.</summary>
    internal static double[] Best(Action[] actions, int runs = Runs)
    {
        double[] best = new double[actions.Length];
        Array.Fill(best, double.MaxValue);
        for (int n = 0; n < runs * actions.Length; n++)
        {
            int i = n % actions.Length;
            long start = Stopwatch.GetTimestamp();
            actions[i]();
            best[i] = Math.Min(best[i], Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        return best;
    }
}
