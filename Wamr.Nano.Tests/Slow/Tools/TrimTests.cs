// SPDX-License-Identifier: MIT
// Trimming: what goes, what is derived, what is left alone for a reason, and that runs stay the same.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Spec;
using Wamr.Nano.Tool.Build;
using Wamr.Nano.Tool.Fit;
using Wamr.Nano.Tool.Trimming;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Tools;

public sealed class TrimTests : IDisposable
{
    private const int HeapBase = 1040;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wnano-trim");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Heap_base_is_derived_from_the_stack_pointer_and_ends_the_memory()
    {
        byte[] app = App();
        Trim trim = Trim.Of(app, []);
        Assert.Empty(trim.Kept);
        RunRequest before = new() { Module = app, Invoke = ["f", "5"] }, after = before with { Module = trim.Binary };
        Outcome expected = HostRun.Try(before, 0, 1024);
        Assert.Equal("47", expected.Results);
        Assert.Equal(expected, HostRun.Try(after, 0, 1024));
        using Estimation estimation = new(after, 0);
        Assert.Equal(((uint)HeapBase, 1008u, true),
            (estimation.Facts.MemoryBytes, estimation.Facts.AuxStackBytes, estimation.Facts.Truncated));
    }

    [Fact]
    public void Trimming_twice_changes_nothing_more()
    {
        byte[] once = Trim.Of(App(m => m.Custom("mine", 1, 2, 3)), []).Binary;
        Trim twice = Trim.Of(once, []);
        Assert.Empty(twice.Changes);
        Assert.Equal(once, twice.Binary);
    }

    [Fact]
    public void Custom_sections_go_but_for_those_to_keep()
    {
        byte[] app = App(m => m.Custom("producers", new byte[200]).Custom("mine", 7));
        Trim trim = Trim.Of(app, ["mine"]);
        Assert.Contains(trim.Changes, line => line.StartsWith("custom section 'producers' (213 B) removed", StringComparison.Ordinal));
        Assert.Equal(["mine"], new RawModule(trim.Binary).Sections.Where(section => section.Id == 0).Select(section => section.CustomName));
    }

    [Fact]
    public void Pages_nobody_uses_are_not_declared()
    {
        Trim trim = Trim.Of(App(pages: 17), []);
        Assert.Contains("initial memory: 1 instead of 17 pages of 65,536 B", trim.Changes);
        Assert.Equal(HostRun.Try(new() { Module = App(), Invoke = ["f", "5"] }, 0, 1024),
            HostRun.Try(new() { Module = trim.Binary, Invoke = ["f", "5"] }, 0, 1024));
    }

    /// <summary>Each of these could use memory above the heap's base, or hides where it is.</summary>
    public static TheoryData<string, string> Suspects => new()
    {
        { "constant", "the address 1,040 is accessed" },
        { "constant and index", "computed from one above the data" },
        { "below, with an offset", "computed from one above the data" },
        { "wide constant", "an address above the data is stored" },
        { "offset", "the address 5,000 is accessed" },
        { "offset of an address", "more than any variable has" },
        { "parameter", "comes from memory or from outside" },
        { "loaded", "comes from memory or from outside" },
        { "two halves", "the address" },
        { "product", "an address that is computed" },
        { "filled", "the address 4,900 is accessed" },
        { "beyond the frame", "above the function's frame" },
        { "other stack", "stack pointer is set to what may lie above" },
        { "result", "the host gets an address above the data as a result" },
        { "exported variable", "the host gets an address above the data in a global" },
        { "pointer in data", "the word 2,000 at address 24" },
        { "pointer in a global", "the address 4,096 is accessed" },
        { "by reference", "computed from one above the data" },
        { "grows", "the code grows or measures it" },
        { "measures", "the code grows or measures it" },
        { "stack first", "the data lie above the stack" },
        { "no stack pointer", "no variable that could be C's stack pointer" },
        { "counter", "not used as a stack pointer" },
        { "odd", "which is not the top of a stack" },
        { "exported", "not used as a stack pointer" },
        { "half exported", "but not both" },
        { "stripped", "neither names nor producers are left" },
        { "named otherwise", "neither names nor producers are left" },
        { "damaged names", "neither names nor producers are left" },
    };

    [Theory]
    [MemberData(nameof(Suspects))]
    public void Memory_is_left_alone_where_something_speaks_against_it(string suspect, string reason)
    {
        Trim trim = Trim.Of(Suspect(suspect), []);
        Assert.Contains(reason, Assert.Single(trim.Kept), StringComparison.Ordinal);
        Assert.Equal(WithoutCustoms(Suspect(suspect)), trim.Binary);
    }

    [Theory]
    [InlineData("clang", true)]
    [InlineData("Debian clang", true)]
    [InlineData("rustc", true)]
    [InlineData("wat2wasm", false)]
    public void Compiler_that_is_named_as_producer_vouches_for_the_layout_of_a_module_without_names(string tool, bool vouches)
    {
        byte[] producers = [1, .. Text("processed-by"), 1, .. Text(tool), .. Text("14.0.6")];
        Trim trim = Trim.Of(App(m => m.Custom("producers", producers), names: []), []);
        Assert.Equal(vouches, trim.Kept.Count == 0);
    }

    /// <summary>The kernels, linked without the exports: what is derived is what the linker would have said.</summary>
    [Theory]
    [MemberData(nameof(Kernels))]
    public void Heap_base_of_a_kernel_is_derived_as_the_linker_has_it_and_runs_stay_the_same(string kernel)
    {
        if (ExternalProgram.Locate("clang") == null || ExternalProgram.Locate("wasm-ld") == null) return;
        byte[] exported = Kernel(kernel, "--export=__heap_base", "--export=__data_end"), plain = Kernel(kernel, "--no-gc-sections");
        Trim trim = Trim.Of(plain, []);
        RunRequest request = new() { Module = plain, Invoke = ["run", "2"] };
        Assert.Equal(HostRun.Try(request, 0, 4096), HostRun.Try(request with { Module = trim.Binary }, 0, 4096));
        if (trim.Kept.Count == 0)
        {
            Assert.Equal(HeapBaseOf(exported), HeapBaseOf(trim.Binary));
            // Without what begins as zero: a linker counts that, too.
            Assert.InRange(DataEndOf(trim.Binary), 0u, DataEndOf(exported));
        }
        else Assert.Equal(WithoutCustoms(plain), trim.Binary);
    }

    public static TheoryData<string> Kernels => [.. Directory.GetFiles(Repository.PathOf("bench/kernels"), "*.c")
        .Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal)];

    [Theory]
    [InlineData("samples/sensor/sensor.wasm", "run", "4")]
    [InlineData("samples/hello/hello.wasm", "_start")]
    [InlineData("bench/kernels/sha256.wasm", "run", "1")]
    [InlineData("bench/kernels/strstruct.wasm", "run", "1")]
    public void Samples_and_kernels_run_as_before(string file, params string[] call)
    {
        byte[] app = File.ReadAllBytes(Repository.PathOf(file));
        RunRequest request = new() { Module = app, Invoke = call, Arguments = ["app", "3"] };
        Outcome before = HostRun.Try(request, 0, 4096);
        Assert.True(before.IsGood, before.ToString());
        Assert.Equal(before, HostRun.Try(request with { Module = Trim.Of(app, []).Binary }, 0, 4096));
    }

    [Fact]
    public void Masks_and_factors_are_no_addresses()
    {
        Trim trim = Trim.Of(App(more: new Code().Get(0).I32(0xFFFF).Op(Opcode.I32And).I32(5000)
            .Op(Opcode.I32Mul).I32(3).Op(Opcode.I32ShrU).Set(0)), []);
        Assert.Empty(trim.Kept);
    }

    [SharedFact("spec")]
    public void No_module_of_the_suite_behaves_differently()
    {
        int runs = 0;
        foreach ((string name, byte[] binary) in SuiteModules.All())
        {
            byte[] trimmed = Trim.Of(binary, []).Binary;
            Assert.True(trimmed.Length <= binary.Length + 64, name);
            foreach (string[] call in Calls(binary))
            {
                Outcome expected = Behaviour(binary, call);
                if (expected != Behaviour(trimmed, call))
                    Assert.Fail($"{name}: {string.Join(' ', call)} was {expected}, is {Behaviour(trimmed, call)}");
                runs++;
            }
        }
        Assert.True(runs > 3000, $"only {runs} runs were compared");
    }

    [Fact]
    public void Command_writes_the_module_and_prints_what_it_saved()
    {
        string app = Path.Combine(_folder.FullName, "app.wasm"), trimmed = Path.Combine(_folder.FullName, "trimmed.wasm");
        File.WriteAllBytes(app, App(m => m.Custom("mine", new byte[100])));
        ProcessResult r = Wnano.Run("trim", app, "-o", trimmed);
        Assert.Equal((0, ""), (r.ExitCode, r.Error));
        Assert.Matches(@"trimmed\.wasm: [\d,]+ B of flash \(before [\d,]+ B\), [\d,]+ B of RAM \(before 6\d,\d+ B\)", r.Output);
        JsonNode json = JsonNode.Parse(Wnano.Run("trim", app, "-o", trimmed, "--json").Output)!;
        Assert.True((uint)json["pool"]! < 4096 && (uint)json["poolBefore"]! > 65536);
        Assert.Equal(new FileInfo(trimmed).Length, (long)json["bytes"]!);
        ProcessResult run = Wnano.Run("run", trimmed, "--pool", "16K", "--invoke", "f", "5");
        Assert.Equal(("f: 47\n", ""), (run.Output, run.Error));
    }

    /// <summary>f(n) keeps n on the C stack and gives it back plus the word at 16: data from 16 to 24, then 1,016 bytes of stack.</summary>
    private static byte[] App(Action<ModuleBuilder>? change = null, Code? more = null, uint pages = 1, int stackTop = HeapBase,
        int dataAt = 16, byte[]? data = null, byte[]? names = null)
    {
        ModuleBuilder m = new();
        m.Memory(pages);
        m.Global('i', new Code().I32(stackTop), mutable: true);
        Code body = new Code()
            .Op(Opcode.GlobalGet, 0).I32(16).Op(Opcode.I32Sub).Tee(1).Op(Opcode.GlobalSet, 0)
            .Get(1).Get(0).Op(Opcode.I32Store, 2, 0);
        if (more != null) body.Raw(more.Bytes);
        body.Get(1).Op(Opcode.I32Load, 2, 0).I32(0).Op(Opcode.I32Load, 2, (uint)dataAt).Op(Opcode.I32Add)
            .Get(1).I32(16).Op(Opcode.I32Add).Op(Opcode.GlobalSet, 0);
        m.Function("i:i", body, "i", "f");
        m.Data(dataAt, data ?? [42, 0, 0, 0, 1, 0, 0, 0]);
        change?.Invoke(m);
        names ??= GlobalNames("__stack_pointer");
        if (names.Length != 0) m.Custom("name", names);
        return m.Build();
    }

    /// <summary>A name section that has a name for global 0 alone.</summary>
    private static byte[] GlobalNames(string name)
    {
        byte[] map = [1, 0, .. Text(name)];
        return [7, (byte)map.Length, .. map];
    }

    private static byte[] Text(string text) => [(byte)text.Length, .. Encoding.UTF8.GetBytes(text)];

    private static byte[] WithoutCustoms(byte[] binary)
    {
        RawModule raw = new(binary);
        foreach (RawSection custom in raw.Sections.Where(section => section.Id == 0).ToArray()) raw.Remove(custom);
        return raw.ToBytes();
    }

    private byte[] Kernel(string name, params string[] linkerOptions)
    {
        string file = Path.Combine(_folder.FullName, name + ".wasm");
        ExternalProgram.Run("clang", ["--target=wasm32", "-O2", "-fwrapv", "-fno-builtin", "-nostdlib", "-z", "stack-size=4096",
            "-Wl,--no-entry", "-Wl,--export=run",
            .. linkerOptions.Select(option => "-Wl," + option), "-o", file, Repository.PathOf($"bench/kernels/{name}.c")]);
        return File.ReadAllBytes(file);
    }

    private static uint DataEndOf(byte[] binary)
    {
        using Estimation estimation = new(new() { Module = binary, Invoke = ["run", "1"] }, 0);
        return estimation.Facts.DataEnd;
    }

    private static uint HeapBaseOf(byte[] binary)
    {
        using Estimation estimation = new(new() { Module = binary, Invoke = ["run", "1"] }, 0);
        return estimation.Facts.MemoryBytes;
    }

    private static byte[] Suspect(string suspect) => suspect switch
    {
        "constant" => App(more: Load(new Code().I32(HeapBase))),
        "constant and index" => App(more: Load(Indexed.I32(HeapBase).Op(Opcode.I32Add))),
        "below, with an offset" => App(more: Load(Indexed.I32(HeapBase - 8).Op(Opcode.I32Add), 8)),
        "wide constant" => App(more: new Code().I32(0).I64(0x7D0_0000_0001).Op(Opcode.I64Store, 3, 0)),
        "offset" => App(more: Load(new Code().I32(0), 5000)),
        "offset of an address" => App(more: Load(new Code().Get(1).Raw(Indexed.Bytes).Op(Opcode.I32Add), 5000)),
        "parameter" => App(more: Load(new Code().Get(0))),
        "loaded" => App(more: Load(new Code().I32(16).Op(Opcode.I32Load, 2, 0))),
        "two halves" => App(more: Load(new Code().I32(0).Op(Opcode.I32Load16U, 1, 16).I32(0)
            .Op(Opcode.I32Load16U, 1, 18).I32(16).Op(Opcode.I32Shl).Op(Opcode.I32Or))),
        "product" => App(more: Load(new Code().Get(0).I32(400).Op(Opcode.I32Mul))),
        "filled" => App(more: new Code().I32(4900).I32(1).I32(100).Op(Opcode.MemoryFill, 0)),
        "beyond the frame" => App(more: Load(new Code().Get(1), 20)),
        "other stack" => App(more: new Code().Get(0).Op(Opcode.GlobalSet, 0)),
        "result" => App(m => m.Function(":i", new Code().I32(HeapBase), export: "heap")),
        "exported variable" =>
            App(m => m.Global('i', new Code().I32(0), mutable: true, export: "shared"), new Code().I32(2000).Op(Opcode.GlobalSet, 1)),
        "pointer in data" => App(data: [42, 0, 0, 0, 1, 0, 0, 0, 0xD0, 7, 0, 0]),
        "pointer in a global" => App(m => m.Global('i', new Code().I32(4096), mutable: true), Load(new Code().Op(Opcode.GlobalGet, 1))),
        "by reference" => App(ByReference),
        "grows" => App(more: new Code().I32(0).Op(Opcode.MemoryGrow, 0).Op(Opcode.Drop)),
        "measures" => App(more: new Code().Op(Opcode.MemorySize, 0).Op(Opcode.Drop)),
        "stack first" => App(dataAt: 2048),
        "no stack pointer" => SmallModules.Of(":i", new Code().I32(1)) is var plain ? WithMemory(plain) : plain,
        "counter" => Counter(),
        "odd" => App(stackTop: 1041),
        "exported" => App(m => m.Export("counter", 3, 0)),
        "stripped" => App(names: []),
        "named otherwise" => App(names: GlobalNames("counter")),
        "damaged names" => App(names: GlobalNames("__stack_pointer")[..^1]),
        _ => App(m => m.Global('i', new Code().I32(HeapBase), export: "__heap_base")),
    };

    /// <summary>The parameter, times 4: as an array is indexed.</summary>
    private static Code Indexed => new Code().Get(0).I32(2).Op(Opcode.I32Shl);

    private static Code Load(Code address, uint offset = 0) => address.Op(Opcode.I32Load, 2, offset).Op(Opcode.Drop);

    /// <summary>A function that is called through a table with an address above, and indexes it.</summary>
    private static void ByReference(ModuleBuilder m)
    {
        m.Table(1);
        m.Elements(0, m.Function("ii:", Load(new Code().Raw(Indexed.Bytes).Get(1).Op(Opcode.I32Add))));
        m.Function("i:", new Code().Get(0).I32(2000).I32(0).Op(Opcode.CallIndirect, m.Type("ii:"), 0), export: "call");
    }

    private static byte[] WithMemory(byte[] plain)
    {
        RawModule raw = new(plain);
        raw.Append(SectionId.Memory, [0, 1]);
        return raw.ToBytes();
    }

    private static byte[] Counter()
    {
        ModuleBuilder m = new();
        m.Memory(1);
        m.Global('i', new Code().I32(1024), mutable: true);
        m.Function(":i", new Code().Op(Opcode.GlobalGet, 0).I32(1).Op(Opcode.I32Mul)
            .Op(Opcode.GlobalSet, 0).Op(Opcode.GlobalGet, 0), export: "f");
        m.Custom("name", GlobalNames("__stack_pointer"));
        return m.Build();
    }

    /// <summary>Every exported function with arguments of 1.</summary>
    private static unsafe List<string[]> Calls(byte[] binary)
    {
        List<string[]> calls = [];
        using NanoRuntime runtime = new(0);
        using NanoModule module = runtime.LoadModule(binary);
        Export export;
        for (bool more = Exports.First(module.Pointer, &export); more; more = Exports.Next(module.Pointer, &export))
        {
            if (export.Kind != ExternKind.Func) continue;
            FuncType* type = &module.Pointer->Types[module.Pointer->Functions[export.Index].TypeIndex];
            bool numbers = new ReadOnlySpan<byte>(FuncTypes.Params(type), type->ParamCount)
                .ContainsAnyExceptInRange((byte)0x7C, (byte)0x7F) == false;
            if (numbers && calls.Count < 100)
                calls.Add([Encoding.UTF8.GetString(export.Name, (int)export.NameLength), .. Enumerable.Repeat("1", type->ParamCount)]);
        }
        return calls;
    }

    private static Outcome Behaviour(byte[] binary, string[] call)
    {
        try
        {
            using HostRun run = new(new() { Module = binary, Invoke = call, Fuel = 10_000 }, 0, 4096, allowUnlinked: true);
            return run.Execute();
        }
        catch (WasmException e)
        {
            return Outcome.Failed(e.Error);
        }
    }
}
