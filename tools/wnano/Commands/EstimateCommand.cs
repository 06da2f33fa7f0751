// SPDX-License-Identifier: MIT
// wnano estimate: the RAM of an app, from loading and instantiating it, without calling any of its functions.
using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using Wamr.Nano.Tool.Fit;
using Wamr.Nano.Tool.Printing;
using Wamr.Nano.Tool.Usage;

namespace Wamr.Nano.Tool.Commands;

internal static class EstimateCommand
{
    internal static Command Create()
    {
        AppOptions app = new();
        Option<uint> stack =
            Bytes.StackOption("Operand stack; by default, the most that its calls can take, or 1,024 B if calls are recursive.");
        WnanoCommand command = new(
            "estimate", "Estimate the RAM of an app without running it.",
            ("wnano estimate app.wasm", "the RAM, without running it"))
        { stack };
        app.AddTo(command, runs: false);
        command.SetAction(parsed => Program.Guard(() =>
        {
            using Estimation estimate = new(app.Quiet(parsed), parsed.GetValue(stack));
            if (parsed.GetValue(app.Json)) Output.Json(Json(estimate));
            else Print(estimate, app.Module(parsed));
            return 0;
        }));
        return command;
    }

    private static void Print(Estimation e, FileInfo file)
    {
        Console.WriteLine(
            $"{file.Name} ({Bytes.Text((ulong)file.Length)} B in flash) on a board with 32-bit pointers, estimated without running it:");
        NeedText.Print(e.Need, e.Facts);
        Console.WriteLine(e.Bound.Circle.Count == 0
            ? $"operand stack: {Bytes.Text(e.Bound.BoardBytes)} B at most, by the calls {string.Join(" > ", e.Names(e.Bound.Path))}"
            : $"operand stack: no bound, because functions call each other: {string.Join(" > ", e.Names(e.Bound.Circle))}; "
            + $"{Bytes.Text(e.Bound.BoardBytes)} B for the other calls");
        if (e.Facts.MayGrow && e.Facts.MemoryBytes != 0)
            Console.WriteLine(
                $"linear memory: the code can ask for more, up to "
                + $"{(e.MaxPages == MemoryType.Unlimited ? "any number of" : Bytes.Text(e.MaxPages))} pages of "
                + $"{Bytes.Text(e.Facts.PageBytes)} B");
        if (e.ImportedMemory is WasmMemoryType imported)
            Console.WriteLine(
                $"linear memory: imported, {Bytes.Text(imported.MinPages)} or more pages of {Bytes.Text(imported.PageBytes)} B: it takes "
                + $"RAM of the instance that exports it");
        Console.WriteLine("native stack: the board's; 'wnano fit --board' measures it");
        NeedText.Print(Advice.For(e.Need, e.Facts, null, null));
    }

    private static JsonArray Strings(IReadOnlyList<string> names) => [.. names.Select(name => (JsonNode)name)];

    private static JsonObject Json(Estimation e)
    {
        JsonObject json = NeedText.Json(e.Need, e.Facts);
        json["pointerBytes"] = Layout.Board.PointerBytes;
        json["stackBound"] = e.Bound.Circle.Count == 0 ? e.Bound.BoardBytes : null;
        json["deepestCalls"] = Strings(e.Symbols(e.Bound.Path));
        json["deepestCallsReadable"] = Strings(e.Names(e.Bound.Path));
        json["recursion"] = Strings(e.Symbols(e.Bound.Circle));
        json["recursionReadable"] = Strings(e.Names(e.Bound.Circle));
        json["mayGrow"] = e.Facts.MayGrow;
        if (e.ImportedMemory is WasmMemoryType imported) json["importedMemoryPages"] = imported.MinPages;
        json["advice"] = NeedText.Json(Advice.For(e.Need, e.Facts, null, null));
        return json;
    }
}
