// SPDX-License-Identifier: MIT
// What all engines of a contest have alike, so that none is refused what another gets.
namespace Wamr.Nano.Tests.Slow.Differential;

internal static class ContestLimits
{
    /// <summary>Bytes a memory may grow to.</summary>
    public const uint MemoryBytes = 2 << 20;

    /// <summary>Elements a table may grow to.</summary>
    public const uint TableElements = 100_000;
}
