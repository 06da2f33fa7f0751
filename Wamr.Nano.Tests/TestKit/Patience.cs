// SPDX-License-Identifier: MIT
// Waits for threads and programs. A failure also says how busy the machine was: a starved emulator is no fault of the code.
using System;
using System.IO;
using System.Threading;
using Xunit;

namespace Wamr.Nano.Tests.TestKit;

internal static class Patience
{
    /// <summary>For a firmware on an emulated board.</summary>
    public static readonly TimeSpan OfBoards = TimeSpan.FromMinutes(5);

    /// <summary>For the end of a command.</summary>
    public static readonly TimeSpan OfCommands = TimeSpan.FromMinutes(10);

    private const int Milliseconds = 30_000, Step = 20;

    /// <summary>Waits until <paramref name="condition"/> holds; fails with <paramref name="otherwise"/> after 30 s.</summary>
    public static void Eventually(Func<bool> condition, string otherwise)
    {
        for (int waited = 0; !condition(); waited += Step)
        {
            Assert.True(waited < Milliseconds, $"{otherwise} after {Milliseconds / 1000} s{Load}");
            Thread.Sleep(Step);
        }
    }

    /// <summary>Message for <paramref name="what"/> that was ended after <paramref name="limit"/>.</summary>
    public static string Ended(string what, TimeSpan limit) =>
        $"{what} was ended after {limit.TotalSeconds} s: it hangs or is starved{Load}";

    /// <summary>How many programs want a processor, where the system counts them.</summary>
    private static string Load => File.Exists("/proc/loadavg")
        ? $"; {File.ReadAllText("/proc/loadavg").Split(' ')[0]} programs wanted {Environment.ProcessorCount} processors in "
            + "the last minute" : "";
}
