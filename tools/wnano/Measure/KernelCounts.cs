// SPDX-License-Identifier: MIT
// How many instructions a board takes for the kernels of bench/: interpreted, and as native images.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Build;
using Wamr.Nano.Tool.Emulate;

namespace Wamr.Nano.Tool.Measure;

internal static class KernelCounts
{
    /// <summary>First part of the figures' names.</summary>
    internal const string Prefix = "instructions";

    /// <summary>What all kernels run in; boards with less have no such figures.</summary>
    private const uint LeastPool = 96 << 10;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>With arguments that keep a run short.</summary>
    private static readonly (string Name, uint Argument)[] Kernels =
    [
        ("crc32", 1), ("matmul", 1), ("sieve", 1), ("nbody", 10), ("fib", 14), ("strstruct", 1), ("list", 1), ("sha256", 10),
        ("dispatch", 5),
    ];

    internal static IEnumerable<string> Names => Kernels.Select(kernel => kernel.Name);

    /// <summary>Name of a kernel's figure.</summary>
    internal static string FigureOf(string kernel, bool native) => $"{Prefix}.{kernel}{(native ? ".native" : "")}";

    /// <exception cref="ProgramFailedException">A kernel did not run, or gave another result as an image.</exception>
    internal static IEnumerable<(string Name, long Value)> Measure(SourceTree tree, BoardInfo board)
    {
        if (board.Pool.Sum(part => part.Bytes) < LeastPool || board.CountArguments.Count == 0) yield break;
        foreach ((string name, uint argument) in Kernels)
        {
            string binary = Path.Combine(tree.Root, "bench", "kernels", name + ".wasm");
            (long interpreted, string result) = Count(tree, board, binary, argument);
            yield return (FigureOf(name, native: false), interpreted);
            if (BoardImage.Of(tree, board, binary) is not string image) continue;
            (long native, string same) = Count(tree, board, image, argument);
            if (same != result)
                throw new ProgramFailedException($"{name} gives {result} interpreted and {same} as an image on {board.Name}");
            yield return (FigureOf(name, native: true), native);
        }
    }

    private static (long Instructions, string Result) Count(SourceTree tree, BoardInfo board, string module, uint argument)
    {
        AppPlan plan = new() { ModuleFile = module, Export = "run", Slots = [argument], Mode = PlanMode.RunAndCount };
        BoardResult result = BoardRun.ToEnd(board, FirmwareLink.Link(new(tree, board, new()), plan), Stream.Null, true, Limit);
        if (result.Figure("count", "instructions") is uint count && result.Report("result") is string value) return (count, value);
        throw new ProgramFailedException($"{module} could not be counted on {board.Name}: {string.Join(", ", result.Reports)}");
    }
}
