// SPDX-License-Identifier: MIT
// Whether an app fits a board: by the board's pool, and where the board has an emulator by running the firmware with just enough and with
// less.
using System.IO;
using System.Linq;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Build;
using Wamr.Nano.Tool.Measure;

namespace Wamr.Nano.Tool.Fit;

/// <param name="Board">The board.</param>
/// <param name="Need">What the app needs there.</param>
/// <param name="Fits">Whether its pool, as board.json divides it, holds that.</param>
/// <param name="Ran">Whether the firmware was run to find out.</param>
/// <param name="AsComputed">Whether it gave what was computed.</param>
/// <param name="WhyNot">Why it was not run; empty if it was.</param>
/// <param name="Measured">The native stack it used there; null if that was not measured.</param>
internal sealed record BoardFit(BoardInfo Board, Need Need, bool Fits, bool Ran, bool AsComputed, string WhyNot, Measured? Measured = null)
{
    /// <summary>What the runs take, each in a firmware that is linked for it.</summary>
    internal const int TrialSeconds = 10;

    internal uint PoolBytes => (uint)Board.Pool.Sum(part => part.Bytes);

    /// <param name="fit">The app's need, computed for 32-bit pointers.</param>
    /// <param name="module">The app's file.</param>
    /// <param name="tree">Where boards are.</param>
    /// <param name="name">The board's name.</param>
    internal static BoardFit On(AppFit fit, FileInfo module, SourceTree tree, string name)
    {
        BoardInfo board = tree.Board(name);
        bool fits = Replay.Fits(fit.Board.Allocations, Layout.Board, [.. board.Pool.Select(part => part.Bytes)]);
        string whyNot = BoardTrial.WhyNot(board) is { Length: > 0 } reason ? reason
            : !fits ? "it does not fit"
            : fit.Outcome.Error != WasmError.None ? "the app does not end by itself"
            : "";
        if (whyNot.Length != 0) return new(board, fit.Board, fits, false, false, whyNot);
        Waiting.For($"running it on {name} with less and less RAM", TrialSeconds);
        BoardTrial runner = new(fit.Request, module, new(tree, board, new()));
        Outcome expected = runner.Try(0, 0);
        if (!expected.IsGood)
            return new(board, fit.Board, fits, false, false, $"it fails there even with the whole pool (WN{(int)expected.Error:D4})");
        Minimum stack =
            Minimum.Find(fit.Board.StackBytes, Config.MinStackBytes, fit.Stack.HostBytes + Config.DefaultStackBytes, sizeof(uint),
                bytes => runner.Try(0, bytes) == expected);
        uint most = (uint)board.Pool.Sum(part => part.Bytes) / Replay.Granule * Replay.Granule;
        Minimum pool =
            Minimum.Find(fit.Board.PoolBytes, Layout.Board.Runtime, most, Replay.Granule,
                bytes => runner.Try(bytes, stack.Value) == expected);
        Need need = fit.Board with { PoolBytes = pool.Value, StackBytes = stack.Value };
        return new(board, need, true, true, stack.AsGuessed && pool.AsGuessed, "", runner.NativeStack(tree, stack.Value));
    }

    /// <summary>Bytes of native stack that are the most; 0 if they were not measured.</summary>
    internal uint NativeStackBytes => Measured?.DeepestStack ?? 0;
}
