// SPDX-License-Identifier: MIT
// Whether a module is valid: Wasmtime's word against ours, for the suite's modules, random ones, and what mutation makes of them.
// WAMR_NANO_CONTESTS=n asks n times as often.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Generated;
using Wamr.Nano.Tests.TestKit.Spec;
using Xunit;
using Xunit.Abstractions;

namespace Wamr.Nano.Tests.Slow.Differential;

using Wasmtime; // inside: its names come before the core's

public sealed unsafe class ValidationTests : IDisposable
{
    /// <summary>Differences that are right as they are: our verdict, words of Wasmtime's, the reason.</summary>
    private static readonly (WasmError Ours, string Theirs, string Reason)[] Explained =
    [
        (WasmError.None, "global.get of locally defined global",
            "WebAssembly 3.0 allows it; Wasmtime only together with its garbage-collected types, which are off"),
        (WasmError.None, "invalid var_u32: integer representation too long",
            "WebAssembly 3.0 gives the offset of an access up to ten bytes; Wasmtime five, where 64-bit memories are off"),
    ];

    private readonly Pool _pool = new(32 << 20);
    private readonly Engine _engine = WasmtimeOracle.NewEngine();
    private readonly Dictionary<string, int> _explained = [];
    private readonly ITestOutputHelper _output;
    private int _valid, _refused;

    public ValidationTests(ITestOutputHelper output)
    {
        _output = output;
        Runtimes.Init(_pool.Runtime, null, Features.All);
    }

    private static IEnumerable<byte[]> OfSuite()
    {
        string suite = Shared.PathOf("spec");
        return SpecFile.Names(suite).SelectMany(name => Directory.EnumerateFiles(Path.Combine(suite, name), "*.wasm"))
            .Order(StringComparer.Ordinal).Select(File.ReadAllBytes);
    }

    private static IEnumerable<byte[]> Generated(Random random) =>
        Enumerable.Range(0, 300).Select(n => new ModuleShape(random, new() { Padding = n % 5 == 0 ? 250 : 0 }).Builder.Build());

    [SkippableFact]
    public void Verdicts_on_the_suite_s_modules_are_Wasmtime_s()
    {
        Require();
        PackageCache.Require(Shared.SkipReason("spec") == null, Shared.SkipReason("spec") ?? "");
        foreach (byte[] module in OfSuite()) Ask(module);
        Conclude(1000);
    }

    [SkippableFact]
    public void Verdicts_on_mutants_of_the_suite_s_and_of_random_modules_are_Wasmtime_s()
    {
        Require();
        PackageCache.Require(Shared.SkipReason("spec") == null, Shared.SkipReason("spec") ?? "");
        Random random = new(1);
        Mutator[] mutators = [.. OfSuite().Where(bytes => bytes.Length is > 40 and < 20_000)
            .Concat(Generated(random)).Select(module => new Mutator(module))];
        for (int n = 0; n < 40_000 * ContestSize.Times; n++) Ask(mutators[n % mutators.Length].Mutate(random));
        Conclude(2000);
    }

    [SkippableFact]
    public void Verdicts_on_mutants_of_Binaryen_s_modules_are_Wasmtime_s()
    {
        Require();
        Random random = new(2);
        foreach ((_, byte[] binary) in BinaryenModules.Of(1_000_001, 100 * ContestSize.Times))
        {
            Mutator mutator = new(binary);
            for (int n = 0; n < 50; n++) Ask(mutator.Mutate(random));
        }
        Conclude(500);
    }

    private static void Require() => PackageCache.Require(WasmtimeOracle.SkipReason == null, WasmtimeOracle.SkipReason ?? "");

    private void Ask(byte[] module)
    {
        string? theirs = Wasmtime.Module.Validate(_engine, module);
        WasmError ours = Ours(module);
        if (ours == WasmError.None) _valid++;
        else _refused++;
        if ((theirs == null) == (ours == WasmError.None)) return;
        string? reason = Explained.Where(row => row.Ours == ours && (theirs ?? "valid").Contains(row.Theirs, StringComparison.Ordinal))
            .Select(row => row.Reason).FirstOrDefault();
        if (reason == null) Assert.Fail($"{ours} for \"{theirs ?? "valid"}\"; see {Left(module)}");
        _explained[reason] = _explained.GetValueOrDefault(reason) + 1;
    }

    /// <param name="least">Modules that both sides of the verdict must have had.</param>
    private void Conclude(int least)
    {
        _output.WriteLine($"{_valid} valid, {_refused} refused; different and explained: "
            + $"{string.Join("; ", _explained.Select(item => $"{item.Value} ({item.Key})"))}");
        Assert.InRange(_valid, least, int.MaxValue);
        Assert.InRange(_refused, least, int.MaxValue);
    }

    private WasmError Ours(byte[] binary)
    {
        fixed (byte* bytes = binary)
        {
            Core.Wasm.Module* module;
            WasmError error = ModuleLoader.Load(_pool.Runtime, bytes, (uint)binary.Length, &module);
            if (error == WasmError.None) Assert.Equal(WasmError.None, Modules.Unload(module));
            return error;
        }
    }

    private static string Left(byte[] module)
    {
        string file = Path.Combine(Directory.CreateTempSubdirectory("wnano-verdict-").FullName, "module.wasm");
        File.WriteAllBytes(file, module);
        return file;
    }

    public void Dispose()
    {
        _engine.Dispose();
        Runtimes.Destroy(_pool.Runtime);
        _pool.Dispose();
    }
}
