// SPDX-License-Identifier: MIT
// Random modules in Wasmtime, the reference evaluator and every engine. ContestSize says how many.
using System;
using System.Linq;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Generated;
using Wamr.Nano.Tests.TestKit.Xip;
using Wamr.Nano.Xip;
using Xunit;
using Xunit.Abstractions;

namespace Wamr.Nano.Tests.Slow.Differential;

public class DifferentialTests(ITestOutputHelper output)
{
    [WasmtimeFact]
    public void Engines_agree_with_Wasmtime_on_generated_modules() => Hold(1, 1000, _ => new());

    [WasmtimeFact]
    public void Engines_agree_with_Wasmtime_in_frames_beyond_a_byte_s_reach() =>
        Hold(2, 200, random => new() { Padding = random.Next(2) == 0 ? random.Next(120, 180) : random.Next(180, 400) });

    [WasmtimeFact]
    public void Engines_agree_with_Wasmtime_across_instances() =>
        Hold(3, 200, random => new() { Library = new(random, new() { WholePages = true, Limit = 300 }) });

    /// <summary>Each compiler at each level gets modules of its own: most of the time goes into compiling.</summary>
    [CompilerTheory]
    [MemberData(nameof(Compilers))]
    public void Native_images_agree_with_Wasmtime_on_generated_modules(string compiler, Optimization optimization)
    {
        if (WasmtimeOracle.SkipReason != null) return;
        int row = NativeCompilers.All.ToList().IndexOf((compiler, optimization));
        CompileOptions options = new() { Compiler = compiler, Optimization = optimization };
        using Contest contest =
            new(new WasmtimeContender(), new ReferenceContender(), new NativeContender($"{compiler} {optimization}", options));
        int first = 400_000_000 + (row * 1_000_000);
        if (ContestSize.Seed is not int seed) contest.Hold(GeneratedCases.Of(first + ContestSize.First, 3 * ContestSize.Times, _ => new()));
        else if (seed / 1_000_000 == first / 1_000_000) contest.Hold([GeneratedCases.Of(seed, _ => new())]);
        output.WriteLine(contest.Summary);
        Assert.InRange(contest.Open + contest.Refused, 0, Math.Max(1, contest.Cases / 50));
    }

    public static TheoryData<string, Optimization> Compilers => NativeCompilers.Cases;

    [SkippableFact]
    public void Engines_agree_with_Wasmtime_on_modules_of_Binaryen_s_fuzzer()
    {
        PackageCache.Require(WasmtimeOracle.SkipReason == null, WasmtimeOracle.SkipReason ?? "");
        using Contest contest = NewContest();
        (int first, int count) = ContestSize.Seed is int seed ? (seed, 1) : (ContestSize.First + 1, 600 * ContestSize.Times);
        contest.Hold(BinaryenModules.Of(first, count)
            .Select(made => ForeignCases.Of($"seed {made.Seed} of Binaryen", made.Binary, made.Seed)));
        output.WriteLine(contest.Summary);
        Assert.InRange(contest.Open + contest.Refused, 0, contest.Cases / 50);
    }

    private static Contest NewContest() =>
        new(new WasmtimeContender(), new ReferenceContender(), new CoreContender(), new BytecodeContender());

    private void Hold(int series, int count, Func<Random, ModuleOptions> options)
    {
        using Contest contest = NewContest();
        int first = series * 100_000_000;
        if (ContestSize.Seed is not int seed)
            contest.Hold(GeneratedCases.Of(first + ContestSize.First, count * ContestSize.Times, options));
        else if (seed / 100_000_000 == series) contest.Hold([GeneratedCases.Of(seed, options)]);
        output.WriteLine(contest.Summary);
        Assert.InRange(contest.Open + contest.Refused, 0, contest.Cases / 50);
    }
}
