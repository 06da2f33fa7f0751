// SPDX-License-Identifier: MIT
// Measures a module on a board (boards/common/lab/Measure.cs).
using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Build;
using Wamr.Nano.Tool.Emulate;

namespace Wamr.Nano.Tool.Measure;

/// <param name="SmallestPool">
/// Bytes of the smallest pool that everything of the module fits in; the runtime's own struct comes on top.
/// </param>
/// <param name="LoadStack">Bytes of native stack that loading takes.</param>
/// <param name="InstantiateStack">The same of instantiating.</param>
/// <param name="CallStack">The same of the call.</param>
/// <param name="Structs">Sizes of the runtime's structs by name.</param>
internal sealed record Measured(uint SmallestPool, uint LoadStack, uint InstantiateStack, uint CallStack, Dictionary<string, uint> Structs)
{
    /// <summary>The most of the three.</summary>
    internal uint DeepestStack => Math.Max(LoadStack, Math.Max(InstantiateStack, CallStack));
}

internal static class Measuring
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <exception cref="ProgramFailedException">The module does not run even in the board's whole pool.</exception>
    internal static Measured Of(SourceTree tree, BoardInfo board, AppPlan plan)
    {
        FirmwareBuild build = new(tree, board, new() { Program = FirmwareOptions.Lab, Allocator = BoardInfo.PoolAllocator });
        BoardResult result =
            BoardRun.ToEnd(board, FirmwareLink.Link(build, plan with { Mode = PlanMode.Measure }), Stream.Null, false, Limit);
        if (result.Figure("pool", "smallest") is not uint pool)
            throw new ProgramFailedException(
                $"{plan.ModuleFile} could not be measured on {board.Name}: {string.Join(", ", result.Reports)}");
        return new(pool, Stack("load"), Stack("instantiate"), Stack("call"), Structs(result.Report("structs") ?? ""));

        uint Stack(string step) => result.Figure("stack", step) ?? 0;
    }

    private static Dictionary<string, uint> Structs(string report) => report.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .ToDictionary(field => field.Split('=')[0], field => uint.Parse(field.Split('=')[1], CultureInfo.InvariantCulture));
}
