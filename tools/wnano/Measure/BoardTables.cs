// SPDX-License-Identifier: MIT
// The figures of the boards as tables in docs/BOARDS.md and each board's README, written from budget.json between two marks.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Printing;

namespace Wamr.Nano.Tool.Measure;

internal static class BoardTables
{
    private const string Begin = "<!-- figures: written by 'wnano budget --accept' -->", End = "<!-- end of figures -->";

    /// <summary>Columns of the table of all boards, and the figures they show.</summary>
    private static readonly (string Title, string Figure)[] Columns =
    [
        ("flash, interpreter", "flash.interp"), ("flash, everything", "flash.full"), ("flash, images only", "flash.xip"),
        ("RAM", "ram.full"),
        ("pool: add", "pool.add"), ("pool: C app", "pool.app"), ("pool: sensor app", "pool.sensor"),
        ("stack: load", "stack.load.sensor"), ("stack: call", "stack.call.sensor"), ("stack: at most", "stack.deepest.firmware"),
    ];

    /// <summary>The files with figures, and the text that they should have.</summary>
    internal static IEnumerable<(string File, string Text)> Files(SourceTree tree)
    {
        BoardInfo[] boards = [.. tree.AllBoards().Where(board => BoardBudget.Of(board).Figures.Count != 0)];
        string all = Path.Combine(tree.Root, "docs", "BOARDS.md");
        if (File.Exists(all)) yield return (all, Insert(all, $"{All(boards)}\n{Kernels(boards)}"));
        foreach (BoardInfo board in boards)
        {
            string readme = Path.Combine(board.Folder, "README.md");
            if (File.Exists(readme)) yield return (readme, Insert(readme, One(BoardBudget.Of(board))));
        }
    }

    internal static void Write(SourceTree tree)
    {
        foreach (var (file, text) in Files(tree)) File.WriteAllText(file, text);
    }

    private static string All(IEnumerable<BoardInfo> boards)
    {
        StringBuilder table =
            new(
                $"| board | processor | {string.Join(" | ", Columns.Select(column => column.Title))} |\n"
                + $"|---|---|{string.Concat(Columns.Select(_ => "---:|"))}\n");
        foreach (BoardInfo board in boards)
        {
            var figures = BoardBudget.Of(board).Figures;
            table.Append(CultureInfo.InvariantCulture,
                $"| [{board.Name}](../boards/{board.Name}/README.md) | {board.Cpu} | "
                + $"{string.Join(" | ", Columns.Select(column => Value(figures, column.Figure)))} |\n");
        }
        return table.ToString();
    }

    /// <summary>Instructions of the kernels: interpreted, and as native images.</summary>
    private static string Kernels(IEnumerable<BoardInfo> all)
    {
        BoardInfo[] boards =
            [
                .. all.Where(board =>
                    BoardBudget.Of(board).Figures.Keys.Any(name => name.StartsWith(KernelCounts.Prefix, StringComparison.Ordinal)))];
        StringBuilder table =
            new(
                $"| instructions | {string.Join(" | ", boards.Select(board => board.Name))} |\n"
                + $"|---|{string.Concat(boards.Select(_ => "---:|"))}\n");
        foreach (string kernel in KernelCounts.Names)
        {
            foreach (bool native in (bool[])[false, true])
            {
                IEnumerable<string> counts =
                    boards.Select(board => Value(BoardBudget.Of(board).Figures, KernelCounts.FigureOf(kernel, native)));
                table.Append(CultureInfo.InvariantCulture, $"| {kernel}{(native ? ", image" : "")} | {string.Join(" | ", counts)} |\n");
            }
        }
        return table.ToString();
    }

    private static string One(BoardBudget budget)
    {
        StringBuilder table =
            new(
                $"Measured with {budget.Compiler} on {budget.Date}. Sizes are in bytes, and `instructions` are counts:\n\n| figure | |\n"
                + $"|---|---:|\n");
        foreach (string name in budget.Figures.Keys)
            table.Append(CultureInfo.InvariantCulture, $"| {name} | {Value(budget.Figures, name)} |\n");
        return table.ToString();
    }

    private static string Value(IReadOnlyDictionary<string, long> figures, string name) =>
        figures.TryGetValue(name, out long value) ? Bytes.Text((ulong)value) : "-";

    /// <summary>The text of a file with the figures between the marks; unchanged if it has no marks.</summary>
    private static string Insert(string file, string figures)
    {
        string text = File.ReadAllText(file);
        int begin = text.IndexOf(Begin, StringComparison.Ordinal), end = text.IndexOf(End, StringComparison.Ordinal);
        return begin < 0 || end < begin ? text : $"{text[..begin]}{Begin}\n\n{figures}\n{text[end..]}";
    }
}
