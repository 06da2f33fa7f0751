// SPDX-License-Identifier: MIT
// Reads skips.tsv: what of the suite is left out, and why.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Wamr.Nano.Tests.TestKit.Spec;

/// <summary>A row: a whole script, a line of it, or a range of lines.</summary>
internal sealed record Skip(string File, int First, int Last, string Reason)
{
    public bool IsWholeFile => First == 0;
}

/// <summary>Rows <c>file TAB lines TAB reason</c>; lines are <c>*</c>, <c>12</c> or <c>12-20</c>. A # begins a comment line.</summary>
internal static class Skips
{
    public static IReadOnlyList<Skip> All { get; } = [.. Read()];

    public static bool IsSkipped(string file) => All.Any(skip => skip.File == file && skip.IsWholeFile);

    /// <summary>Whether a script leaves out a line.</summary>
    public static Func<int, bool> Of(string file)
    {
        Skip[] rows = [.. All.Where(skip => skip.File == file)];
        return line => rows.Any(row => row.First <= line && line <= row.Last);
    }

    private static IEnumerable<Skip> Read()
    {
        foreach (string line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Spec", "skips.tsv")))
        {
            if (line.Length == 0 || line[0] == '#') continue;
            string[] cells = line.Split('\t');
            string[] range = cells[1] == "*" ? ["0", int.MaxValue.ToString()] : cells[1].Split('-');
            yield return new(cells[0], int.Parse(range[0]), int.Parse(range[^1]), cells[2]);
        }
    }
}
