// SPDX-License-Identifier: MIT
// Whether a board has the RAM an image needs. Its code is for that processor alone, so everything is found by running it there.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Build;
using Wamr.Nano.Tool.Emulate;
using Wamr.Nano.Tool.Errors;
using Wamr.Nano.Tool.Measure;

namespace Wamr.Nano.Tool.Fit;

/// <param name="Board">The board.</param>
/// <param name="NeededBytes">Bytes of the smallest pool it runs in as it does in the board's.</param>
/// <param name="StackBytes">The smallest operand stack; 0: none.</param>
/// <param name="Parts">What the pool is used for, by category, and the allocator's share.</param>
/// <param name="Measured">Native stack; null if it was not measured.</param>
/// <param name="NativeStackBytes">
/// The smallest native stack in which it runs, including that of interrupts; the board's size if nothing smaller is known.
/// </param>
/// <param name="HeapAsked">The app heap that was named.</param>
/// <param name="HeapBytes">The smallest one.</param>
/// <param name="Facts">Its linear memory.</param>
internal sealed record ImageFit(
    BoardInfo Board, uint NeededBytes, uint StackBytes, IReadOnlyList<(string Name, uint Bytes)> Parts, Measured? Measured,
    uint NativeStackBytes,
    uint HeapAsked, uint HeapBytes, ImageFacts Facts)
{
    private static readonly (string Report, string Name)[] Categories =
        [("runtime", "runtime, host functions"), ("module", "module: image state"), ("instance", "instance, linear memory"),
            ("env", "execution environment, operand stack")];

    internal uint PoolBytes => (uint)Board.Pool.Sum(part => part.Bytes);

    /// <exception cref="ToolException">It does not run on the board.</exception>
    internal static ImageFit On(RunRequest request, FileInfo image, SourceTree tree, string name)
    {
        BoardInfo board = tree.Board(name);
        if (BoardTrial.WhyNot(board) is { Length: > 0 } whyNot)
            throw new ToolException(ToolError.RunFails, $"{image.Name} cannot be run on {name}: {whyNot}");
        Waiting.For($"running it on {name} with less and less RAM", BoardFit.TrialSeconds);
        FirmwareBuild build = new(tree, board, new());
        BoardTrial trial = new(request, image, build);
        Outcome expected = trial.Try(0, 0);
        if (expected.Error != WasmError.None)
            throw new ToolException(ToolError.RunFails,
                $"{image.Name} fails on {name} even with the whole pool: {ErrorTexts.Name(expected.Error)} "
                + $"{ErrorTexts.Row(expected.Error).Cause}");
        uint asked = request.HeapBytes;
        uint heap = asked == 0 ? 0
            : Minimum.Find(0, 0, asked, Replay.Granule,
                bytes => new BoardTrial(request with { HeapBytes = bytes }, image, build).Try(0, 0) == expected).Value;
        if (heap != asked) trial = new(request with { HeapBytes = heap }, image, build);
        ImageFacts facts = ImageFacts.Of(request.Module);
        uint stack = facts.IsNative && HasNoStack(trial) ? 0
            : Minimum.Find(Config.MinStackBytes, Config.MinStackBytes, Config.DefaultStackBytes, sizeof(uint),
                bytes => trial.Try(0, bytes) == expected).Value;
        uint most = board.Pool.Max(part => part.Bytes) / Replay.Granule * Replay.Granule;
        uint guess = Used(trial.Start(0, stack, Stream.Null));
        uint pool = Minimum.Find(guess, Replay.Granule, most, Replay.Granule, bytes => trial.Try(bytes, stack) == expected).Value;
        BoardResult result = trial.Start(pool, stack, Stream.Null);
        List<(string, uint)> parts = [.. Categories.Select(category => (category.Name, result.Figure("pool", category.Report) ?? 0))];
        parts.Add(("allocator: headers, rounding, lists", pool - (uint)parts.Sum(part => part.Item2)));
        Measured? measured = trial.NativeStack(tree, stack);
        uint native = measured == null ? board.StackBytes
            : NativeStack(board, measured.DeepestStack + facts.StackMargin, bytes => trial.Try(pool, stack, bytes) == expected);
        return new(board, pool, stack, parts, measured, native, asked, heap, facts);
    }

    /// <summary>Whether it has no operand stack by default, which is so if native code cannot call interpreted code.</summary>
    private static bool HasNoStack(BoardTrial trial) =>
        Used(trial.Start(0, 0, Stream.Null)) < Used(trial.Start(0, Config.MinStackBytes, Stream.Null));

    private static uint NativeStack(BoardInfo board, uint used, Func<uint, bool> runs)
    {
        uint most = board.StackBytes / Replay.Granule * Replay.Granule, guess = Layout.Round8(used + board.StackReserve);
        return guess < most ? Minimum.Find(guess, Layout.Round8(board.StackReserve), most, Replay.Granule, runs).Value : board.StackBytes;
    }

    /// <summary>What a run used at most, and the runtime's own structure.</summary>
    private static uint Used(BoardResult result) => Layout.Round8((result.Figure("pool", "high") ?? 0) + Layout.Board.Runtime);
}
