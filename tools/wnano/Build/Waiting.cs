// SPDX-License-Identifier: MIT
// Says what takes its time: one line on the error stream, before it is done or while it is.
using System;
using System.Collections.Generic;
using System.Threading;

namespace Wamr.Nano.Tool.Build;

internal sealed class Waiting : IDisposable
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(1);

    /// <summary>What was said: a board's firmware is built for each of several programs, and that is one wait.</summary>
    private static readonly HashSet<string> s_said = [];

    private readonly Timer _timer;

    private Waiting(string what) => _timer = new(_ => Console.Error.WriteLine(what), null, Silence, Timeout.InfiniteTimeSpan);

    /// <summary>Says at once what is about to be done, but nothing twice.</summary>
    /// <param name="what">The work.</param>
    /// <param name="seconds">What it takes on a machine of today.</param>
    internal static void For(string what, int seconds)
    {
        if (IsNew(what)) Console.Error.WriteLine($"{what}: about {seconds} s");
    }

    /// <summary>Whether nobody has said it in this process.</summary>
    internal static bool IsNew(string what)
    {
        lock (s_said) return s_said.Add(what);
    }

    /// <summary>Says it where the work is not done after a second.</summary>
    /// <returns>To be disposed when it is.</returns>
    internal static Waiting Unless(string what) => new(what);

    public void Dispose() => _timer.Dispose();
}
