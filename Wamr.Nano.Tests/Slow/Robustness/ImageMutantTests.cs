// SPDX-License-Identifier: MIT
// Forged images: changed anywhere, with a checksum that fits. What is not refused runs, between fences, with fuel: no crash, no hang, no
// byte beside the pool or of a neighbour in it, nothing left behind. WAMR_NANO_MUTANTS=n makes n times as many.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Generated;
using Wamr.Nano.Tests.TestKit.Spec;
using Wamr.Nano.Tests.TestKit.Xip;
using Wamr.Nano.Xip;
using Xunit;
using Xunit.Abstractions;

namespace Wamr.Nano.Tests.Slow.Robustness;

public unsafe class ImageMutantTests(ITestOutputHelper output)
{
    private static readonly int Times = int.Parse(Environment.GetEnvironmentVariable("WAMR_NANO_MUTANTS") ?? "1");

    private static IEnumerable<byte[]> Files(string folder) =>
        Directory.EnumerateFiles(folder, "*.wasm", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllBytes);

    [Fact]
    public void Forged_bytecode_of_kernels_and_samples_does_no_harm() => Run(1, 10_000,
        Bytecode([.. Files(Repository.PathOf("bench/kernels")), .. Files(Repository.PathOf("samples"))]));

    [SharedTheory("spec")]
    [InlineData(2)]
    [InlineData(3)]
    public void Forged_bytecode_of_the_suite_s_modules_does_no_harm(int series)
    {
        string suite = Shared.PathOf("spec");
        byte[][] modules =
            [.. SpecFile.Names(suite).Where(name => !Skips.IsSkipped(name)).SelectMany(name => Files(Path.Combine(suite, name)))
            .Where(bytes => bytes.Length is > 40 and < 20_000)];
        new Random(series).Shuffle(modules);
        Run(series, 15_000, Bytecode(modules[..400]));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Forged_bytecode_of_random_modules_does_no_harm(int series)
    {
        Random random = new(series);
        Run(series, 15_000, Bytecode([.. Enumerable.Range(0, 100).Select(_ => new ModuleShape(random, new()).Builder.Build())]));
    }

    [Fact]
    public void Forged_tables_of_native_images_do_no_harm()
    {
        if (!XipEngine.IsPossible) return;
        CompileOptions options = new() { Target = "x86_64", Optimization = Optimization.Fast, Jobs = 1 };
        Run(6, 15_000, [.. new[] { "bench/kernels/list.wasm", "bench/kernels/dispatch.wasm", "samples/sensor/sensor.wasm" }
            .Select(name => ImageCompiler.Compile(File.ReadAllBytes(Repository.PathOf(name)), options))]);
    }

    /// <summary>Images of those modules that are valid.</summary>
    private static List<byte[]> Bytecode(byte[][] modules)
    {
        List<byte[]> images = [];
        foreach (byte[] module in modules)
        {
            try
            {
                images.Add(ImageKit.Bytecode(module));
            }
            catch (WasmException)
            {
                // One of the suite's that is refused.
            }
        }
        return images;
    }

    private void Run(int seed, int count, List<byte[]> images)
    {
        Random random = new(seed);
        ImageMutator[] mutators = [.. images.Select(image => new ImageMutator(image))];
        Laboratory[] laboratories =
            [new(400 * 1024, 5000, load: Load), new(90 * 1024, 300, load: Load), new(300 * 1024, 1000, redZones: true, Load)];
        count *= Times;
        for (int n = 0; n < count; n++)
        {
            laboratories[n % laboratories.Length].Examine(mutators[n % mutators.Length].Mutate(random), random);
            if (n % 256 == 0) Array.ForEach(laboratories, laboratory => laboratory.AssertSound());
        }
        output.WriteLine($"{count} mutants of {images.Count} images, {laboratories.Sum(l => l.Valid)} loaded, "
            + $"{laboratories.Sum(l => l.Instances)} instances, "
            + $"{laboratories.Sum(l => l.Calls)} calls");
        Assert.InRange(laboratories.Sum(l => l.Valid), count / 20, count - 1);
        Array.ForEach(laboratories, laboratory => laboratory.Dispose());
    }

    private static WasmError Load(Core.Run.Runtime* rt, byte* bytes, uint size, Module** module)
    {
        ImageArgs args = new() { Target = MappedImage.Here, Seal = &ImageSeal.Check };
        return Images.Load(rt, bytes, size, &args, module);
    }
}
