// SPDX-License-Identifier: MIT
// What tools take for certain about the maker of a module: whole producers sections, nothing else.
using System;
using System.Text;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tool.Trimming;
using Xunit;

namespace Wamr.Nano.Tests.Tools;

public class ProducerTests
{
    [Theory]
    [InlineData("rustc", "Rustc")]
    [InlineData("clang", "Clang")]
    [InlineData("Debian clang", "Clang")]
    [InlineData("TinyGo", "TinyGo")]
    [InlineData("zig", "Zig")]
    [InlineData("rustcc", "Unknown")]
    [InlineData("clang wrapper", "Unknown")]
    public void A_producers_section_names_the_compiler(string tool, string producer) => Assert.Equal(producer, Of(Section(tool)));

    [Fact]
    public void A_damaged_section_says_nothing()
    {
        byte[] whole = Section("rustc");
        for (int length = 0; length < whole.Length; length++) Assert.Equal("Unknown", Of(whole[..length]));
        Assert.Equal("Unknown", Of([.. whole, 0]));
        Assert.Equal("Unknown", Of([2, .. whole[1..]]));
    }

    /// <summary>Texts that only one compiler leaves behind are good enough for advice, not for a proof.</summary>
    [Theory]
    [InlineData("__rust_alloc")]
    [InlineData("__heap_base")]
    [InlineData("tinygo_getCurrentStackPointer")]
    public void Other_traces_are_no_evidence(string export)
    {
        ModuleBuilder m = new();
        m.Function(":", new Code(), export: export);
        byte[] binary = m.Build();
        Assert.NotEqual(Producer.Unknown, ModuleOrigin.Of(binary).Producer);
        Assert.Equal("Unknown", Of(binary));
        // Nor is a section inside of something else, as in a component.
        m.Custom("inside", [.. "\tproducers"u8, .. Section("rustc")]);
        binary = m.Build();
        Assert.Equal(Producer.Rustc, ModuleOrigin.Of(binary).Producer);
        Assert.Equal("Unknown", Of(binary));
    }

    private static byte[] Section(string tool) => [1, .. Text("processed-by"), 1, .. Text(tool), .. Text("1.0")];

    private static byte[] Text(string text) => [(byte)text.Length, .. Encoding.UTF8.GetBytes(text)];

    private static string Of(byte[] contents)
    {
        byte[] binary = contents;
        if (!contents.AsSpan().StartsWith("\0asm"u8))
        {
            ModuleBuilder m = new();
            m.Custom("producers", contents);
            binary = m.Build();
        }
        using NanoRuntime runtime = new(0);
        using NanoModule module = runtime.LoadModule(binary);
        return Producers.Of(module).ToString();
    }
}
