// SPDX-License-Identifier: MIT
// wnano fit: the exact RAM an app needs, by part, whether a board has it, and what would shrink it.
using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Text.Json.Nodes;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Errors;
using Wamr.Nano.Tool.Fit;
using Wamr.Nano.Tool.Measure;
using Wamr.Nano.Tool.Printing;
using Wamr.Nano.Tool.Usage;

namespace Wamr.Nano.Tool.Commands;

internal static class FitCommand
{
    /// <summary>Operand stack an app has while it is measured.</summary>
    private const uint MostStack = 256 << 10;

    internal static Command Create()
    {
        AppOptions app = new();
        Option<string?> board = new("--board")
        {
            Description = "Check whether the app fits this board; 'wnano boards' lists the boards.",
            HelpName = "name",
        };
        WnanoCommand command = new(
            "fit", "Find the exact RAM an app needs, by running it.",
            ("wnano fit sensor.wasm --invoke run 2", "the RAM it needs"),
            ("wnano fit sensor.wasm --board stm32f405 --invoke run 2", "whether a board has that much RAM"))
        { board };
        app.AddTo(command, runs: true);
        command.SetAction(parsed => Program.Guard(() =>
        {
            FileInfo file = app.Module(parsed);
            RunRequest request = app.Request(parsed);
            if (parsed.GetValue(board) is string there)
                request = request with { Load = request.Load.Or(SourceTree.Find().Board(there).Load) };
            if (NanoRuntime.IsImage(request.Module))
                return FitImage.Execute(file, request, parsed.GetValue(board), parsed.GetValue(app.Json));
            AppFit fit = AppFit.Of(request, MostStack);
            BoardFit? onBoard = parsed.GetValue(board) is string name ? BoardFit.On(fit, file, SourceTree.Find(), name) : null;
            Need need = onBoard?.Need ?? fit.Board;
            IReadOnlyList<Advice> advice = Advice.For(need, fit.Facts, fit.AuxStackUsed, fit.DoesWith);
            if (parsed.GetValue(app.Json)) Output.Json(Json(file, fit, onBoard, need, advice));
            else Print(file, fit, onBoard, need, advice);
            if (onBoard is not { Fits: false }) return 0;
            string has = $"{onBoard.Board.Name} has a pool of {Bytes.Text(onBoard.PoolBytes)} B";
            string needs = $"{file.Name} needs {Bytes.Text(need.PoolBytes)} B";
            Console.Error.WriteLine(new ToolException(ToolError.BoardTooSmall, $"{has}, {needs}").Message);
            return Program.Error;
        }));
        return command;
    }

    private static void Print(FileInfo file, AppFit fit, BoardFit? onBoard, Need need, IReadOnlyList<Advice> advice)
    {
        Console.WriteLine(
            $"{file.Name} ({Bytes.Text((ulong)file.Length)} B in flash) on "
            + $"{(onBoard == null ? "a board with 32-bit pointers" : onBoard.Board.Name)}");
        NeedText.Print(need, fit.Facts);
        Console.WriteLine(
            $"operand stack: {Bytes.Text(need.StackBytes)} B, {fit.Stack.Frames} calls "
            + $"deep{(fit.Stack.Whole ? "" : " (at most: the run was too long to watch each call)")}");
        if (fit.AuxStackUsed is uint used)
            Console.WriteLine($"C stack: {Bytes.Text(used)} B used of {Bytes.Text(fit.Facts.AuxStackBytes)} B");
        if (fit.Request.HeapBytes != 0)
        {
            uint pages = fit.Facts.PagesOfAppHeap;
            string more = pages == 0 ? ""
                : $", in {pages} pages of {Bytes.Text(fit.Facts.PageBytes)} B more: whole pages grow by whole pages";
            Console.WriteLine($"app heap: {Bytes.Text(fit.Request.HeapBytes)} B are enough{more}");
        }
        if (fit.Outcome.Error == WasmError.FuelExhausted)
            Console.WriteLine($"the run was ended after {Bytes.Text(fit.Request.Fuel)} loop iterations and calls; --fuel allows more");
        foreach (string line in How(fit, onBoard)) Console.WriteLine(line);
        if (onBoard?.Measured is Measured m)
            Console.WriteLine(
                $"native stack: {Bytes.Text(onBoard.NativeStackBytes)} B (loading {Bytes.Text(m.LoadStack)}, instantiating "
                + $"{Bytes.Text(m.InstantiateStack)}, calling {Bytes.Text(m.CallStack)}) of {Bytes.Text(onBoard.Board.StackBytes)} B");
        if (onBoard != null)
        {
            Console.WriteLine(Gauge.Line("pool", need.PoolBytes, onBoard.PoolBytes));
            Console.WriteLine(onBoard.Fits ? "PASS" : "FAIL");
        }
        NeedText.Print(advice);
    }

    /// <summary>How the figures came about.</summary>
    private static IEnumerable<string> How(AppFit fit, BoardFit? onBoard)
    {
        yield return fit.Confirmed
            ? $"this machine (64-bit pointers) needs {Bytes.Text(fit.Host.PoolBytes)} B: computed, and "
            + $"confirmed: it runs with that, and not with 8 B less"
            : $"this machine (64-bit pointers) needs {Bytes.Text(fit.Host.PoolBytes)} B: found by running it";
        if (onBoard is { Ran: true, AsComputed: true })
            yield return $"{onBoard.Board.Name}: computed, and confirmed: the firmware runs with that, and not with 8 B less";
        else if (onBoard is { Ran: true })
            yield return $"{onBoard.Board.Name}: found by running the firmware; the computed figure was "
                + $"{Bytes.Text(fit.Board.PoolBytes)} B";
        else
            yield return "32-bit pointers: computed from the same run"
                + (onBoard == null ? "; --board confirms it where the board has an emulator"
                    : $", not run on {onBoard.Board.Name}: {onBoard.WhyNot}");
    }

    private static JsonObject Json(FileInfo file, AppFit fit, BoardFit? onBoard, Need need, IReadOnlyList<Advice> advice)
    {
        JsonObject json = NeedText.Json(need, fit.Facts);
        json["module"] = file.Name;
        json["pointerBytes"] = Layout.Board.PointerBytes;
        json["appHeap"] = fit.Request.HeapBytes;
        json["cStack"] = fit.Facts.AuxStackBytes;
        json["cStackUsed"] = fit.AuxStackUsed;
        json["depth"] = fit.Stack.Frames;
        json["method"] = onBoard is { Ran: true } ? "run on the board" : "computed";
        json["endedByFuel"] = fit.Outcome.Error == WasmError.FuelExhausted;
        json["host"] = new JsonObject
        {
            ["pointerBytes"] = Layout.Host.PointerBytes,
            ["pool"] = fit.Host.PoolBytes,
            ["operandStack"] = fit.Host.StackBytes,
            ["confirmed"] = fit.Confirmed,
        };
        if (onBoard != null)
        {
            json["board"] = new JsonObject
            {
                ["name"] = onBoard.Board.Name,
                ["pool"] = onBoard.PoolBytes,
                ["fits"] = onBoard.Fits,
                ["percent"] = Math.Round(Gauge.Percent(need.PoolBytes, onBoard.PoolBytes), 1),
                ["nativeStack"] = onBoard.Measured == null ? null : onBoard.NativeStackBytes,
                ["asComputed"] = onBoard is { Ran: true, AsComputed: true },
                ["notRunBecause"] = onBoard.WhyNot.Length == 0 ? null : onBoard.WhyNot,
            };
        }
        json["advice"] = NeedText.Json(advice);
        return json;
    }
}
