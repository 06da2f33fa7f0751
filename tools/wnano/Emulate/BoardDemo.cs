// SPDX-License-Identifier: MIT
// The second half of wnano demo: the same app in a board's flash, interpreted and as native code, under emulation, or in the same firmware
// as a program of this machine.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Build;
using Wamr.Nano.Tool.Flash;
using Wamr.Nano.Tool.Printing;

namespace Wamr.Nano.Tool.Emulate;

internal static class BoardDemo
{
    /// <summary>The board that runs anywhere a C compiler is.</summary>
    private const string Fallback = "host";

    /// <summary>Runs the sensor sample on a board, or on <see cref="Fallback"/> if this machine lacks what the board needs.</summary>
    /// <returns>The app's exit code; 0 if nothing could be run, which is reported.</returns>
    internal static int Show(string boardName, int rounds)
    {
        SourceTree tree;
        try
        {
            tree = SourceTree.Find();
        }
        catch (UsageException e)
        {
            // Without the sources, everything that is possible was shown.
            Console.WriteLine($"not run on a board: {e.Message}");
            return 0;
        }
        foreach (BoardInfo board in new[] { tree.Board(boardName), tree.Board(Fallback) })
        {
            IReadOnlyList<BoardTool> missing = board.Missing();
            if (missing.Count == 0) return ShowOn(tree, board, rounds);
            string packages = string.Join(' ', missing.Select(tool => tool.Package).Distinct());
            Console.WriteLine(
                $"{board.Title} is left out: "
                + $"{string.Join(" and ", missing.Select(tool => tool.Program))} not found, apt-get install {packages}");
        }
        return 0;
    }

    private static int ShowOn(SourceTree tree, BoardInfo board, int rounds)
    {
        string module = Path.Combine(tree.Root, "samples", "sensor", "sensor.wasm");
        Console.WriteLine(
            $"The same app in the flash of {board.Title}, "
            + $"{board.Cpu}{(board.Emulator == null ? "" : ", emulated")}; the firmware is built first:");
        BoardResult result = Execute(tree, board, module, rounds);
        if (result.ExitCode != 0 || BoardImage.Of(tree, board, module) is not string image) return result.ExitCode;
        Console.WriteLine($"And compiled to native code for {ImageTargets.CompiledFor(board)}, which runs where it lies:");
        result = Execute(tree, board, image, rounds);
        ImagePlace.Of(result)?.Print(board);
        return result.ExitCode;
    }

    /// <summary>Runs a module or an image, and says how much memory that took.</summary>
    private static BoardResult Execute(SourceTree tree, BoardInfo board, string file, int rounds)
    {
        FirmwareBuild build = new(tree, board, new());
        AppPlan plan = new() { ModuleFile = file, Export = "run", Slots = [(uint)rounds] };
        string elf = FirmwareLink.Link(build, plan);
        using Stream console = Console.OpenStandardOutput();
        BoardResult result = BoardRun.ToEnd(board, elf, console, false, TimeSpan.FromMinutes(1));
        RunOnBoard.Fail(result, plan, build, elf);
        Console.WriteLine($"pool {Figure(result, "total")} B, at most {Figure(result, "high")} B of it in use");
        return result;
    }

    private static string Figure(BoardResult result, string name) => Bytes.Text(result.Figure("pool", name) ?? 0);
}
