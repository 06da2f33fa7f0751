// SPDX-License-Identifier: MIT
// Counts of a profiled run (--profile): calls by function, executions by register-code opcode.
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace Wamr.Nano.Tool;

internal static class ProfileReport
{
    private const int Shown = 20;

    internal static void Print(NanoProfile profile)
    {
        Print("function", "calls", profile.Calls);
        Print("instruction of register code", "executed", profile.Instructions);
    }

    internal static JsonObject Json(NanoProfile profile) => new() { ["calls"] = Json(profile.Calls), ["instructions"] = Json(profile.Instructions) };

    private static void Print(string what, string count, IReadOnlyList<NanoCount> rows)
    {
        Table table = Output.Table(what, count);
        foreach (NanoCount row in rows.Take(Shown)) table.AddRow(Output.Cell(ReadableName.Of(row.Name)), Bytes.Text(row.Count));
        if (rows.Count > Shown) table.AddRow($"and {rows.Count - Shown} more", Bytes.Text((ulong)rows.Skip(Shown).Sum(row => (long)row.Count)));
        Output.Print(table);
    }

    private static JsonArray Json(IReadOnlyList<NanoCount> rows) =>
        [.. rows.Select(row => (JsonNode)new JsonObject { ["name"] = row.Name, ["readable"] = ReadableName.Of(row.Name), ["count"] = row.Count })];
}
