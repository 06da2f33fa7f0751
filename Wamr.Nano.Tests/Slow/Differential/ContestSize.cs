// SPDX-License-Identifier: MIT
// How much the contests do, from the environment.
using System;
using System.Globalization;

namespace Wamr.Nano.Tests.Slow.Differential;

internal static class ContestSize
{
    /// <summary>WAMR_NANO_CONTESTS=n runs n times as many.</summary>
    internal static readonly int Times = Number("WAMR_NANO_CONTESTS") ?? 1;

    /// <summary>WAMR_NANO_FIRST_SEED=n leaves out the first n seeds of each series: a run of others than the last.</summary>
    internal static readonly int First = Number("WAMR_NANO_FIRST_SEED") ?? 0;

    /// <summary>SEED=s runs that one, which failed.</summary>
    internal static readonly int? Seed = Number("SEED");

    private static int? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is string value ? int.Parse(value, CultureInfo.InvariantCulture) : null;
}
