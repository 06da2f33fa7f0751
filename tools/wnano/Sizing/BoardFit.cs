// SPDX-License-Identifier: MIT
// Whether an app fits a board: by the board's pool, and where the board has an emulator by running the firmware with just enough and with less.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Wamr.Nano.Core;
using Wamr.Nano.Tool.Boards;

namespace Wamr.Nano.Tool.Sizing;

/// <param name="Board">The board.</param>
/// <param name="Need">What the app needs there.</param>
/// <param name="Fits">Whether its pool, as board.json divides it, holds that.</param>
/// <param name="Ran">Whether the firmware was run to find out.</param>
/// <param name="AsComputed">Whether it gave what was computed.</param>
/// <param name="WhyNot">Why it was not run; empty where it was.</param>
/// <param name="Measured">The native stack it used there; null where that was not measured.</param>
internal sealed record BoardFit(BoardInfo Board, Need Need, bool Fits, bool Ran, bool AsComputed, string WhyNot, Measured? Measured = null)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    internal uint PoolBytes => (uint)Board.Pool.Sum(part => part.Bytes);

    /// <param name="fit">The app's need, computed for 32-bit pointers.</param>
    /// <param name="module">The app's file.</param>
    /// <param name="tree">Where boards are.</param>
    /// <param name="name">The board's name.</param>
    internal static BoardFit On(Fit fit, FileInfo module, SourceTree tree, string name)
    {
        BoardInfo board = tree.Board(name);
        bool fits = Replay.Fits(fit.Board.Allocations, Layout.Board, [.. board.Pool.Select(part => part.Bytes)]);
        string whyNot = board.Emulator == null ? "it has no emulator"
            : board.MissingPackages.Count != 0 ? $"'sudo apt install {string.Join(' ', board.MissingPackages)}' is needed for that"
            : !fits ? "it does not fit"
            : fit.Outcome.Error != WasmError.None ? "the app does not end by itself"
            : "";
        if (whyNot.Length != 0) return new(board, fit.Board, fits, false, false, whyNot);
        Runner runner = new(fit.Request, module, new(tree, board, new()));
        Outcome expected = runner.Run(0, 0);
        if (!expected.IsGood) return new(board, fit.Board, fits, false, false, $"it fails there even with the whole pool (WN{(int)expected.Error:D4})");
        Minimum stack = Minimum.Find(fit.Board.StackBytes, Config.MinStackBytes, Runner.AmpleStack(fit), sizeof(uint), bytes => runner.Run(0, bytes) == expected);
        uint most = (uint)board.Pool.Sum(part => part.Bytes) / Replay.Granule * Replay.Granule;
        Minimum pool = Minimum.Find(fit.Board.PoolBytes, Layout.Board.Runtime, most, Replay.Granule, bytes => runner.Run(bytes, stack.Value) == expected);
        Need need = fit.Board with { PoolBytes = pool.Value, StackBytes = stack.Value };
        return new(board, need, true, true, stack.AsGuessed && pool.AsGuessed, "", NativeStack(tree, board, runner.Plan(0, stack.Value)));
    }

    /// <summary>Bytes of native stack that are the most; 0 where they were not measured.</summary>
    internal uint NativeStackBytes => Measured == null ? 0 : Math.Max(Measured.LoadStack, Math.Max(Measured.InstantiateStack, Measured.CallStack));

    private static Measured? NativeStack(SourceTree tree, BoardInfo board, AppPlan plan)
    {
        try
        {
            return Measuring.Run(tree, board, plan);
        }
        catch (ProgramFailedException)
        {
            // A WASI program that ends itself is no call that can be repeated.
            return null;
        }
    }

    /// <summary>Runs an app on a board's emulator with a pool and a stack of these sizes; 0 for the board's pool, and the runtime's stack.</summary>
    private sealed class Runner(RunRequest request, FileInfo module, FirmwareBuild build)
    {
        private readonly IReadOnlyList<uint> _slots = Slots(request);

        internal static uint AmpleStack(Fit fit) => fit.Stack.HostBytes + Config.DefaultStackBytes;

        internal Outcome Run(uint poolBytes, uint stackBytes)
        {
            string elf = FirmwareLink.Link(build, Plan(poolBytes, stackBytes));
            using MemoryStream console = new();
            BoardResult result = BoardRun.Run(build.Board, elf, console, false, Limit);
            string? failure = result.Report("error") ?? result.Report("trap");
            WasmError error = failure != null ? (WasmError)ushort.Parse(failure.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture)
                : result.TimedOut || result.Report("fault") != null ? WasmError.Terminated : WasmError.None;
            return new(error, result.ExitCode, string.Join(' ', result.All("result")), Encoding.UTF8.GetString(console.ToArray()));
        }

        internal AppPlan Plan(uint poolBytes, uint stackBytes) => new()
        {
            ModuleFile = module.FullName,
            Export = request.Function,
            Slots = _slots,
            Arguments = request.Arguments,
            Environment = request.Environment,
            HeapBytes = request.HeapBytes,
            PoolBytes = poolBytes,
            StackBytes = stackBytes,
        };

        private static IReadOnlyList<uint> Slots(RunRequest request)
        {
            using ModuleTypes types = new(request.Module);
            return request.Invoke.Count == 0 ? [] : types.Slots(request.Invoke[0], [.. request.Invoke.Skip(1)]);
        }
    }
}
