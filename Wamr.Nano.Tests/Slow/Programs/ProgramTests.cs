// SPDX-License-Identifier: MIT
// Real programs print the same, byte for byte, in every engine, in Wasmtime, and compiled for the machine.
using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Text;
using Wamr.Nano.Tests.Slow.Differential;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Xip;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Programs;

[Trait("Category", "Programs")]
public class ProgramTests
{
    private static readonly ConcurrentDictionary<string, Lazy<ProgramRun>> Expected = new();

    /// <summary>Where <see cref="GuestProgram.NativeDiffers"/> gives no reason against it.</summary>
    public static TheoryData<string> NamesOfComparable =>
        [.. GuestProgram.All.Where(program => program.NativeDiffers == null).Select(program => program.Name)];

    public static TheoryData<string> NamesOnBoard =>
        [.. GuestProgram.All.Where(program => program.OnBoard).Select(program => program.Name)];

    public static TheoryData<string, string> NamesAndEngines
    {
        get
        {
            TheoryData<string, string> data = [];
            foreach (GuestProgram program in GuestProgram.All)
                foreach (string engine in ProgramEngines.All.Keys) data.Add(program.Name, engine);
            return data;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(NamesAndEngines))]
    public void Program_prints_what_it_prints_in_Wasmtime(string name, string engine)
    {
        PackageCache.Require(engine != "native" || XipEngine.IsPossible, "there are no native images for this machine");
        ProgramRun expected = InWasmtime(name), actual = ProgramEngines.All[engine](GuestBuild.Wasm(Program(name)));
        Assert.Equal(expected.Output, actual.Output);
        Assert.Equal(expected.ExitCode, actual.ExitCode);
    }

    [SkippableTheory]
    [MemberData(nameof(NamesOfComparable))]
    public void Program_prints_what_the_machine_s_own_prints(string name) =>
        Assert.Equal(ProgramEngines.Native(GuestBuild.Native(Program(name))), InWasmtime(name));

    [SkippableTheory]
    [MemberData(nameof(NamesOnBoard))]
    public void Program_prints_the_same_on_an_emulated_board(string name)
    {
        PackageCache.Require(BoardKit.IsUsable(ProgramEngines.Board), $"{ProgramEngines.Board}: 'wnano boards' lists what is missing");
        ProgramRun expected = InWasmtime(name), actual = ProgramEngines.OnBoard(GuestBuild.Wasm(Program(name)));
        // The board's console is read as UTF-8.
        Assert.Equal(Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(expected.Output)), actual.Output);
        Assert.Equal(expected.ExitCode, actual.ExitCode);
    }

    private static GuestProgram Program(string name) => GuestProgram.All.Single(program => program.Name == name);

    /// <summary>What it prints in Wasmtime: something, and to the end.</summary>
    private static ProgramRun InWasmtime(string name)
    {
        PackageCache.Require(WasmtimeOracle.SkipReason == null, WasmtimeOracle.SkipReason ?? "");
        string file = GuestBuild.Wasm(Program(name));
        ProgramRun run = Expected.GetOrAdd(file, _ => new(() => ProgramEngines.InWasmtime(file))).Value;
        Assert.Equal(0, run.ExitCode);
        Assert.InRange(run.Output.Length, 50, 100_000);
        return run;
    }
}
