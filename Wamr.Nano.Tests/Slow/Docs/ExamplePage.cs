// SPDX-License-Identifier: MIT
// The examples of a page of the documentation: commands behind "$ " in blocks of code, each with what it printed below it. What a
// block that begins with ```text shows was done elsewhere.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Wamr.Nano.Tests.Slow.Docs;

/// <summary>A command, and the lines that the page says it prints.</summary>
/// <param name="Margin">What precedes each of them on the page.</param>
/// <param name="First">Index of the first among the lines of the page.</param>
internal sealed record Example(string Command, string Margin, int First, string[] Output);

internal static class ExamplePage
{
    private const string Indent = "    ", Prompt = "$ ", Fence = "```", Elsewhere = "```text";

    internal static string[] Lines(string file) => File.ReadAllText(file).Replace("\r", "", StringComparison.Ordinal).Split('\n');

    internal static IReadOnlyList<Example> Of(string[] lines)
    {
        List<Example> examples = [];
        string? fence = null;
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith(Fence, StringComparison.Ordinal)) fence = fence == null ? lines[i] : null;
            string margin = fence == null ? Indent : "";
            if (fence == Elsewhere || !lines[i].StartsWith(margin + Prompt, StringComparison.Ordinal)) continue;
            int end = End(lines, i + 1, margin);
            examples.Add(new(lines[i][(margin + Prompt).Length..], margin, i
                + 1, [.. lines[(i + 1)..end].Select(line => line.Length == 0 ? line : line[margin.Length..])]));
        }
        return examples;
    }

    /// <summary>Runs the examples one after the other, and writes into the page what they print.</summary>
    internal static void Write(string file, Func<string, string[]> run)
    {
        List<string> lines = [.. Lines(file)];
        int moved = 0;
        foreach (Example example in Of([.. lines]))
        {
            string[] output = run(example.Command);
            lines.RemoveRange(example.First + moved, example.Output.Length);
            lines.InsertRange(example.First + moved, output.Select(line => line.Length == 0 ? line : example.Margin + line));
            moved += output.Length - example.Output.Length;
        }
        File.WriteAllText(file, string.Join('\n', lines));
    }

    /// <summary>Output goes on to the next command or the end of the block; empty lines before those do not belong to it.</summary>
    private static int End(string[] lines, int first, string margin)
    {
        int end = first;
        for (int i = first; i < lines.Length; i++)
        {
            if (lines[i].Length == 0) continue;
            bool isOutput = lines[i].StartsWith(margin, StringComparison.Ordinal)
                && !lines[i].StartsWith(margin + Prompt, StringComparison.Ordinal) && !lines[i].StartsWith(Fence, StringComparison.Ordinal);
            if (!isOutput) break;
            end = i + 1;
        }
        return end;
    }
}
