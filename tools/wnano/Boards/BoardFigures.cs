// SPDX-License-Identifier: MIT
// The figures a board has a budget for: flash by section, pool and native stack of sample modules, structs of the runtime.
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Wamr.Nano.Tool.Boards;

/// <summary>A figure in bytes and the most it may be; null without a budget.</summary>
internal sealed record Figure(string Name, long Value, long? Budget)
{
    internal bool IsOver => Value > Budget;
}

internal static class BoardFigures
{
    /// <summary>Operand stack of the samples: the one the peers' figures are for.</summary>
    private const uint OperandStack = 512;

    private sealed record Sample(string Name, string File, string Export, uint[] Slots);

    private static readonly Sample[] Samples =
    [
        new("add", "bench/footprint/add.wasm", "add", [1, 2]),
        new("app", "bench/footprint/app_hb.wasm", "run", [3, 5]),
        new("sensor", "samples/sensor/sensor.wasm", "run", [12]),
    ];

    /// <summary>Builds, runs and measures. Figures come in a fixed order.</summary>
    internal static IReadOnlyList<Figure> Measure(SourceTree tree, BoardInfo board)
    {
        List<(string Name, long Value)> figures = [];
        Flash(tree, board, figures);
        Dictionary<string, uint> structs = [];
        foreach (Sample sample in Samples)
        {
            Measured measured = Measuring.Run(tree, board, new()
            {
                ModuleFile = Path.Combine(tree.Root, sample.File.Replace('/', Path.DirectorySeparatorChar)),
                Export = sample.Export,
                Slots = sample.Slots,
                StackBytes = OperandStack,
            });
            figures.Add(("pool." + sample.Name, measured.SmallestPool));
            figures.Add(("stack.load." + sample.Name, measured.LoadStack));
            figures.Add(("stack.instantiate." + sample.Name, measured.InstantiateStack));
            figures.Add(("stack.call." + sample.Name, measured.CallStack));
            structs = measured.Structs;
        }
        figures.AddRange(structs.Select(one => ("struct." + one.Key, (long)one.Value)));
        return [.. figures.Select(figure => new Figure(figure.Name, figure.Value, board.Budget.TryGetValue(figure.Name, out long most) ? most : null))];
    }

    /// <summary>Sections of the firmware without an app, in each profile.</summary>
    private static void Flash(SourceTree tree, BoardInfo board, List<(string, long)> figures)
    {
        foreach (string profile in new[] { "interp", "full" })
        {
            FirmwareSize size = FirmwareSize.Of(FirmwareLink.Link(new(tree, board, new() { Profile = profile }), new() { ModuleFile = tree.EmptyModule }));
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
