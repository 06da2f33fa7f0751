// SPDX-License-Identifier: MIT
// Names from modules reach no terminal with anything in them that acts on it.
using System;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Hosted;

public class PrintableTests
{
    [Theory]
    [InlineData("plain name_1", "plain name_1")]
    [InlineData("Grüße 温度 🌡", "Grüße 温度 🌡")]
    [InlineData("\e[2Jgone", @"\u001b[2Jgone")]
    [InlineData("two\nlines\r", @"two\u000alines\u000d")]
    [InlineData("\0\a\u007F\u009B", @"\u0000\u0007\u007f\u009b")]
    [InlineData("abc\u202Edcba\u2066\u200B", @"abc\u202edcba\u2066\u200b")]
    [InlineData("a\u2028b", @"a\u2028b")]
    public void Control_and_format_characters_are_shown_as_numbers(string name, string shown) => Assert.Equal(shown, Printable.Text(name));

    [Fact]
    public void Very_long_name_is_cut()
    {
        Assert.Equal(203, Printable.Text(new string('x', 100_000)).Length);
        Assert.Equal(new string('x', 200), Printable.Text(new string('x', 200)));
    }

    [Fact]
    public void Half_a_surrogate_is_no_reason_to_fail() => Assert.Equal("a\uFFFDb", Printable.Text("a\uD800b"));

    [Fact]
    public void Errors_and_call_stacks_hold_no_control_characters()
    {
        ModuleBuilder m = new();
        m.ImportFunction("env\e]0;title\a", "x\nWN0000 fine", ":");
        WasmException link = Assert.Throws<WasmException>(() => Instantiate(m));
        Assert.Contains(@"env\u001b]0;title\u0007.x\u000aWN0000 fine", link.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(link.ToString().Split('\n')[0], char.IsControl);
        Assert.Equal(@"at f\u001b[31m (function 1, offset 0x2)", new WasmFrame(1, "f\e[31m", 2).ToString());
    }

    private static void Instantiate(ModuleBuilder m)
    {
        using NanoRuntime runtime = new(0);
        using NanoModule module = runtime.LoadModule(m.Build());
        module.Instantiate(new());
    }
}
