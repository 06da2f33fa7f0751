// SPDX-License-Identifier: MIT
// A memory that ends at __heap_base: nobody else may count on the whole pages it declares, whatever engine either side runs in.
using System;
using System.Collections.Generic;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Xip;
using Wamr.Nano.Xip;
using Xunit;

namespace Wamr.Nano.Tests.Hosted;

public class CutMemoryTests
{
    private static readonly string[] Engines = ["interpreter", "bytecode", "native"];

    public static TheoryData<string, string> Pairs
    {
        get
        {
            TheoryData<string, string> pairs = [];
            foreach (string owner in Engines)
                foreach (string importer in Engines) pairs.Add(owner, importer);
            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Import_of_a_cut_memory_is_refused_and_of_a_whole_one_is_not(string owner, string importer)
    {
        if ((owner == "native" || importer == "native") && !XipEngine.IsPossible) return;
        foreach (bool whole in new[] { false, true })
        {
            using NanoRuntime runtime = new(new NanoRuntimeOptions { WholePages = whole });
            NanoInstance a = Load(runtime, Owner(), owner, whole).Instantiate();
            NanoModule b = Load(runtime, Importer(), importer, whole);
            NanoInstanceOptions imports = new() { Imports = new Dictionary<string, NanoInstance> { ["a"] = a } };
            if (whole)
            {
                b.Instantiate(imports).GetAction<int, int>("poke")(2000, 7);
                Assert.Equal(7, a.GetFunc<int, int>("peek")(2000));
            }
            else
            {
                uint used = runtime.Statistics.All.Used;
                WasmException e = Assert.Throws<WasmException>(() => b.Instantiate(imports));
                Assert.Equal(WasmError.CutMemoryImported, e.Error);
                Assert.Contains("NanoRuntimeOptions.WholePages", e.Message, StringComparison.Ordinal);
                Assert.Contains("a.memory", e.Message, StringComparison.Ordinal);
                Assert.Equal(used, runtime.Statistics.All.Used);
            }
        }
    }

    /// <summary>An app heap that fills the declared pages, and more, leaves nothing out.</summary>
    [Fact]
    public void Memory_that_an_app_heap_makes_as_large_as_declared_may_be_imported()
    {
        using NanoRuntime runtime = new(new NanoRuntimeOptions());
        NanoInstance a = runtime.LoadModule(Owner()).Instantiate(new() { HeapBytes = 64512 });
        Assert.Equal(65536, a.Memory.Bytes.Length);
        runtime.LoadModule(Importer()).Instantiate(new() { Imports = new Dictionary<string, NanoInstance> { ["a"] = a } })
            .GetAction<int, int>("poke")(65532, 7);
        Assert.Equal(7, a.Memory.Read<int>(65532));
    }

    [SharedFact("cases")]
    public void Case_of_two_modules_links_with_whole_pages_alone()
    {
        if (!Cases.HasWabt) return;
        foreach (bool whole in new[] { false, true })
        {
            using NanoRuntime runtime = new(new NanoRuntimeOptions { WholePages = whole });
            NanoInstance a = runtime.LoadModule(Cases.Wat("link_cut_a.wat")).Instantiate();
            NanoInstanceOptions imports = new() { Imports = new Dictionary<string, NanoInstance> { ["a"] = a } };
            if (!whole)
            {
                Assert.Equal(WasmError.CutMemoryImported,
                    Assert.Throws<WasmException>(() => runtime.LoadModule(Cases.Wat("link_cut_b.wat")).Instantiate(imports)).Error);
                continue;
            }
            NanoInstance b = runtime.LoadModule(Cases.Wat("link_cut_b.wat")).Instantiate(imports);
            b.GetAction<int, int>("poke")(2000, 9);
            Assert.Equal((9, 1, 1), (a.GetFunc<int, int>("peek")(2000), b.GetFunc<int>("size")(), b.GetFunc<int>("grow")()));
        }
    }

    private static byte[] Owner()
    {
        ModuleBuilder m = new();
        m.Memory(1, export: "memory");
        m.Global('i', new Code().I32(1024), export: "__heap_base");
        m.Global('i', new Code().I32(16), export: "__data_end");
        m.Function("i:i", new Code().Get(0).Op(Opcode.I32Load, 2, 0), export: "peek");
        return m.Build();
    }

    private static byte[] Importer()
    {
        ModuleBuilder m = new();
        m.ImportMemory("a", "memory", 1);
        m.Function("ii:", new Code().Get(0).Get(1).Op(Opcode.I32Store, 2, 0), export: "poke");
        return m.Build();
    }

    private static NanoModule Load(NanoRuntime runtime, byte[] binary, string engine, bool whole) => engine switch
    {
        "interpreter" => runtime.LoadModule(binary),
        "bytecode" => runtime.LoadImage(ImageCompiler.CompileBytecode(binary, new() { WholePages = whole }, (byte)IntPtr.Size)),
        _ => runtime.LoadImage(ImageCompiler.Compile(binary, new() { Target = "x86_64", Jobs = 1, WholePages = whole })),
    };
}
