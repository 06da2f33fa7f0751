// SPDX-License-Identifier: MIT
// The whole official suite on boards through native images: each module is compiled for the board, streamed into its RAM and runs there.
using System.Collections.Generic;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Xip;
using Wamr.Nano.Tool.Emulate;
using Xunit;
using Xunit.Abstractions;

namespace Wamr.Nano.Tests.Slow.Boards;

[Trait("Category", "Boards")]
public class ImageSpecTests(ITestOutputHelper output)
{
    /// <summary>Room for recursion that is deep, and for recursion that never ends.</summary>
    private const uint NativeStack = 256 << 10;

    /// <summary>Polls happen, and never find the fuel spent: native code cannot go on afterwards.</summary>
    private const uint Fuel = int.MaxValue;

    /// <summary>
    /// Which code runs where. That for Cortex-M0, of whose boards none has the room, runs on the next larger processor without an FPU.
    /// </summary>
    private static readonly Dictionary<string, string> s_targets = new()
    {
        ["mps2-an386"] = "thumbv7em-fp", ["mps2-an385"] = "thumbv6m", ["riscv32"] = "rv32imc", ["xtensa"] = "xtensa-lx106",
    };

    public static TheoryData<string> Boards => BoardKit.Names(board => s_targets.ContainsKey(board.Name));

    /// <summary>With each allocation of a load or an instantiation failing once.</summary>
    [SharedTheory("spec")]
    [MemberData(nameof(Boards))]
    public void Native_images_of_the_suite_pass(string board)
    {
        var (_, failures) = SuiteImages.For(s_targets[board]).MakeAll();
        Assert.Empty(failures);
        SuiteOnBoard suite = new(SuiteOnBoard.Names, SpecForms.Image(s_targets[board]), hosted: true, "images", output);
        BoardResult result = suite.Run(board, SuiteOnBoard.Plan(board, [Fuel, 1]) with { NativeStackBytes = NativeStack });
        Assert.InRange(result.Figure("spec", "denied") ?? 0, 1_000u, uint.MaxValue);
        Assert.Equal(0u, result.Figure("spec", "resumed"));
    }
}
