// SPDX-License-Identifier: MIT
// Random modules run by the engine and by the reference evaluator. WAMR_NANO_DUELS=n runs n times as many, SEED=s one that failed.
using System;
using System.Linq;
using Wamr.Nano.Tests.TestKit.Generated;
using Wamr.Nano.Tests.TestKit.Xip;
using Xunit;
using Xunit.Abstractions;

namespace Wamr.Nano.Tests.Slow.Robustness;

public class DuelTests(ITestOutputHelper output)
{
    private static readonly int Times = int.Parse(Environment.GetEnvironmentVariable("WAMR_NANO_DUELS") ?? "1");
    private static readonly string? Seed = Environment.GetEnvironmentVariable("SEED");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Engine_and_reference_agree(int series) => Run(series, 5000, false, _ => new());

    [Fact]
    public void Engine_and_reference_agree_in_frames_beyond_a_byte_s_reach() =>
        Run(4, 2000, false, random => new() { Padding = random.Next(2) == 0 ? random.Next(120, 180) : random.Next(180, 400) });

    [Fact]
    public void Engine_and_reference_agree_across_instances() =>
        Run(5, 2000, false, random =>
            new() { Library = new(random, new() { WholePages = true, CallsBack = random.Next(3) == 0 }), CallsBack = random.Next(3) == 0 });

    [Fact]
    public void Engine_and_reference_agree_when_the_host_calls_back() => Run(6, 1000, false, _ => new() { CallsBack = true });

    [Fact]
    public void Engine_and_reference_agree_while_instructions_are_counted() =>
        Run(7, 1000, true, random => new() { Padding = random.Next(3) == 0 ? 300 : 0 });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Engine_and_reference_agree_in_code_of_more_than_64_KB(bool profiled) =>
        Run(8, 60, profiled, random => new() { FarCode = true, Padding = random.Next(3) == 0 ? 300 : 0 });

    [Fact]
    public void Bytecode_images_and_reference_agree() => Run(9, 2000, false, _ => new(), DuelEngine.Bytecode);

    [Fact]
    public void Bytecode_images_and_reference_agree_in_frames_beyond_a_byte_s_reach() =>
        Run(10, 500, false, random => new() { Padding = random.Next(120, 400) }, DuelEngine.Bytecode);

    [Fact]
    public void Bytecode_images_and_reference_agree_across_instances_and_when_the_host_calls_back() => Run(11, 1000, false, random => new()
    {
        Library = new(random, new() { WholePages = true, CallsBack = random.Next(3) == 0 }), CallsBack = random.Next(3) == 0,
    }, DuelEngine.Bytecode);

    [Fact]
    public void Bytecode_images_and_reference_agree_in_code_of_more_than_64_KB() =>
        Run(12, 20, false, _ => new() { FarCode = true }, DuelEngine.Bytecode);

    /// <summary>
    /// Many functions to a module: most of the time goes into compiling, and that most into reading what all images share.
    /// </summary>
    [Fact]
    public void Native_images_and_reference_agree() => Native(13, 30, random => new() { OwnFunctions = 30, Steady = random.Next(3) == 0 });

    [Fact]
    public void Native_images_and_reference_agree_where_memory_and_table_never_change() =>
        Native(14, 30, _ => new() { OwnFunctions = 10, Steady = true });

    [Fact]
    public void Native_images_and_reference_agree_across_instances_and_when_the_host_calls_back() => Native(15, 30, random => new()
    {
        Library = new(random, new() { OwnFunctions = 6, WholePages = true, CallsBack = random.Next(3) == 0 }),
        OwnFunctions = 12,
        CallsBack = random.Next(3) == 0,
    });

    private void Native(int series, int modules, Func<Random, ModuleOptions> options)
    {
        if (NativeCompilers.All.Count != 0) Run(series, modules, false, options, DuelEngine.Native);
    }

    private void Run(int series, int modules, bool profiled, Func<Random, ModuleOptions> options,
        DuelEngine engine = DuelEngine.Interpreter)
    {
        using Duel duel = new(profiled, engine);
        int first = series * 100_000_000;
        (int from, int count) =
            Seed == null ? (first, modules * Times) : (int.Parse(Seed), int.Parse(Seed) / 100_000_000 == series ? 1 : 0);
        foreach (int seed in Enumerable.Range(from, count))
        {
            string? difference = duel.Fight(seed, options);
            Assert.True(difference == null, $"seed {seed}: {difference}");
            if (seed % 64 == 0 || seed == from + count - 1) duel.AssertClean();
        }
        if (engine == DuelEngine.Native)
        {
            output.WriteLine($"{duel.NativeFrames.Found} of {duel.NativeFrames.All} frames of traps found");
            Assert.True(duel.NativeFrames.Found >= duel.NativeFrames.All * 9 / 10, "frames of native code are missing");
        }
        output.WriteLine($"{count} modules, calls: "
            + $"{string.Join(", ", duel.Ends.OrderByDescending(end => end.Value).Select(end => $"{end.Key} {end.Value}"))}");
    }
}
