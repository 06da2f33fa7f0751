// SPDX-License-Identifier: MIT
// Sizes as text: a boxed table of the memories, a gauge for each, categories, and the largest parts.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Spectre.Console;
using Wamr.Nano.Tool.Printing;

namespace Wamr.Nano.Tool.Size;

internal static class SizeText
{
    internal const int Shown = 20;

    internal static void Write(TextWriter to, SizeReport report, int shown)
    {
        Table memories = Boxed("memory", "used", "free", "of", "%");
        foreach (SizeMemory memory in report.Memories)
            memories.AddRow(memory.Name, Bytes.Text(memory.Used), Number(memory.Free), Number(memory.Total == 0 ? null : memory.Total),
                memory.Total == 0 ? "" : Percent(memory.Used, memory.Total));
        Output.Print(to, memories);
        foreach (SizeMemory memory in report.Memories.Where(memory => memory.Total != 0))
            to.WriteLine(Gauge.Line(memory.Name, memory.Used, memory.Total));
        foreach (SizeMemory memory in report.Memories.Where(memory => memory.Used != 0)) Parts(to, memory, shown);
        string kind = char.ToUpperInvariant(report.Kind[0]) + report.Kind[1..];
        to.WriteLine($"{kind}: {report.Name} ({Bytes.Text(report.Ram)} RAM - {Bytes.Text(report.Rom)} ROM)");
    }

    internal static void Write(TextWriter to, IReadOnlyList<SizeChange> totals, IReadOnlyList<SizeChange> changes, int shown)
    {
        Table table = Boxed("memory", "old", "new", "change", "%");
        foreach (SizeChange change in totals) Row(table, change.Memory, change);
        Output.Print(to, table);
        if (changes.Count == 0) return;
        Table parts = Boxed("part", "old", "new", "change", "%");
        foreach (SizeChange change in changes.Take(shown)) Row(parts, $"{change.Memory}: {change.Path}", change);
        Output.Print(to, parts);
        if (changes.Count > shown) to.WriteLine($"and {changes.Count - shown} more; --all shows them");
    }

    private static void Parts(TextWriter to, SizeMemory memory, int shown)
    {
        Table categories = Boxed(memory.Name, "bytes", "%");
        foreach (SizeNode part in memory.Parts.Children)
            categories.AddRow(Markup.Escape(part.Name), Bytes.Text(part.Bytes), Percent(part.Bytes, memory.Used));
        Output.Print(to, categories);
        (IReadOnlyList<string> Path, ulong Bytes)[] leaves =
            [.. memory.Parts.Leaves().Where(leaf => leaf.Path.Count > 1).OrderByDescending(leaf => leaf.Bytes)];
        if (leaves.Length == 0) return;
        Table largest = Boxed($"{memory.Name}: largest parts", "bytes", "%");
        foreach ((IReadOnlyList<string> path, ulong bytes) in leaves.Take(shown))
            largest.AddRow(Markup.Escape(SizeMemory.Text(path)), Bytes.Text(bytes), Percent(bytes, memory.Used));
        Output.Print(to, largest);
        if (leaves.Length > shown) to.WriteLine($"and {leaves.Length - shown} more; --all shows them");
    }

    private static void Row(Table table, string name, SizeChange change) =>
        table.AddRow(Markup.Escape(name), Bytes.Text(change.Old), Bytes.Text(change.New),
        change.Difference.ToString("+#,0;-#,0;0", CultureInfo.InvariantCulture),
        change.Old == 0 ? "new"
            : change.New == 0 ? "gone"
            : (change.Difference * 100.0 / change.Old).ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture));

    private static Table Boxed(string first, params ReadOnlySpan<string> numbers)
    {
        Table table = Output.Table(first, numbers);
        table.Border = TableBorder.Square;
        return table;
    }

    private static string Number(ulong? bytes) => bytes is ulong number ? Bytes.Text(number) : "";

    private static string Percent(ulong part, ulong whole) => Gauge.Percent(part, whole).ToString("F1", CultureInfo.InvariantCulture);
}
