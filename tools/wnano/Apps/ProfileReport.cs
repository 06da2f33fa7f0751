// SPDX-License-Identifier: MIT
// A profiled run (--profile): calls and time by function, executions by register-code opcode.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using Spectre.Console;
using Wamr.Nano.Tool.Printing;

namespace Wamr.Nano.Tool.Apps;

internal static class ProfileReport
{
    private const int Shown = 20;

    private const double NanosecondsPerMillisecond = 1e6;

    internal static void Print(NanoProfile profile)
    {
        PrintFunctions(profile);
        if (profile.Instructions.Count != 0) PrintInstructions(profile.Instructions);
    }

    internal static JsonObject Json(NanoProfile profile) => new()
    {
        ["functions"] = new JsonArray([.. profile.Functions.Select(f => (JsonNode)new JsonObject
        {
            ["name"] = f.Name,
            ["readable"] = ReadableName.Of(f.Name),
            ["index"] = f.Index,
            ["calls"] = f.Calls,
            ["totalNanoseconds"] = f.Total,
            ["selfNanoseconds"] = f.Self,
        })]),
        ["lostCalls"] = profile.Lost,
        ["instructions"] = new JsonArray([.. profile.Instructions.Select(Json)]),
    };

    private static JsonNode Json(NanoCount row) => new JsonObject { ["name"] = row.Name, ["count"] = row.Count };

    private static void PrintFunctions(NanoProfile profile)
    {
        if (profile.Functions.Count == 0)
        {
            Console.WriteLine("no called function keeps a profile; compile an image with 'wnano compile --profile'");
            return;
        }
        Table table = Output.Table("function", "calls", "self ms", "total ms");
        foreach (NanoFunctionProfile f in profile.Functions.Take(Shown))
            table.AddRow(Output.Cell(ReadableName.Of(f.Name)), Bytes.Text(f.Calls), Milliseconds(f.Self), Milliseconds(f.Total));
        NanoFunctionProfile[] rest = [.. profile.Functions.Skip(Shown)];
        if (rest.Length != 0)
            table.AddRow($"and {rest.Length} more", Bytes.Text(Sum(rest, f => f.Calls)), Milliseconds(Sum(rest, f => f.Self)), "");
        Output.Print(table);
        if (profile.Lost == 0) return;
        Console.WriteLine(
            $"{Bytes.Text(profile.Lost)} calls were too deep to be counted apart; their time counts for the function that called them");
    }

    private static ulong Sum(IEnumerable<NanoFunctionProfile> functions, Func<NanoFunctionProfile, ulong> figure) =>
        functions.Aggregate(0ul, (sum, f) => sum + figure(f));

    private static string Milliseconds(ulong nanoseconds) =>
        (nanoseconds / NanosecondsPerMillisecond).ToString("F3", CultureInfo.InvariantCulture);

    private static void PrintInstructions(IReadOnlyList<NanoCount> rows)
    {
        Table table = Output.Table("instruction of register code", "executed");
        foreach (NanoCount row in rows.Take(Shown)) table.AddRow(Output.Cell(row.Name), Bytes.Text(row.Count));
        if (rows.Count > Shown)
            table.AddRow($"and {rows.Count - Shown} more", Bytes.Text((ulong)rows.Skip(Shown).Sum(row => (long)row.Count)));
        Output.Print(table);
    }
}
