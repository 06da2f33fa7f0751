// SPDX-License-Identifier: MIT
// Emulated processors against the reference: float modules and modules of all instructions, as native images and interpreted.
// WAMR_NANO_BOARD_CONTESTS=n runs n of each on all of them, not one on three; SEED=s runs one that failed.
using System;
using System.Collections.Generic;
using System.Linq;
using Wamr.Nano.Tests.Slow.Differential.Floats;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Xip;
using Xunit;
using Xunit.Abstractions;

namespace Wamr.Nano.Tests.Slow.Differential;

[Trait("Category", "Boards")]
public class BoardContestTests(ITestOutputHelper output)
{
    private static readonly string? Count = Environment.GetEnvironmentVariable("WAMR_NANO_BOARD_CONTESTS");
    private static readonly string? Seed = Environment.GetEnvironmentVariable("SEED");

    /// <summary>
    /// A board each of the targets; code for Cortex-M0, of whose boards none has the room, runs on the next larger processor.
    /// </summary>
    private static readonly Dictionary<string, string> s_targets = new()
    {
        ["mps2-an386"] = "thumbv7em-fp", ["mps2-an385"] = "thumbv6m", ["mps2-an500"] = "thumbv7em-dp", ["mps2-an505"] = "thumbv8m",
        ["riscv32"] = "rv32imc", ["xtensa"] = "xtensa-lx106",
    };

    /// <summary>What is always run: a processor family each.</summary>
    private static readonly string[] s_always = ["mps2-an386", "riscv32", "xtensa"];

    public static TheoryData<string> Boards =>
        BoardKit.Names(board => Count == null && Seed == null ? s_always.Contains(board.Name) : s_targets.ContainsKey(board.Name));

    [BoardTheory]
    [MemberData(nameof(Boards))]
    public void Native_images_agree_with_the_reference_on_floats(string board) => Hold(board, 7, native: true, seed => FloatCases.Of(seed));

    [BoardTheory]
    [MemberData(nameof(Boards))]
    public void Interpreter_agrees_with_the_reference_on_floats(string board) => Hold(board, 8, native: false, seed => FloatCases.Of(seed));

    [BoardTheory]
    [MemberData(nameof(Boards))]
    public void Native_images_agree_with_the_reference_on_generated_modules(string board) => Hold(board, 9, native: true, Generated);

    /// <summary>The host's function is one of a module: a board has no other.</summary>
    private static Case Generated(int seed)
    {
        Case made = GeneratedCases.Of(seed, _ => new() { OwnFunctions = 8 });
        ModuleBuilder host = new();
        host.Function("iI:I", new Code().Get(0).Op(Opcode.I64ExtendI32U).I64(31).Op(Opcode.I64Mul).Get(1).Op(Opcode.I64Xor), export: "mix");
        return made with { Modules = [new("host", host.Build()), .. made.Modules] };
    }

    /// <summary>A level of the compiler for a batch of the cases.</summary>
    private void Hold(string board, int series, bool native, Func<int, Case> made)
    {
        int first = series * 100_000_000, count = Count == null ? 1 : int.Parse(Count);
        int[] seeds = Seed == null ? [.. Enumerable.Range(first, count)] : int.Parse(Seed) / 100_000_000 == series ? [int.Parse(Seed)] : [];
        Optimization[] levels = native ? Enum.GetValues<Optimization>() : [default];
        foreach (IGrouping<int, int> batch in seeds.GroupBy(seed => seed % levels.Length))
        {
            CompileOptions? options = native ? new() { Target = s_targets[board], Optimization = levels[batch.Key] } : null;
            using Contest contest = new(new ReferenceContender(), new BoardContender(board, options));
            contest.Hold(batch.Select(made));
            output.WriteLine(contest.Summary);
        }
    }
}
