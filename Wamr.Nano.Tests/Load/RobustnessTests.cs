// SPDX-License-Identifier: MIT
// Hostile input: cut off anywhere, changed anywhere, or made to take long; memory failing at
// any point. Nothing leaks, nothing is read beyond.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Spec;
using Xunit;

namespace Wamr.Nano.Tests.Load;

public class RobustnessTests
{
    [Fact]
    public void Module_cut_off_within_a_section_is_refused_and_leaks_nothing()
    {
        byte[] whole = Sample();
        HashSet<int> boundaries = [.. SectionBoundaries(whole)];
        using LoadHarness harness = new();
        Assert.Equal(WasmError.None, harness.Load(whole));
        for (int length = 0; length < whole.Length; length++)
        {
            WasmError error = harness.Load(whole.AsSpan(0, length));
            // Between two sections what is left may be a module; only where parts that belong together are torn apart is it refused.
            if (!boundaries.Contains(length)) Assert.True(error != WasmError.None, $"{length} bytes load");
            harness.Pool.AssertNothingLeaked();
        }
    }

    [Fact]
    public void Every_failing_allocation_is_reported_and_leaks_nothing()
    {
        byte[] binary = Sample();
        using LoadHarness harness = new();
        uint allocations = FailingAllocations.All(harness.Pool, () => harness.Load(binary));
        Assert.InRange(allocations, 6u, 24u);
    }

    [Fact]
    public void Error_of_a_failed_allocation_has_what_was_asked_for()
    {
        using LoadHarness harness = new(poolSize: 1024);
        ModuleBuilder m = new();
        for (int i = 0; i < 200; i++) m.Function(":", new Code());
        Assert.Equal(WasmError.OutOfMemory, harness.Load(m.Build()));
        Assert.InRange(harness.Error.Asked, 2400u, 10_000u);
        Assert.InRange(harness.Error.Largest, 1u, 1024u);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Mutants_are_refused_or_load_and_leak_nothing(int seed)
    {
        Random random = new(seed);
        byte[][] modules = [Sample(), .. SharedModules(random, 40)];
        using LoadHarness harness = new(4 * 1024 * 1024);
        int refused = 0;
        const int Mutants = 30_000;
        for (int n = 0; n < Mutants; n++)
        {
            byte[] mutant = Mutate(modules[n % modules.Length], random);
            if (harness.Load(mutant) != WasmError.None) refused++;
            if (n % 256 == 0) harness.Pool.AssertNothingLeaked();
        }
        Assert.InRange(refused, Mutants / 4, Mutants - 1);
    }

    [Fact]
    public void Names_of_many_exports_are_compared_in_time()
    {
        ModuleBuilder m = new();
        m.Memory(1);
        string prefix = new('x', 20);
        for (int i = 0; i < 65_535; i++) m.Export(prefix + i, 2, 0);
        byte[] distinct = m.Build();
        using LoadHarness harness = new(4 * 1024 * 1024);
        Within(5, () => Assert.Equal(WasmError.None, harness.Load(distinct)));
    }

    [Fact]
    public void Many_types_are_compared_in_time()
    {
        List<byte> types = [];
        char[] letters = ['i', 'I', 'f', 'F', 'n', 'r'];
        const int Count = 65_535;
        for (int i = 0; i < Count; i++)
        {
            types.AddRange([0x60, 7]);
            for (int digit = 0, rest = i; digit < 7; digit++, rest /= 6) types.Add(ModuleBuilder.ValueType(letters[rest % 6]));
            types.Add(0);
        }
        byte[] binary = [.. "\0asm"u8, 1, 0, 0, 0, .. Section(1, Count, types)];
        using LoadHarness harness = new(8 * 1024 * 1024);
        Within(5, () => Assert.Equal(WasmError.None, harness.Load(binary)));
    }

    [Fact]
    public void Long_offset_of_a_segment_is_not_read_again_for_each_instruction_that_names_it()
    {
        const int Repeats = 100_000;
        byte[] sum = [.. Enumerable.Repeat<byte[]>([0x41, 0x01, 0x6A], Repeats).SelectMany(bytes => bytes)];
        byte[] inits = [.. Enumerable.Repeat<byte[]>([0x41, 0, 0x41, 0, 0x41, 0, 0xFC, 12, 0, 0], Repeats / 4).SelectMany(bytes => bytes)];
        byte[] segment = [0, 0x41, 0, .. sum, 0x0B, 0];
        byte[] body = [0, .. inits, 0x0B];
        List<byte> size = [];
        Leb128.Unsigned(size, (uint)body.Length);
        byte[] binary =
        [
            .. "\0asm"u8, 1, 0, 0, 0, .. Section(1, 1, [0x60, 0, 0]), .. Section(3, 1, [0]), .. Section(4, 1, [0x70, 0, 0]),
            .. Section(9, 1, [.. segment]), .. Section(10, 1, [.. size, .. body]),
        ];
        using LoadHarness harness = new(8 * 1024 * 1024);
        Within(5, () => Assert.Equal(WasmError.None, harness.Load(binary)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(9)]
    [InlineData(11)]
    public void Count_of_four_billion_items_allocates_nothing_for_them(byte section)
    {
        byte[] binary = [.. "\0asm"u8, 1, 0, 0, 0, section, 5, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F];
        using LoadHarness harness = new();
        uint before = harness.Pool.Statistics.HighWater;
        Assert.Equal(WasmError.UnexpectedEnd, harness.Load(binary));
        // The state of the loader itself lies in the pool for the time of loading.
        Assert.InRange(harness.Pool.Statistics.HighWater - before, 0u, 1024u);
    }

    private static void Within(int seconds, Action work)
    {
        Stopwatch watch = Stopwatch.StartNew();
        work();
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(seconds), $"took {watch.Elapsed}");
    }

    /// <summary>A module with an item of every kind.</summary>
    private static byte[] Sample()
    {
        ModuleBuilder m = new();
        m.ImportFunction("env", "f", "iI:F");
        m.ImportGlobal("env", "g", 'i');
        m.Table(4, 8);
        m.Memory(1, 2, export: "memory");
        m.Global('i', new Code().I32(1040), export: "__data_end");
        m.Global('i', new Code().I32(1200), export: "__heap_base");
        m.Function("i:i", new Code().Open(Opcode.Block, 'i').Open(Opcode.Loop, 'i').Get(0).Get(1).Get(0).Op(Opcode.I32Add)
            .Op(Opcode.BrTable, 1, 1, 2).End().End().Op(Opcode.I32Load, 2, 300).I64(-5).Op(Opcode.I32WrapI64).Op(Opcode.I32Mul), "iF",
                export: "run");
        m.Function(":", new Code().F64(1.5).Op(Opcode.Drop).Op(Opcode.RefFunc, 1).Op(Opcode.Drop).I32(0).Op(Opcode.CallIndirect, 2, 0));
        m.Function("I:", new Code().Op(Opcode.Unreachable));
        m.Start(2);
        m.Elements(0, 1, 2);
        m.PassiveElements(1);
        m.Data(16, 1, 2, 3);
        m.PassiveData(4, 5);
        m.Custom("name", 1, 3, 1, 1, 1, (byte)'a');
        return m.Build();
    }

    /// <summary>Lengths at which a section ends.</summary>
    private static IEnumerable<int> SectionBoundaries(byte[] module)
    {
        for (int at = 8; at < module.Length;)
        {
            yield return at;
            int size = module[at + 1];
            Assert.True(size < 0x80, "the sample's sections are small enough for sizes of one byte");
            at += 2 + size;
        }
    }

    private static IEnumerable<byte[]> SharedModules(Random random, int count)
    {
        if (Shared.Find("spec") is not string suite) return [];
        string[] files = [.. SpecFile.Names(suite).Where(name => !Skips.IsSkipped(name))
            .SelectMany(name => Directory.EnumerateFiles(Path.Combine(suite, name), "*.wasm").Order(StringComparer.Ordinal))];
        random.Shuffle(files);
        return files.Select(File.ReadAllBytes).Where(bytes => bytes.Length is > 40 and < 4000).Take(count);
    }

    /// <summary>A few changes of one kind or another: bits, bytes, a piece moved or left out, a section's number.</summary>
    private static byte[] Mutate(byte[] module, Random random)
    {
        List<byte> mutant = [.. module];
        for (int changes = random.Next(1, 4); changes > 0 && mutant.Count > 10; changes--)
        {
            int at = random.Next(8, mutant.Count);
            int length = random.Next(1, 8);
            switch (random.Next(5))
            {
                case 0: mutant[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: mutant[at] = (byte)random.Next(256); break;
                case 2: mutant.RemoveRange(at, Math.Min(length, mutant.Count - at)); break;
                case 3: mutant.InsertRange(at, mutant.GetRange(random.Next(mutant.Count - 8), 8)[..length]); break;
                default: mutant[at] = random.Next(2) == 0 ? (byte)0xFF : (byte)0x80; break;
            }
        }
        return [.. mutant];
    }

    private static byte[] Section(byte id, uint count, List<byte> items)
    {
        List<byte> contents = [];
        Leb128.Unsigned(contents, count);
        contents.AddRange(items);
        List<byte> head = [id];
        Leb128.Unsigned(head, (uint)contents.Count);
        return [.. head, .. contents];
    }
}
