// SPDX-License-Identifier: MIT
// An app that is run again and again on a board's emulator, with a pool and a stack of other sizes each time.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Build;
using Wamr.Nano.Tool.Emulate;
using Wamr.Nano.Tool.Measure;

namespace Wamr.Nano.Tool.Fit;

internal sealed class BoardTrial(RunRequest request, FileInfo module, FirmwareBuild build)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly IReadOnlyList<uint> _slots = Slots(request);

    /// <summary>Why nothing can be run on a board; empty if it can.</summary>
    internal static string WhyNot(BoardInfo board) => !board.RunsHere ? "it has no emulator"
        : board.Allocator != BoardInfo.PoolAllocator ? $"its memory is no pool (\"allocator\" is \"{board.Allocator}\" in board.json)"
        : board.MissingPackages.Count != 0 ? $"'sudo apt install {string.Join(' ', board.MissingPackages)}' is needed for that"
        : "";

    /// <param name="poolBytes">0 for the board's.</param>
    /// <param name="stackBytes">0 for the runtime's.</param>
    /// <param name="nativeStackBytes">0 for the board's.</param>
    internal BoardResult Start(uint poolBytes, uint stackBytes, Stream console, uint nativeStackBytes = 0) =>
        BoardRun.ToEnd(build.Board, FirmwareLink.Link(build, Plan(poolBytes, stackBytes) with { NativeStackBytes = nativeStackBytes }),
            console, false, Limit);

    /// <summary>The same, as far as two runs can be compared.</summary>
    internal Outcome Try(uint poolBytes, uint stackBytes, uint nativeStackBytes = 0)
    {
        using MemoryStream console = new();
        BoardResult result = Start(poolBytes, stackBytes, console, nativeStackBytes);
        string? failure = result.Report("error") ?? result.Report("trap");
        WasmError error = failure != null ? (WasmError)ushort.Parse(failure.Split(' ')[0], CultureInfo.InvariantCulture)
            : result.TimedOut || result.Report("fault") != null ? WasmError.Terminated : WasmError.None;
        return new(error, result.ExitCode, string.Join(' ', result.All("result")), Encoding.UTF8.GetString(console.ToArray()));
    }

    /// <summary>
    /// What it takes of the native stack; null of a WASI program that ends itself, which is no call that can be repeated.
    /// </summary>
    internal Measured? NativeStack(SourceTree tree, uint stackBytes)
    {
        try
        {
            return build.Board.IsFreestanding ? Measuring.Of(tree, build.Board, Plan(0, stackBytes)) : null;
        }
        catch (ProgramFailedException)
        {
            return null;
        }
    }

    private AppPlan Plan(uint poolBytes, uint stackBytes) => new()
    {
        ModuleFile = module.FullName,
        Export = request.Function,
        Slots = _slots,
        Arguments = request.Arguments,
        Environment = request.Environment,
        HeapBytes = request.HeapBytes,
        Load = request.Load,
        AllowUnlinked = request.AllowUnlinked,
        PoolBytes = poolBytes,
        StackBytes = stackBytes,
    };

    private static IReadOnlyList<uint> Slots(RunRequest request)
    {
        using ModuleTypes types = new(request.Module);
        return request.Invoke.Count == 0 ? [] : types.Slots(request.Invoke[0], [.. request.Invoke.Skip(1)]);
    }
}
