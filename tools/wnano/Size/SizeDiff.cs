// SPDX-License-Identifier: MIT
// The changes between two files of the same kind: memory by memory, leaf by leaf.
using System;
using System.Collections.Generic;
using System.Linq;
using Wamr.Nano.Tool.Errors;

namespace Wamr.Nano.Tool.Size;

/// <summary>A leaf, or a memory as a whole, before and after; 0 if it is not there.</summary>
internal sealed record SizeChange(string Memory, string Path, ulong Old, ulong New)
{
    internal long Difference => (long)New - (long)Old;
}

internal static class SizeDiff
{
    /// <summary>The memories as a whole; a path is empty.</summary>
    internal static IReadOnlyList<SizeChange> Totals(SizeReport before, SizeReport after) =>
        [.. after.Memories.Select(memory => new SizeChange(memory.Name, "", Find(before, memory.Name)?.Used ?? 0, memory.Used))];

    /// <summary>Leaves that differ, the largest difference first.</summary>
    /// <exception cref="ToolException">They are not of one kind.</exception>
    internal static IReadOnlyList<SizeChange> Of(SizeReport before, SizeReport after)
    {
        if (before.Kind != after.Kind)
            throw new ToolException(ToolError.DiffersFromOld,
                $"sizes of {after.Name}, {Article(after)}, cannot be compared with those of {before.Name}, {Article(before)}");
        return [.. after.Memories.SelectMany(memory => Of(memory.Name, Leaves(Find(before, memory.Name)), Leaves(memory)))
            .OrderByDescending(change => Math.Abs(change.Difference)).ThenBy(change => change.Path, StringComparer.Ordinal)];
    }

    private static IEnumerable<SizeChange> Of(string memory, Dictionary<string, ulong> before, Dictionary<string, ulong> after) =>
        before.Keys.Union(after.Keys)
        .Select(path => new SizeChange(memory, path, before.GetValueOrDefault(path), after.GetValueOrDefault(path)))
        .Where(change => change.Difference != 0);

    private static SizeMemory? Find(SizeReport report, string memory) => report.Memories.FirstOrDefault(one => one.Name == memory);

    private static Dictionary<string, ulong> Leaves(SizeMemory? memory) => memory == null ? []
        : memory.Parts.Leaves().GroupBy(leaf => SizeMemory.Text(leaf.Path))
        .ToDictionary(group => group.Key, group => (ulong)group.Sum(leaf => (long)leaf.Bytes));

    private static string Article(SizeReport report) => (report.Kind[0] == 'i' ? "an " : "a ") + report.Kind;
}
