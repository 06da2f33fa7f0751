// SPDX-License-Identifier: MIT
// wnano fit of an image: its need on a board as text and as JSON.
using System;
using System.IO;
using System.Text.Json.Nodes;
using Spectre.Console;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Fit;
using Wamr.Nano.Tool.Flash;
using Wamr.Nano.Tool.Measure;
using Wamr.Nano.Tool.Printing;

namespace Wamr.Nano.Tool.Commands;

internal static class FitImage
{
    /// <param name="file">The image.</param>
    /// <param name="request">What to run.</param>
    /// <param name="board">The board's name; null if none is named.</param>
    /// <param name="json">Whether the result is printed as JSON.</param>
    internal static int Execute(FileInfo file, RunRequest request, string? board, bool json)
    {
        if (board == null) throw new UsageException($"{file.Name} is an image, and runs on its processor alone: name a board with --board");
        SourceTree tree = SourceTree.Find();
        ImageTargets.Demand(request.Module, tree.Board(board));
        ImageFit fit = ImageFit.On(request, file, tree, board);
        if (json) Output.Json(Json(file, fit));
        else Print(file, fit);
        return 0;
    }

    private static void Print(FileInfo file, ImageFit fit)
    {
        Console.WriteLine($"{file.Name} ({Bytes.Text((ulong)file.Length)} B in flash) on {fit.Board.Name}");
        Table table = Output.Table("RAM", "bytes");
        foreach ((string name, uint bytes) in fit.Parts) table.AddRow(name, Bytes.Text(bytes));
        table.AddRow("[bold]pool[/]", $"[bold]{Bytes.Text(fit.NeededBytes)}[/]");
        Output.Print(table);
        Console.WriteLine(fit.StackBytes == 0 ? "operand stack: none" : $"operand stack: {Bytes.Text(fit.StackBytes)} B");
        Console.WriteLine($"{fit.Board.Name}: found by running the firmware: it runs with that, and not with 8 B less");
        if (fit.Measured is Measured m)
            Console.WriteLine(
                $"native stack: {Bytes.Text(m.DeepestStack)} B (loading {Bytes.Text(m.LoadStack)}, instantiating "
                + $"{Bytes.Text(m.InstantiateStack)}, calling {Bytes.Text(m.CallStack)}) of {Bytes.Text(fit.Board.StackBytes)} B");
        Console.WriteLine(Gauge.Line("pool", fit.NeededBytes, fit.PoolBytes));
        Console.WriteLine("PASS");
        NeedText.Print(Advice.For(fit));
    }

    private static JsonObject Json(FileInfo file, ImageFit fit)
    {
        JsonObject parts = [];
        foreach ((string name, uint bytes) in fit.Parts) parts[name] = bytes;
        return new()
        {
            ["image"] = file.Name,
            ["method"] = "run on the board",
            ["pool"] = fit.NeededBytes,
            ["operandStack"] = fit.StackBytes,
            ["parts"] = parts,
            ["linearMemory"] = NeedText.Json(fit.Facts.Memory),
            ["appHeap"] = fit.HeapBytes,
            ["board"] = new JsonObject
            {
                ["name"] = fit.Board.Name,
                ["pool"] = fit.PoolBytes,
                ["fits"] = true,
                ["percent"] = Math.Round(Gauge.Percent(fit.NeededBytes, fit.PoolBytes), 1),
                ["nativeStack"] = fit.Measured?.DeepestStack,
            },
            ["advice"] = NeedText.Json(Advice.For(fit)),
        };
    }
}
