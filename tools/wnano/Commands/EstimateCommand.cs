// SPDX-License-Identifier: MIT
// wnano estimate: the RAM of an app by analysis alone, from loading and instantiating it; none of its functions is called.
using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using Wamr.Nano.Core;
using Wamr.Nano.Tool.Sizing;

namespace Wamr.Nano.Tool.Commands;

internal static class EstimateCommand
{
    private sealed record Estimate(Need Need, ModuleFacts Facts, StackBound Bound, IReadOnlyList<string> Path, IReadOnlyList<string> Circle, uint MaxPages);

    internal static Command Create()
    {
        AppOptions app = new();
        Option<uint> stack = Bytes.Option("--stack", 0, "Operand stack; without, the most its calls can take, or 1,024 where that has no bound.");
        Command command = new("estimate", "Estimate the RAM of an app without running it.") { stack };
        app.AddTo(command, runs: false);
        command.SetAction(parsed => Program.Guard(() =>
        {
            Estimate estimate = Of(app.Quiet(parsed), parsed.GetValue(stack));
            if (parsed.GetValue(app.Json)) Output.Json(Json(estimate));
            else Print(estimate, app.Module(parsed));
            return 0;
        }));
        return command;
    }

    private static Estimate Of(RunRequest request, uint stackBytes)
    {
        using AllocationTrace trace = new();
        using HostRun run = new(request, 0, Config.DefaultStackBytes, trace, allowUnlinked: true);
        StackBound bound = StaticStack.Of(run);
        if (stackBytes == 0) stackBytes = bound.Circle.Count == 0 ? bound.BoardBytes : Math.Max(Config.DefaultStackBytes, bound.BoardBytes);
        Translation translation = new(Layout.Board, stackBytes, run, trace);
        uint pool = Replay.SmallestPool(translation.Allocations, Layout.Board);
        Need need = new(pool, stackBytes, RamParts.Of(translation, Layout.Board, pool), translation.Allocations);
        return new(need, ModuleFacts.Of(run.Module, run.Instance), bound, Names(bound.Path), Names(bound.Circle), run.MaxPages);

        IReadOnlyList<string> Names(IReadOnlyList<uint> functions) => [.. functions.Select(function => run.Module.FunctionName(function) ?? $"function {function}")];
    }

    private static void Print(Estimate e, FileInfo file)
    {
        Console.WriteLine($"{file.Name} ({Bytes.Text((ulong)file.Length)} B in flash) on a board with 32-bit pointers, estimated without running it:");
        NeedText.Print(e.Need, e.Facts);
        Console.WriteLine(e.Circle.Count == 0
            ? $"operand stack: {Bytes.Text(e.Bound.BoardBytes)} B at most, by the calls {string.Join(" > ", e.Path)}"
            : $"operand stack: no bound, since functions call each other: {string.Join(" > ", e.Circle)}; {Bytes.Text(e.Bound.BoardBytes)} B for the calls outside of that");
        if (e.Facts.MayGrow && e.Facts.MemoryBytes != 0)
            Console.WriteLine($"linear memory: the code can ask for more, up to {(e.MaxPages == MemoryType.Unlimited ? "any number of" : Bytes.Text(e.MaxPages))} pages of {Bytes.Text(e.Facts.PageBytes)} B");
        Console.WriteLine("native stack: the board's; 'wnano fit --board' measures it");
        NeedText.Print(Advice.For(e.Need, e.Facts, null));
    }

    private static JsonObject Json(Estimate e)
    {
        JsonObject json = NeedText.Json(e.Need, e.Facts);
        json["pointerBytes"] = Layout.Board.PointerBytes;
        json["stackBound"] = e.Circle.Count == 0 ? e.Bound.BoardBytes : null;
        json["deepestCalls"] = new JsonArray([.. e.Path.Select(name => (JsonNode)name)]);
        json["recursion"] = new JsonArray([.. e.Circle.Select(name => (JsonNode)name)]);
        json["mayGrow"] = e.Facts.MayGrow;
        json["advice"] = NeedText.Json(Advice.For(e.Need, e.Facts, null));
        return json;
    }
}
