// SPDX-License-Identifier: MIT
// A module that needs what this runtime does not have is refused with the feature's name, what
// made it, and the option that turns the feature off.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tool.Build;
using Xunit;

namespace Wamr.Nano.Tests.Hosted.Diagnosis;

public sealed class RefusedFeatureTests : IDisposable
{
    private const byte Type = 1, Import = 2, Function = 3, Table = 4, Memory = 5, Global = 6, Export = 7, Code = 10;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wnano");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>A feature, and the sections of a module that uses it.</summary>
    public static TheoryData<string, byte[]> Modules => new()
    {
        { "SIMD (v128)", Section(Type, 1, 0x60, 1, 0x7B, 0) },
        { "SIMD (instruction 0xfd 0x0c)", Body(0xFD, 0x0C) },
        { "relaxed SIMD (instruction 0xfd 0x100)", Body(0xFD, 0x80, 0x02) },
        { "half-precision floats (FP16) (instruction 0xfd 0x120)", Body(0xFD, 0xA0, 0x02) },
        { "half-precision floats (FP16) (instruction 0xfc 0x30)", Body(0xFC, 0x30) },
        { "threads (shared memory, atomics) (shared memory)", Section(Memory, 1, 3, 1, 1) },
        { "threads (shared memory, atomics) (instruction 0xfe 0x10)", Body(0xFE, 0x10) },
        { "shared-everything threads (instruction 0xfe 0x4f)", Body(0xFE, 0x4F) },
        { "exceptions in their old form (try, catch) (try)", Body(0x06, 0x40) },
        { "exceptions in their old form (try, catch) (section of tags)", [.. Section(Type, 1, 0x60, 0, 0), .. Section(Function, 1, 0),
            .. Section(13, 1, 0, 0), .. Section(Code, 1, 9, 0, 0x08, 0, 0x06, 0x40, 0x19, 0x0B, 0x0B, 0x0B)] },
        { "exceptions (try_table)", Body(0x1F, 0x40, 0) },
        { "exceptions (throw)", Body(0x08, 0) },
        { "exceptions (exnref)", Section(Type, 1, 0x60, 1, 0x69, 0) },
        { "exceptions (section of tags)", [.. Section(Type, 1, 0x60, 0, 0), .. Section(Function, 1, 0), .. Section(13, 1, 0, 0),
            .. Section(Code, 1, 7, 0, 0x1F, 0x40, 0, 0x0B, 0x0B, 0x0B)] },
        { "exceptions (imported tag)", [.. Section(Type, 1, 0x60, 0, 0), .. Section(Import, 1, 1, (byte)'m', 1, (byte)'t', 4, 0, 0)] },
        { "exceptions (exported tag)", Section(Export, 1, 1, (byte)'t', 4, 0) },
        { "garbage-collected types (GC) (struct)", Section(Type, 1, 0x5F, 0) },
        { "garbage-collected types (GC) (recursion group)", Section(Type, 1, 0x4E, 1, 0x60, 0, 0) },
        { "garbage-collected types (GC) (anyref)", Section(Global, 1, 0x6E, 0, 0xD0, 0x6E, 0x0B) },
        { "garbage-collected types (GC) (instruction 0xfb 0x1c)", Body(0xFB, 0x1C) },
        { "garbage-collected types (GC) (ref.eq)", Body(0xD3) },
        { "typed function references (call_ref)", Body(0x14, 0) },
        { "typed function references (ref)", Section(Type, 1, 0x60, 1, 0x64, 0, 0) },
        { "typed function references (table with an initialiser)", Section(Table, 1, 0x40, 0, 0x70, 0, 1, 0xD0, 0x70, 0x0B) },
        { "string references (stringref) (stringref)", Section(Type, 1, 0x60, 1, 0x67, 0) },
        { "string references (stringref) (instruction 0xfb 0x82)", Body(0xFB, 0x82, 0x01) },
        { "string references (stringref) (section of strings)", Section(14, 0, 0) },
        { "64-bit memories or tables (memory64)", Section(Memory, 1, 4, 1) },
        { "64-bit memories or tables (memory64)", Section(Import, 1, 1, (byte)'m', 1, (byte)'y', 2, 4, 1) },
        { "64-bit memories or tables (memory64)", Section(Table, 1, 0x70, 4, 1) },
        { "several memories (multi-memory)", Section(Memory, 2, 0, 1, 0, 1) },
        { "several memories (multi-memory) (memory index of an access)", Body(0x41, 0, 0x28, 0x42, 1, 0, 0x1A) },
        { "memory control (memory.discard)", Body(0xFC, 0x12, 0) },
        { "stack switching (instruction 0xe0)", Body(0xE0, 0) },
        { "stack switching (cont)", Section(Type, 1, 0x5D, 0) },
        { "compact imports", Section(Import, 1, 1, (byte)'m', 0, 0x7F, 0) },
    };

    [Theory]
    [MemberData(nameof(Modules))]
    public void Feature_is_named(string name, byte[] sections) =>
        Assert.Matches($"^WN[13]\\d\\d\\d the module uses {System.Text.RegularExpressions.Regex.Escape(name)}, which this runtime does not "
            + "have at offset 0x", Refused([.. Header, .. sections]));

    [Fact]
    public void Component_is_named() =>
        Assert.Matches("^WN1004 the module uses the component model, which .*wasm32-wasip1",
            Refused([0, (byte)'a', (byte)'s', (byte)'m', 0x0D, 0, 1, 0]));

    public static TheoryData<string, string, string, string> Producers => new()
    {
        { "processed-by", "Debian clang", "14.0.6",
            "it was made by Debian clang 14.0.6; build without it: clang with -mno-simd128, without -msimd128" },
        { "processed-by", "rustc", "1.95.0 (59807616e 2026-04-14)",
            "it was made by rustc 1.95.0; build without it: rustc with -C target-feature=-simd128" },
        { "sdk", "Emscripten", "3.1.6", "it was made by Emscripten 3.1.6; build without it: emcc without -msimd128, -msse and -mavx" },
        { "processed-by", "TinyGo", "0.33.0",
            "it was made by TinyGo 0.33.0; build without it: tinygo with a target whose features have no +simd128" },
        { "processed-by", "Zig", "0.13.0", "it was made by Zig 0.13.0; build without it: zig with -mcpu=generic-simd128" },
        { "processed-by", "Go cmd/compile", "go1.23", "it was made by Go cmd/compile go1.23; build without it" },
    };

    [Theory]
    [MemberData(nameof(Producers))]
    public void Producer_and_its_option_are_named(string field, string tool, string version, string advice) =>
        Assert.EndsWith(": " + advice, Refused([.. Header, .. Section(Type, 1, 0x60, 1, 0x7B, 0), .. Made(field, tool, version)]),
            StringComparison.Ordinal);

    [Fact]
    public void Kotlin_has_no_option() =>
        Assert.Contains("no option turns it off",
            Refused([.. Header, .. Section(Type, 1, 0x5F, 0), .. Made("processed-by", "Kotlin/Wasm", "2.1")]), StringComparison.Ordinal);

    [Fact]
    public void Unknown_producer_gets_the_options_of_all() =>
        Assert.Matches("clang with -mno-simd128.*rustc with .*asc without --enable simd.*tinygo.*emcc.*zig",
            Refused([.. Header, .. Section(Type, 1, 0x60, 1, 0x7B, 0)]));

    [Fact]
    public void Message_names_what_else_the_compiler_was_allowed()
    {
        byte[] allowed = [3, .. Prefixed("simd128"), .. Prefixed("atomics"), .. Prefixed("bulk-memory")];
        string refused =
            Refused([.. Header, .. Section(Type, 1, 0x60, 1, 0x7B, 0), .. Section(0, [.. Name("target_features"), .. allowed])]);
        Assert.Contains("its target_features section allows threads (shared memory, atomics), too; build without it", refused,
            StringComparison.Ordinal);

        static byte[] Prefixed(string feature) => [(byte)'+', .. Name(feature)];
    }

    [Fact]
    public void Switched_off_feature_is_named()
    {
        using NanoRuntime runtime = new(new NanoRuntimeOptions { Features = Features.All & ~Features.TailCalls });
        WasmException e = Assert.Throws<WasmException>(() => runtime.LoadModule([.. Header, .. Body(0x12, 0)]));
        Assert.StartsWith("WN1025 the module uses tail calls, which is switched off", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(module)", "this is the text format, not a module")]
    [InlineData("\n ;; comment\n(module)", "this is the text format, not a module")]
    [InlineData("<!DOCTYPE html>", "this is a page of the web or XML")]
    [InlineData("\u007FELF\u0002", "this is a program of a processor")]
    [InlineData("!<arch>\n", "this is a library of object files")]
    [InlineData("", "the file is empty")]
    public void Message_says_what_a_file_is_that_is_no_module(string contents, string cause) =>
        Assert.Contains(cause, Refused(Encoding.UTF8.GetBytes(contents)), StringComparison.Ordinal);

    /// <summary>
    /// Whatever is cut off or changed: what explains a refusal reads the same bytes, and must not fail where the loader did not.
    /// </summary>
    [Fact]
    public void Damaged_modules_are_refused_without_a_fault()
    {
        Random random = new(1);
        byte[][] modules = [.. Modules.Select(row => (byte[])[.. Header, .. (byte[])row[1], .. Made("processed-by", "clang", "1")])];
        for (int i = 0; i < 20_000; i++)
        {
            byte[] module = [.. modules[random.Next(modules.Length)]];
            for (int n = random.Next(1, 4); n != 0; n--) module[random.Next(8, module.Length)] = (byte)random.Next(256);
            byte[] cut = module[..random.Next(4, module.Length + 1)];
            using NanoRuntime runtime = new(64 << 10);
            try
            {
                runtime.LoadModule(cut).Dispose();
            }
            catch (WasmException e)
            {
                Assert.StartsWith("WN", e.Message, StringComparison.Ordinal);
            }
        }
    }

    /// <summary>No module of the official suite is refused for a feature without its name.</summary>
    [SharedFact("spec")]
    public void Every_feature_of_the_suite_has_a_name()
    {
        const int each = 3;
        SortedSet<string> named = [];
        foreach (IGrouping<string?, string> modules in Directory.EnumerateFiles(Shared.PathOf("spec"), "*.wasm",
            SearchOption.AllDirectories).GroupBy(Path.GetDirectoryName))
        {
            using NanoRuntime runtime = new(0);
            foreach (string file in modules.Order(StringComparer.Ordinal).Take(each))
            {
                try
                {
                    runtime.LoadModule(File.ReadAllBytes(file)).Dispose();
                }
                catch (WasmException e) when (e.Error is WasmError.UnsupportedFeature or WasmError.MultipleMemories)
                {
                    Assert.Contains("the module uses ", e.Message, StringComparison.Ordinal);
                    named.Add(e.Message.Split("the module uses ")[1].Split([" (", ", which"], StringSplitOptions.None)[0]);
                }
                catch (WasmException)
                {
                    // Malformed or invalid, as the suite means it to be.
                }
            }
        }
        Assert.Subset(named, new HashSet<string> { "SIMD", "exceptions", "64-bit memories or tables", "several memories",
            "typed function references", "garbage-collected types", "threads" });
    }

    /// <summary>The real compiler, its own section, the option the message names.</summary>
    [Fact]
    public void Module_of_clang_with_SIMD_is_refused_with_the_option_that_turns_it_off()
    {
        if (ExternalProgram.Locate("clang") == null || ExternalProgram.Locate("wasm-ld") == null) return;
        string c = Path.Combine(_folder.FullName, "simd.c"), wasm = Path.ChangeExtension(c, ".wasm");
        File.WriteAllText(c, "typedef int v __attribute__((vector_size(16))); v a, b; void run(void) { a += b; }");
        ProcessResult built =
            Wnano.Start("clang", "--target=wasm32", "-O2", "-msimd128", "-nostdlib", "-Wl,--no-entry,--export=run", "-o", wasm, c);
        Assert.True(built.ExitCode == 0, built.Error);
        ProcessResult check = Wnano.Run("check", wasm), json = Wnano.Run("check", "--json", wasm);
        Assert.Equal(1, check.ExitCode);
        Assert.Matches(@"^WN1026 the module uses SIMD \(.*\), which this runtime does not have at offset 0x[0-9a-f]+, index \d+: "
            + @"(it was made by .*clang [\d.]+; )?build without it: clang with -mno-simd128", check.Error);
        Assert.Equal(check.Error.TrimEnd(), (string)JsonNode.Parse(json.Output)!["message"]!);
    }

    private static byte[] Header => [0, (byte)'a', (byte)'s', (byte)'m', 1, 0, 0, 0];

    /// <summary>The message of the tool.</summary>
    private static string Refused(byte[] module)
    {
        using NanoRuntime runtime = new(64 << 10);
        return Assert.Throws<WasmException>(() => runtime.LoadModule(module)).ToolMessage;
    }

    private static byte[] Section(byte id, params byte[] contents) => [id, .. Leb128.Unsigned((uint)contents.Length), .. contents];

    /// <summary>A module of one memory and one function.</summary>
    private static byte[] Body(params byte[] code) =>
        [.. Section(Type, 1, 0x60, 0, 0), .. Section(Function, 1, 0), .. Section(Memory, 1, 0, 1),
            .. Section(Code, [1, (byte)(code.Length + 2), 0, .. code, 0x0B])];

    private static byte[] Made(string field, string tool, string version) =>
        Section(0, [.. Name("producers"), 1, .. Name(field), 1, .. Name(tool), .. Name(version)]);

    private static byte[] Name(string text) => [(byte)text.Length, .. Encoding.UTF8.GetBytes(text)];
}
