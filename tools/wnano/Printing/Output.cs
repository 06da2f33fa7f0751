// SPDX-License-Identifier: MIT
// Tables for people (Spectre.Console) and the same for programs (--json).
using System;
using System.CommandLine;
using System.IO;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace Wamr.Nano.Tool.Printing;

internal static class Output
{
    /// <summary>The width of a table that goes to a file or another program.</summary>
    private const int FileWidth = 160;

    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    internal static Option<bool> JsonOption() => new("--json") { Description = "Print the result as JSON." };

    internal static void Json(JsonObject json)
    {
        using (Utf8JsonWriter writer = new(Console.OpenStandardOutput(), Indented)) json.WriteTo(writer);
        Console.WriteLine();
    }

    /// <summary>A table whose first column is text and whose others are numbers.</summary>
    internal static Table Table(string first, params ReadOnlySpan<string> numbers)
    {
        Table table = new Table { Border = TableBorder.Simple }.AddColumn(first);
        foreach (string column in numbers) table.AddColumn(new TableColumn(column).RightAligned());
        return table;
    }

    /// <summary>A name from a module or a device as the contents of a cell.</summary>
    internal static string Cell(string untrusted) => Markup.Escape(Printable.Text(untrusted));

    /// <summary>The width of the console; for a file, that of a wide console.</summary>
    internal static int Width => Console.IsOutputRedirected ? FileWidth : AnsiConsole.Profile.Width;

    internal static void Print(Table table) => Print(Console.Out, table);

    /// <summary>Like <see cref="Print(Table)"/>, to a text that is printed later perhaps.</summary>
    internal static void Print(TextWriter to, Table table)
    {
        foreach (string line in TableText.Lines(table, Width, isUnicode: Console.OutputEncoding.CodePage == Encoding.UTF8.CodePage))
            to.WriteLine(line);
    }

    internal static void Memory(in NanoMemoryStatistics s)
    {
        Table table = Table("memory", "bytes in use", "at most");
        Row("runtime", s.Runtime);
        Row("modules", s.Modules);
        Row("instances (linear memory, globals)", s.Instances);
        Row("execution environments (stacks)", s.ExecEnvs);
        Row("all", s.All);
        Print(table);
        Console.WriteLine(s.Total == 0
            ? "no pool: memory comes from the system"
            : $"pool {Bytes.Text(s.Total)} B, {Bytes.Text(s.Total - s.All.Used)} B free, largest block {Bytes.Text(s.LargestFree)} B");

        void Row(string name, NanoMemoryUse use) => table.AddRow(name, Bytes.Text(use.Used), Bytes.Text(use.HighWater));
    }

    internal static JsonObject MemoryJson(in NanoMemoryStatistics s) => new()
    {
        ["pool"] = s.Total,
        ["largestFree"] = s.LargestFree,
        ["all"] = Json(s.All),
        ["runtime"] = Json(s.Runtime),
        ["modules"] = Json(s.Modules),
        ["instances"] = Json(s.Instances),
        ["execEnvs"] = Json(s.ExecEnvs),
    };

    private static JsonObject Json(NanoMemoryUse use) => new() { ["used"] = use.Used, ["highWater"] = use.HighWater };
}
