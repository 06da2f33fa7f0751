// SPDX-License-Identifier: MIT
// The whole official suite in one run of a board: recorded, streamed into the firmware, its answers judged by the same runner.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Wamr.Nano.Core;
using Wamr.Nano.Tests.Spec;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tool.Boards;
using Xunit;
using Xunit.Abstractions;

namespace Wamr.Nano.Tests.Boards;

[Trait("Category", "Boards")]
public class BoardSpecTests(ITestOutputHelper output)
{
    private const uint OperandStack = 256 << 10, Reserved = 1 << 20;

    /// <summary>Commands that let a memory grow to 20 MB, which a board with less RAM refuses.</summary>
    private static readonly string[] s_large = ["call:359 ", "call_indirect:603 "];

    private const uint Large = 24 << 20;

    /// <summary>A processor family each, and the host, whose C code is that of all of them.</summary>
    private static readonly string[] s_wanted = ["host", "mps2-an386", "riscv32", "xtensa"];

    /// <summary>What fits the smallest boards: no memory, modules of a few hundred bytes.</summary>
    private static readonly string[] s_smoke = ["i32", "i64", "f32", "f64", "fac", "forward", "stack"];

    private const uint SmokeStack = 1 << 10;

    public static TheoryData<string> Boards => BoardKit.Names(board => s_wanted.Contains(board.Name));

    public static TheoryData<string> OtherBoards => BoardKit.Names(board => !s_wanted.Contains(board.Name));

    [SharedTheory("spec")]
    [MemberData(nameof(Boards))]
    public void Suite_passes(string board)
    {
        uint pool = PoolOf(BoardKit.Tree.Board(board));
        Run(board, Suite, new() { ModuleFile = BoardKit.Tree.EmptyModule, Slots = [0, 0], PoolBytes = pool, StackBytes = OperandStack });
    }

    /// <summary>Every call stops at each back edge and each call it makes, and goes on; every allocation of a load or an instantiation fails once.</summary>
    [SharedTheory("spec")]
    [InlineData("host")]
    [InlineData("mps2-an386")]
    public void Suite_passes_in_slices_of_fuel_and_with_allocations_failing(string board)
    {
        if (!BoardKit.IsUsable(board)) return;
        uint pool = PoolOf(BoardKit.Tree.Board(board));
        BoardResult result = Run(board, Suite, new() { ModuleFile = BoardKit.Tree.EmptyModule, Slots = [1, 1], PoolBytes = pool, StackBytes = OperandStack });
        Assert.InRange(result.Figure("spec", "resumed") ?? 0, 10_000u, uint.MaxValue);
        Assert.InRange(result.Figure("spec", "denied") ?? 0, 10_000u, uint.MaxValue);
    }

    [SharedTheory("spec")]
    [MemberData(nameof(OtherBoards))]
    public void Scripts_that_fit_pass_in_slices_of_fuel_and_with_allocations_failing(string board)
    {
        BoardResult result = Run(board, s_smoke, new() { ModuleFile = BoardKit.Tree.EmptyModule, Slots = [1, 1], StackBytes = SmokeStack }, hosted: false);
        Assert.InRange(result.Figure("spec", "resumed") ?? 0, 100u, uint.MaxValue);
        Assert.InRange(result.Figure("spec", "denied") ?? 0, 100u, uint.MaxValue);
    }

    /// <summary>No undefined behaviour of C, no access outside of what the C code allocated: with the sanitizers of gcc, which end the run.</summary>
    [SharedFact("spec")]
    public void Suite_passes_under_the_sanitizers_of_the_C_compiler()
    {
        const string host = "host";
        if (!BoardKit.IsUsable(host)) return;
        FirmwareOptions sanitized = new()
        {
            Program = FirmwareOptions.Lab,
            Optimize = "-O1",
            Flags = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-fno-omit-frame-pointer"],
        };
        Run(host, Suite, new() { ModuleFile = BoardKit.Tree.EmptyModule, Slots = [0, 1], PoolBytes = PoolOf(BoardKit.Tree.Board(host)), StackBytes = OperandStack }, options: sanitized);
    }

    private static string[] Suite => [.. SpecFile.Names(Shared.PathOf("spec")).Where(name => !Skips.IsSkipped(name))];

    /// <summary>Runs scripts on a board and judges them.</summary>
    private BoardResult Run(string board, string[] names, AppPlan plan, bool hosted = true, FirmwareOptions? options = null)
    {
        string folder = Path.Combine(BoardKit.Tree.Artifacts, board, "spec", (hosted ? "suite" : "smoke") + string.Concat(plan.Slots));
        Directory.CreateDirectory(folder);
        string script = Path.Combine(folder, "script.bin"), answers = Path.Combine(folder, "answers.bin");
        string suite = Shared.PathOf("spec");
        File.Create(answers).Dispose();
        var recorded = Record(suite, names, script, hosted);
        BoardResult result = BoardKit.Lab(board, PlanMode.Spec, plan with { Arguments = [script, answers] }, options);
Assert.Equal((0, (uint?)0), (result.ExitCode, result.Figure("spec", "unclean")));
        string[] expected = hosted && plan.PoolBytes < Large ? s_large : [];
        string[] failures = [.. Judge(suite, names, recorded, answers, hosted)];
        Assert.All(expected, command => Assert.Contains(failures, failure => failure.StartsWith(command)));
        failures = [.. failures.Where(failure => !expected.Any(failure.StartsWith))];
        Assert.True(failures.Length == 0, string.Join(Environment.NewLine, failures.Take(40)) + $" ({failures.Length} in all)");
        return result;
    }

    /// <summary>The largest pool a board can have.</summary>
    private static uint PoolOf(BoardInfo board) =>
        (board.IsFreestanding ? board.Memory.Where(area => area.Name != "flash").Max(area => area.Length) : 64 << 20) - Reserved;

    /// <summary>Writes all scripts as one.</summary>
    /// <returns>The requests of each script, as they are answered.</returns>
    private static List<List<SpecRequest>> Record(string suite, string[] names, string file, bool hosted)
    {
        List<List<SpecRequest>> requests = [];
        using BinaryWriter script = new(File.Create(file));
        foreach (string name in names)
        {
            string folder = Path.Combine(suite, name);
            SpecRecorder recorder = new(script, hosted);
            new SpecRunner(folder, recorder).Run(SpecFile.Commands(folder), Skips.Of(name));
            requests.Add(recorder.Requests);
        }
        script.Write((byte)SpecCommand.End);
        return requests;
    }

    private List<string> Judge(string suite, string[] names, List<List<SpecRequest>> requests, string file, bool hosted)
    {
        List<string> failures = [];
        int executed = 0;
        using BinaryReader answers = new(File.OpenRead(file));
        answers.ReadUInt16(); // there was no script before the first
        for (int i = 0; i < names.Length; i++)
        {
            string folder = Path.Combine(suite, names[i]);
            SpecRunner runner = new(folder, new SpecReplay(requests[i], answers, hosted));
            runner.Run(SpecFile.Commands(folder), Skips.Of(names[i]));
            failures.AddRange(runner.Failures);
            executed += runner.Executed;
            WasmError left = (WasmError)answers.ReadUInt16();
            if (left != WasmError.None) failures.Add($"{names[i]} left the pool with {left}");
        }
        output.WriteLine($"{names.Length} scripts, {executed} commands");
        return failures;
    }
}
