// SPDX-License-Identifier: MIT
// The parts of a pool as a table and as JSON, and advice to shrink them.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using Spectre.Console;
using Wamr.Nano.Tool.Printing;

namespace Wamr.Nano.Tool.Fit;

internal static class NeedText
{
    internal static string Name(RamPart part) => part switch
    {
        RamPart.Runtime => "runtime",
        RamPart.HostFunctions => "host functions, registered",
        RamPart.Module => "module: tables over its bytes",
        RamPart.Code => "module: register code",
        RamPart.Instance => "instance",
        RamPart.Tables => "tables",
        RamPart.LinearMemory => "linear memory",
        RamPart.ExecEnv => "execution environment",
        RamPart.OperandStack => "operand stack",
        RamPart.Allocator => "allocator: headers, rounding, lists",
        _ => "given back: loading, growing, holes",
    };

    /// <summary>Prints the parts, those of the linear memory indented below it, and the sum.</summary>
    internal static void Print(Need need, ModuleFacts facts)
    {
        Table table = Output.Table("RAM", "bytes");
        foreach ((RamPart part, uint bytes) in need.Parts.Where(part => part.Value != 0))
        {
            table.AddRow(Name(part), Bytes.Text(bytes));
            if (part != RamPart.LinearMemory) continue;
            foreach ((string name, uint inside) in facts.MemoryParts().Where(inside => inside.Bytes != 0))
                table.AddRow($"  {name}", $"[dim]{Bytes.Text(inside)}[/]");
        }
        table.AddRow("[bold]pool[/]", $"[bold]{Bytes.Text(need.PoolBytes)}[/]");
        Output.Print(table);
    }

    internal static void Print(IReadOnlyList<Advice> advice)
    {
        if (advice.Count == 0) return;
        Console.WriteLine("to shrink it:");
        for (int i = 0; i < advice.Count; i++)
            Console.WriteLine($"  {i + 1}. {advice[i].What}: {advice[i].Option} (saves up to {Bytes.Text(advice[i].Saves)} B)");
    }

    internal static JsonObject Json(Need need, ModuleFacts facts) => new()
    {
        ["pool"] = need.PoolBytes,
        ["operandStack"] = need.StackBytes,
        ["parts"] = new JsonObject(need.Parts.Select(part => KeyValuePair.Create(Key(part.Key), (JsonNode?)part.Value))),
        ["linearMemory"] = Json(facts),
    };

    internal static JsonObject Json(ModuleFacts facts) =>
        new(facts.MemoryParts().Where(part => part.Bytes != 0).Select(part => KeyValuePair.Create(part.Name, (JsonNode?)part.Bytes)));

    internal static JsonArray Json(IReadOnlyList<Advice> advice) =>
        [.. advice.Select(a => (JsonNode)new JsonObject { ["saves"] = a.Saves, ["what"] = a.What, ["option"] = a.Option })];

    private static string Key(RamPart part) => char.ToLowerInvariant(part.ToString()[0]) + part.ToString()[1..];
}
