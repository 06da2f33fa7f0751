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

    public static TheoryData<string> Boards => BoardKit.Names(board => s_wanted.Contains(board.Name));

    [SharedTheory("spec")]
    [MemberData(nameof(Boards))]
    public void Suite_passes(string board)
    {
        string folder = Path.Combine(BoardKit.Tree.Artifacts, board, "spec");
        Directory.CreateDirectory(folder);
        string script = Path.Combine(folder, "script.bin"), answers = Path.Combine(folder, "answers.bin");
        string suite = Shared.PathOf("spec");
        string[] names = [.. SpecFile.Names(suite).Where(name => !Skips.IsSkipped(name))];
        File.Create(answers).Dispose();
        uint pool = PoolOf(BoardKit.Tree.Board(board));
        var recorded = Record(suite, names, script);
        BoardResult result = BoardKit.Lab(board, PlanMode.Spec, new()
        {
            ModuleFile = BoardKit.Tree.EmptyModule,
            Arguments = [script, answers],
            PoolBytes = pool,
            StackBytes = OperandStack,
        });
        Assert.Equal((0, ""), (result.ExitCode, string.Join(", ", result.Reports)));
        string[] expected = pool < Large ? s_large : [];
        string[] failures = [.. Judge(suite, names, recorded, answers)];
        Assert.All(expected, command => Assert.Contains(failures, failure => failure.StartsWith(command)));
        failures = [.. failures.Where(failure => !expected.Any(failure.StartsWith))];
        Assert.True(failures.Length == 0, string.Join(Environment.NewLine, failures.Take(40)) + $" ({failures.Length} in all)");
    }

    /// <summary>The largest pool a board can have.</summary>
    private static uint PoolOf(BoardInfo board) =>
        (board.IsFreestanding ? board.Memory.Where(area => area.Name != "flash").Max(area => area.Length) : 64 << 20) - Reserved;

    /// <summary>Writes all scripts as one.</summary>
    /// <returns>The requests of each script, as they are answered.</returns>
    private static List<List<SpecRequest>> Record(string suite, string[] names, string file)
    {
        List<List<SpecRequest>> requests = [];
        using BinaryWriter script = new(File.Create(file));
        foreach (string name in names)
        {
            string folder = Path.Combine(suite, name);
            SpecRecorder recorder = new(script);
            new SpecRunner(folder, recorder).Run(SpecFile.Commands(folder), Skips.Of(name));
            requests.Add(recorder.Requests);
        }
        script.Write((byte)SpecCommand.End);
        return requests;
    }

    private List<string> Judge(string suite, string[] names, List<List<SpecRequest>> requests, string file)
    {
        List<string> failures = [];
        int executed = 0;
        using BinaryReader answers = new(File.OpenRead(file));
        answers.ReadUInt16(); // there was no script before the first
        for (int i = 0; i < names.Length; i++)
        {
            string folder = Path.Combine(suite, names[i]);
            SpecRunner runner = new(folder, new SpecReplay(requests[i], answers));
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
