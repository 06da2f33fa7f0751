// SPDX-License-Identifier: MIT
// Sizes for programs: JSON, and CSV with a row a leaf.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;

namespace Wamr.Nano.Tool.Size;

internal static class SizeData
{
    internal static JsonObject Json(SizeReport report) => new()
    {
        [report.Kind] = report.Name,
        ["ram"] = report.Ram,
        ["rom"] = report.Rom,
        ["memories"] = new JsonArray([.. report.Memories.Select(memory => (JsonNode)new JsonObject
        {
            ["name"] = memory.Name,
            ["used"] = memory.Used,
            ["total"] = memory.Total == 0 ? null : memory.Total,
            ["free"] = memory.Free,
            ["parts"] = new JsonArray([.. memory.Parts.Children.Select(part => (JsonNode)Json(part, report.Symbols))]),
        })]),
    };

    internal static JsonObject Json(IReadOnlyList<SizeChange> totals, IReadOnlyList<SizeChange> changes) => new()
    {
        ["totals"] = Json(totals),
        ["changes"] = Json(changes),
    };

    internal static void Csv(TextWriter to, SizeReport report)
    {
        to.WriteLine("memory,part,bytes");
        foreach (SizeMemory memory in report.Memories)
            foreach ((IReadOnlyList<string> path, ulong bytes) in memory.Parts.Leaves())
                to.WriteLine($"{Cell(memory.Name)},{Cell(SizeMemory.Text(path))},{bytes}");
    }

    internal static void Csv(TextWriter to, IReadOnlyList<SizeChange> changes)
    {
        to.WriteLine("memory,part,old,new,change");
        foreach (SizeChange change in changes)
            to.WriteLine($"{Cell(change.Memory)},{Cell(change.Path)},{change.Old},{change.New},{change.Difference}");
    }

    private static JsonObject Json(SizeNode part, IReadOnlyDictionary<string, string> symbols)
    {
        JsonObject json = new() { ["name"] = part.Name, ["bytes"] = part.Bytes };
        if (part.IsLeaf && symbols.TryGetValue(part.Name, out string? symbol)) json["symbol"] = symbol;
        if (!part.IsLeaf) json["parts"] = new JsonArray([.. part.Children.Select(child => (JsonNode)Json(child, symbols))]);
        return json;
    }

    private static JsonArray Json(IReadOnlyList<SizeChange> changes) => [.. changes.Select(change => (JsonNode)new JsonObject
    {
        ["memory"] = change.Memory,
        ["part"] = change.Path,
        ["old"] = change.Old,
        ["new"] = change.New,
        ["change"] = change.Difference,
    })];

    private static string Cell(string text) => text.AsSpan().IndexOfAny(",\"\n") < 0 ? text : "\"" + text.Replace("\"", "\"\"") + "\"";
}
