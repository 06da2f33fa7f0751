// SPDX-License-Identifier: MIT
// Float modules in every engine. ContestSize says how many.
using System.Linq;
using Wamr.Nano.Tests.TestKit.Xip;
using Wamr.Nano.Xip;
using Xunit;
using Xunit.Abstractions;

namespace Wamr.Nano.Tests.Slow.Differential.Floats;

public class FloatTests(ITestOutputHelper output)
{
    [Fact]
    public void Interpreters_agree_with_the_reference_on_floats() =>
        Hold(new ReferenceContender(), 4, 100, new CoreContender(), new BytecodeContender());

    [WasmtimeFact]
    public void Reference_agrees_with_Wasmtime_on_floats() => Hold(new WasmtimeContender(), 5, 100, new ReferenceContender());

    /// <summary>Each compiler at each level gets modules of its own: most of the time goes into compiling.</summary>
    [CompilerTheory]
    [MemberData(nameof(Compilers))]
    public void Native_images_agree_with_the_reference_on_floats(string compiler, Optimization optimization)
    {
        int row = NativeCompilers.All.ToList().IndexOf((compiler, optimization));
        CompileOptions options = new() { Compiler = compiler, Optimization = optimization };
        Hold(new ReferenceContender(), 6, 3, row, new NativeContender($"{compiler} {optimization}", options));
    }

    public static TheoryData<string, Optimization> Compilers => NativeCompilers.Cases;

    private void Hold(IContender oracle, int series, int count, params IContender[] engines) => Hold(oracle, series, count, 0, engines);

    private void Hold(IContender oracle, int series, int count, int row, params IContender[] engines)
    {
        using Contest contest = new(oracle, engines);
        int first = (series * 100_000_000) + (row * 1_000_000);
        if (ContestSize.Seed is not int seed) contest.Hold(FloatCases.Of(first + ContestSize.First, count * ContestSize.Times));
        else if (seed / 1_000_000 == first / 1_000_000) contest.Hold([FloatCases.Of(seed)]);
        output.WriteLine(contest.Summary);
        Assert.Equal((0, 0), (contest.Open, contest.Refused));
    }
}
