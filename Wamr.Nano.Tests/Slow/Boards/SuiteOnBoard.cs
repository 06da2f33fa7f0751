// SPDX-License-Identifier: MIT
// Scripts of the suite in one run of a board: recorded, streamed into the firmware, its answers judged by the runner of all engines.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Spec;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Build;
using Wamr.Nano.Tool.Emulate;
using Xunit;
using Xunit.Abstractions;

namespace Wamr.Nano.Tests.Slow.Boards;

/// <summary>How the modules of a script get to a board.</summary>
/// <param name="names">Scripts.</param>
/// <param name="form">What is sent in place of a binary, or the error where nothing is.</param>
/// <param name="hosted">Whether scripts may import from module spectest, which has a memory.</param>
/// <param name="folder">Where files are kept below the board's.</param>
/// <param name="output">Gets the number of commands.</param>
internal sealed class SuiteOnBoard(string[] names, SpecForm form, bool hosted, string folder, ITestOutputHelper output)
{
    private const uint Reserved = 1 << 20, Large = 24 << 20;

    /// <summary>Commands that let a memory grow to 20 MB, which a board with less RAM refuses.</summary>
    private static readonly string[] s_large = ["call:359 ", "call_indirect:603 "];

    private readonly string _suite = Shared.PathOf("spec");

    /// <summary>All scripts that are run.</summary>
    internal static string[] Names => [.. SpecFile.Names(Shared.PathOf("spec")).Where(name => !Skips.IsSkipped(name))];

    /// <summary>A run with the largest pool the board can have.</summary>
    internal static AppPlan Plan(string name, uint[] slots)
    {
        BoardInfo board = BoardKit.Tree.Board(name);
        uint most = board.IsFreestanding ? board.Memory.Where(area => area.Name != "flash").Max(area => area.Length) : 64 << 20;
        return new() { ModuleFile = BoardKit.Tree.EmptyModule, Slots = slots, PoolBytes = most - Reserved };
    }

    /// <summary>Runs the scripts on a board and judges them.</summary>
    internal BoardResult Run(string board, AppPlan plan, FirmwareOptions? options = null)
    {
        string files = Path.Combine(BoardKit.Tree.Artifacts, board, "spec", folder);
        Directory.CreateDirectory(files);
        string script = Path.Combine(files, "script.bin"), answers = Path.Combine(files, "answers.bin");
        File.Create(answers).Dispose();
        var recorded = Record(script);
        BoardResult result = BoardKit.Lab(board, PlanMode.Spec, plan with { Arguments = [script, answers] }, options);
        Assert.Equal((0, (uint?)0), (result.ExitCode, result.Figure("spec", "unclean")));
        string[] expected = hosted && plan.PoolBytes < Large ? s_large : [];
        string[] failures = [.. Judge(recorded, answers)];
        Assert.All(expected, command => Assert.Contains(failures, failure => failure.StartsWith(command)));
        failures = [.. failures.Where(failure => !expected.Any(failure.StartsWith))];
        Assert.True(failures.Length == 0, string.Join(Environment.NewLine, failures.Take(40)) + $" ({failures.Length} in all)");
        return result;
    }

    /// <summary>Writes all scripts as one.</summary>
    /// <returns>The requests of each script, as they are answered.</returns>
    private List<List<SpecRequest>> Record(string file)
    {
        List<List<SpecRequest>> requests = [];
        using BinaryWriter script = new(File.Create(file));
        foreach (string name in names)
        {
            string scriptFolder = Path.Combine(_suite, name);
            SpecRecorder recorder = new(script, form, hosted);
            new SpecRunner(scriptFolder, recorder).Run(SpecFile.Commands(scriptFolder), Skips.Of(name));
            requests.Add(recorder.Requests);
        }
        script.Write((byte)SpecCommand.End);
        return requests;
    }

    private List<string> Judge(List<List<SpecRequest>> requests, string file)
    {
        List<string> failures = [];
        int executed = 0;
        using BinaryReader answers = new(File.OpenRead(file));
        answers.ReadUInt16(); // there was no script before the first
        for (int i = 0; i < names.Length; i++)
        {
            string scriptFolder = Path.Combine(_suite, names[i]);
            SpecRunner runner = new(scriptFolder, new SpecReplay(requests[i], form, answers, hosted));
            runner.Run(SpecFile.Commands(scriptFolder), Skips.Of(names[i]));
            failures.AddRange(runner.Failures);
            executed += runner.Executed;
            WasmError left = (WasmError)answers.ReadUInt16();
            if (left != WasmError.None) failures.Add($"{names[i]} left the pool with {left}");
        }
        output.WriteLine($"{names.Length} scripts, {executed} commands");
        return failures;
    }
}
