// SPDX-License-Identifier: MIT
// Mutants of real modules, loaded and, where they are still valid, run: no crash, no hang, no byte beside the pool, nothing left in it.
// WAMR_NANO_MUTANTS=n makes n times as many.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Generated;
using Wamr.Nano.Tests.TestKit.Spec;
using Xunit;
using Xunit.Abstractions;

namespace Wamr.Nano.Tests.Slow.Robustness;

public class MutantTests(ITestOutputHelper output)
{
    private static readonly int Times = int.Parse(Environment.GetEnvironmentVariable("WAMR_NANO_MUTANTS") ?? "1");

    private static IEnumerable<byte[]> Files(string folder) =>
        Directory.EnumerateFiles(folder, "*.wasm", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllBytes);

    [SharedFact("bench")]
    public void Mutants_of_benchmarks_do_no_harm() => Run(1, 5000, [.. Files(Shared.PathOf("bench"))]);

    [Fact]
    public void Mutants_of_samples_do_no_harm() => Run(2, 2000, [.. Files(Repository.PathOf("samples"))]);

    [SharedTheory("spec")]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Mutants_of_the_suite_s_modules_do_no_harm(int series)
    {
        string suite = Shared.PathOf("spec");
        byte[][] modules =
            [.. SpecFile.Names(suite).Where(name => !Skips.IsSkipped(name)).SelectMany(name => Files(Path.Combine(suite, name)))
            .Where(bytes => bytes.Length is > 40 and < 20_000)];
        new Random(series).Shuffle(modules);
        Run(series, 7000, modules[..400]);
    }

    [Theory]
    [InlineData(6)]
    [InlineData(7)]
    public void Mutants_of_random_modules_do_no_harm(int series)
    {
        Random random = new(series);
        Run(series, 7000,
            [.. Enumerable.Range(0, 200).Select(n => new ModuleShape(random, new() { Padding = n % 5 == 0 ? 250 : 0 }).Builder.Build())]);
    }

    private void Run(int seed, int count, byte[][] modules)
    {
        Random random = new(seed);
        Mutator[] mutators = [.. modules.Select(module => new Mutator(module))];
        Laboratory[] laboratories =
            [new(400 * 1024, 5000), new(90 * 1024, 300), new(2 * 1024 * 1024, 50_000), new(300 * 1024, 1000, redZones: true)];
        TimeSpan slowest = TimeSpan.Zero;
        count *= Times;
        for (int n = 0; n < count; n++)
        {
            byte[] mutant = mutators[n % mutators.Length].Mutate(random);
            long start = Stopwatch.GetTimestamp();
            laboratories[n % laboratories.Length].Examine(mutant, random);
            if (Stopwatch.GetElapsedTime(start) is TimeSpan time && time > slowest) slowest = time;
            if (n % 256 == 0) Array.ForEach(laboratories, laboratory => laboratory.AssertSound());
        }
        output.WriteLine($"{count} mutants, {laboratories.Sum(l => l.Valid)} valid, {laboratories.Sum(l => l.Instances)} instances, "
            + $"{laboratories.Sum(l => l.Calls)} calls, slowest {slowest.TotalMilliseconds:F0} ms");
        Assert.InRange(laboratories.Sum(l => l.Valid), count / 10, count - 1);
        Assert.InRange(slowest, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Array.ForEach(laboratories, laboratory => laboratory.Dispose());
    }
}
