// SPDX-License-Identifier: MIT
// The whole official suite on boards, interpreted: in slices of fuel, with allocations failing, under sanitizers.
using System.Linq;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tool.Build;
using Wamr.Nano.Tool.Emulate;
using Xunit;
using Xunit.Abstractions;

namespace Wamr.Nano.Tests.Slow.Boards;

[Trait("Category", "Boards")]
public class BoardSpecTests(ITestOutputHelper output)
{
    private const uint OperandStack = 256 << 10;

    /// <summary>A processor family each, and the host, whose C code is that of all of them.</summary>
    private static readonly string[] s_wanted = ["host", "mps2-an386", "riscv32", "xtensa"];

    /// <summary>What fits the smallest boards: no memory, modules of a few hundred bytes.</summary>
    private static readonly string[] s_smoke = ["i32", "i64", "f32", "f64", "fac", "forward", "stack"];

    private const uint SmokeStack = 1 << 10;

    public static TheoryData<string> Boards => BoardKit.Names(board => s_wanted.Contains(board.Name));

    public static TheoryData<string> OtherBoards => BoardKit.Names(board => !s_wanted.Contains(board.Name));

    [SharedTheory("spec")]
    [MemberData(nameof(Boards))]
    public void Suite_passes(string board) => Suite(board, [0, 0]);

    /// <summary>
    /// Every call stops at each back edge and each call it makes, and goes on; every allocation of a load or an instantiation fails once.
    /// </summary>
    [SharedTheory("spec")]
    [InlineData("host")]
    [InlineData("mps2-an386")]
    public void Suite_passes_in_slices_of_fuel_and_with_allocations_failing(string board)
    {
        if (!BoardKit.IsUsable(board)) return;
        BoardResult result = Suite(board, [1, 1]);
        Assert.InRange(result.Figure("spec", "resumed") ?? 0, 10_000u, uint.MaxValue);
        Assert.InRange(result.Figure("spec", "denied") ?? 0, 10_000u, uint.MaxValue);
    }

    [SharedTheory("spec")]
    [MemberData(nameof(OtherBoards))]
    public void Scripts_that_fit_pass_in_slices_of_fuel_and_with_allocations_failing(string board)
    {
        SuiteOnBoard suite = new(s_smoke, SpecForms.Binary, hosted: false, "smoke", output);
        BoardResult result = suite.Run(board, new() { ModuleFile = BoardKit.Tree.EmptyModule, Slots = [1, 1], StackBytes = SmokeStack });
        Assert.InRange(result.Figure("spec", "resumed") ?? 0, 100u, uint.MaxValue);
        Assert.InRange(result.Figure("spec", "denied") ?? 0, 100u, uint.MaxValue);
    }

    /// <summary>
    /// No undefined behaviour of C, no access outside of what the C code allocated: with the sanitizers of gcc, which end the run.
    /// </summary>
    [SharedFact("spec")]
    public void Suite_passes_under_the_sanitizers_of_the_C_compiler()
    {
        const string host = "host";
        if (!BoardKit.IsUsable(host)) return;
        Suite(host, [0, 1], new()
        {
            Program = FirmwareOptions.Lab,
            Optimize = "-O1",
            Flags = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-fno-omit-frame-pointer"],
        });
    }

    private BoardResult Suite(string board, uint[] slots, FirmwareOptions? options = null) =>
        new SuiteOnBoard(SuiteOnBoard.Names, SpecForms.Binary, hosted: true, "suite" + string.Concat(slots), output)
            .Run(board, SuiteOnBoard.Plan(board, slots) with { StackBytes = OperandStack }, options);
}
