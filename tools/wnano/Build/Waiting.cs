// SPDX-License-Identifier: MIT
// Announces long steps: one line on the error stream, before or during the step.
using System;
using System.Collections.Generic;
using System.Threading;

namespace Wamr.Nano.Tool.Build;

internal sealed class Waiting : IDisposable
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(1);

    /// <summary>What was already announced: building a board's firmware for several programs is one wait.</summary>
    private static readonly HashSet<string> s_said = [];

    private readonly Timer _timer;

    private Waiting(string what) => _timer = new(_ => Console.Error.WriteLine(what), null, Silence, Timeout.InfiniteTimeSpan);

    /// <summary>Announces a step at once, but never twice.</summary>
    /// <param name="what">The work.</param>
    /// <param name="seconds">How long it takes on an ordinary PC.</param>
    internal static void For(string what, int seconds)
    {
        if (IsNew(what)) Console.Error.WriteLine($"{what}: about {seconds} s");
    }

    /// <summary>Whether it was not yet announced in this process.</summary>
    internal static bool IsNew(string what)
    {
        lock (s_said) return s_said.Add(what);
    }

    /// <summary>Announces a step only if it takes more than a second.</summary>
    /// <returns>To be disposed when it is.</returns>
    internal static Waiting Unless(string what) => new(what);

    public void Dispose() => _timer.Dispose();
}
