// SPDX-License-Identifier: MIT
// A table as lines of text. Where it is wider than there is room for, nothing is cut off: its rows become lists.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Wamr.Nano.Tool.Printing;

internal static class TableText
{
    private const int Unlimited = 1000;

    /// <param name="table">The table. Its first column names the subject of a row.</param>
    /// <param name="width">Columns there are.</param>
    /// <param name="isUnicode">Whether lines can be drawn; otherwise in ASCII.</param>
    internal static IReadOnlyList<string> Lines(Table table, int width, bool isUnicode)
    {
        if (!isUnicode) table.Border = TableBorder.Ascii;
        List<string> lines = [.. Text(table).Trim('\r', '\n').Split('\n').Select(line => line.TrimEnd())];
        return lines.Max(line => line.Length) <= width ? lines : [.. Lists(table)];
    }

    /// <summary>One line for a row with one other cell; otherwise one line for each cell that is not empty.</summary>
    private static IEnumerable<string> Lists(Table table)
    {
        string[] names = [.. table.Columns.Select(column => Text(column.Header).Trim())];
        yield return $"{string.Join(", ", names.Where(name => name.Length != 0))}:";
        foreach (TableRow row in table.Rows)
        {
            string[] cells = [.. row.Select(cell => Text(cell).TrimEnd())];
            int first = Array.FindIndex(cells, cell => cell.Length != 0);
            if (first < 0) continue;
            string[] others = [.. cells.Skip(first + 1).Where(cell => cell.Length != 0)];
            if (names.Length <= 2 || others.Length <= 1) yield return $"  {string.Join(": ", others.Prepend(cells[first]))}";
            else
            {
                yield return $"  {cells[first]}";
                for (int i = first + 1; i < cells.Length; i++)
                    if (cells[i].Length != 0) yield return $"    {names[i]}: {cells[i].Trim()}";
            }
        }
    }

    private static string Text(IRenderable what)
    {
        using StringWriter text = new();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(text),
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
        });
        console.Profile.Width = Unlimited;
        console.Write(what);
        return text.ToString().TrimEnd('\r', '\n');
    }
}
