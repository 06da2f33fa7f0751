// SPDX-License-Identifier: MIT
// The figures a board has a budget for: flash by section, pool and native stack of sample modules, structs of the runtime, instructions of
// the kernels.
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Build;

namespace Wamr.Nano.Tool.Measure;

/// <summary>A figure in bytes, or instructions, and the most it may be; null if the budget does not know it.</summary>
internal sealed record Figure(string Name, long Value, long? Budget)
{
    internal bool IsOver => Budget == null || Value > Budget + Slack;

    /// <summary>The tolerance for effects of compilers when other code changes. Pools and structs have none.</summary>
    private long Slack => Name.Split('.')[0] switch
    {
        "flash" => 512,
        "stack" => 32,
        KernelCounts.Prefix => (Budget ?? 0) / 50,
        _ => 0,
    };
}

internal static class BoardFigures
{
    /// <summary>Operand stack of the samples: the one the peers' figures are for.</summary>
    private const uint OperandStack = 512;

    /// <summary>Room for the measurement itself, which has more on its stack than the firmware; the smallest board has it.</summary>
    private const uint Pool = 4 << 10, NativeStack = 3 << 10;

    private sealed record Sample(string Name, string File, string Export, uint[] Slots);

    private static readonly Sample[] Samples =
    [
        new("add", "bench/footprint/add.wasm", "add", [1, 2]),
        new("app", "bench/footprint/app_hb.wasm", "run", [3, 5]),
        new("sensor", "samples/sensor/sensor.wasm", "run", [12]),
    ];

    /// <summary>The functions in which the runtime is entered and checks the native stack, by operation.</summary>
    private static readonly (string Name, string Function)[] Entries =
    [
        ("load", "ModuleLoader_Load"), ("instantiate", "Instances_Create"), ("call", "InterpreterEngine_Call"),
        ("native", "NativeEngine_Call"), ("service", "NativeServices_Serve"),
    ];

    /// <summary>Builds, runs and measures. Figures come in a fixed order.</summary>
    internal static IReadOnlyList<Figure> Measure(SourceTree tree, BoardInfo board)
    {
        List<(string Name, long Value)> figures = [];
        Flash(tree, board, figures);
        Dictionary<string, uint> structs = [];
        foreach (Sample sample in Samples)
        {
            Measured measured = Measuring.Of(tree, board, new()
            {
                ModuleFile = Path.Combine(tree.Root, sample.File.Replace('/', Path.DirectorySeparatorChar)),
                Export = sample.Export,
                Slots = sample.Slots,
                StackBytes = OperandStack,
                PoolBytes = Pool,
                NativeStackBytes = NativeStack,
            });
            figures.Add(("pool." + sample.Name, measured.SmallestPool));
            figures.Add(("stack.load." + sample.Name, measured.LoadStack));
            figures.Add(("stack.instantiate." + sample.Name, measured.InstantiateStack));
            figures.Add(("stack.call." + sample.Name, measured.CallStack));
            structs = measured.Structs;
            Native(tree, board, sample, figures);
        }
        figures.AddRange(DeepestPaths(tree, board).Select(one => ("stack.deepest." + one.Name, (long)one.Path.Bytes)));
        figures.AddRange(structs.Select(one => ("struct." + one.Key, (long)one.Value)));
        figures.AddRange(KernelCounts.Measure(tree, board));
        var budget = BoardBudget.Of(board).Figures;
        return [
            .. figures.Select(figure =>
                new Figure(figure.Name, figure.Value, budget.TryGetValue(figure.Name, out long most) ? most : null))];
    }

    /// <summary>The same sample as a native image, with as much operand stack as that asks for: none to speak of.</summary>
    private static void Native(SourceTree tree, BoardInfo board, Sample sample, List<(string, long)> figures)
    {
        if (BoardImage.Of(tree, board, Path.Combine(tree.Root, sample.File.Replace('/', Path.DirectorySeparatorChar))) is not string file)
            return;
        Measured measured = Measuring.Of(tree, board, new()
        {
            ModuleFile = file,
            Export = sample.Export,
            Slots = sample.Slots,
            PoolBytes = Pool,
            NativeStackBytes = NativeStack,
        });
        figures.Add(($"pool.{sample.Name}.native", measured.SmallestPool));
        figures.Add(($"stack.load.{sample.Name}.native", measured.LoadStack));
        figures.Add(($"stack.instantiate.{sample.Name}.native", measured.InstantiateStack));
        figures.Add(($"stack.call.{sample.Name}.native", measured.CallStack));
    }

    /// <summary>
    /// The deepest paths of the call graph by name: of the whole firmware, and of each way into the runtime until it looks at the stack
    /// again, which is what a board keeps below the boundary.
    /// </summary>
    internal static IReadOnlyList<(string Name, StackPath Path)> DeepestPaths(SourceTree tree, BoardInfo board)
    {
        FirmwareBuild build = new(tree, board, new());
        build.Objects();
        CallGraph graph = new(build);
        List<(string, StackPath)> paths = [];
        HashSet<string> checkpoints = [.. Entries.Select(entry => entry.Function)];
        foreach (var (name, function) in Entries)
            if (graph.Deepest(function, checkpoints) is StackPath path) paths.Add((name, path));
        if (graph.Cycles.Count != 0)
            throw new InvalidDataException($"calls that form a cycle without a check of the stack: {string.Join(", ", graph.Cycles)}");
        if (graph.Deepest("wn_main", new HashSet<string>()) is StackPath whole) paths.Insert(0, ("firmware", whole));
        return paths;
    }

    /// <summary>Sections of the firmware without an app, in each profile.</summary>
    private static void Flash(SourceTree tree, BoardInfo board, List<(string, long)> figures)
    {
        foreach (string profile in tree.Profiles)
        {
            FirmwareSections size =
                FirmwareSections.Of(FirmwareLink.Link(new(tree, board, new() { Profile = profile }),
                    new() { ModuleFile = tree.EmptyModule }));
            string name = $"flash.{profile}";
            figures.Add((name, size.Flash));
            figures.Add((name + ".text", size.Text));
            figures.Add((name + ".rodata", size.ReadOnly));
            figures.Add((name + ".data", size.Data));
            figures.Add((name + ".libraries", size.Libraries));
            figures.Add(($"ram.{profile}", size.Data + size.Zeroed));
        }
    }
}
