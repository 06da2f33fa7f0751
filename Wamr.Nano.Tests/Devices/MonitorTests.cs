// SPDX-License-Identifier: MIT
// What wnano monitor makes of a device's text.
using System;
using System.Collections.Generic;
using System.Text;
using Wamr.Nano.Tool.Devices;
using Xunit;

namespace Wamr.Nano.Tests.Devices;

public sealed class MonitorTests
{
    private readonly List<string> lines = [];
    private int time;

    private MonitorText Text =>
        new(lines.Add, () => $"{time++} ", index => index == 3 ? "blink" : null, report => $"fault of {report}\n   pc: main.c:12");

    [Fact]
    public void Lines_get_the_time_of_their_first_byte_in_whatever_portions_they_come()
    {
        MonitorText text = Text;
        foreach (byte b in Encoding.UTF8.GetBytes("one\r\ntwö\n\nthree")) text.Take([b]);
        Assert.Equal(["0 one", "1 twö"], lines);
        text.End();
        Assert.Equal("2 three", lines[^1]);
    }

    [Theory]
    [InlineData("wn:trap 5001", "** WN5001 unreachable was executed: the app gave up there: an assertion, panic or abort")]
    [InlineData("wn:at function=3 offset=120", "**    at blink (function 3, offset 0x78)")]
    [InlineData("wn:at function=4 offset=120", "**    at ? (function 4, offset 0x78)")]
    [InlineData("wn:more 936", "**    ... 936 more calls ...")]
    [InlineData("wn:more #", "-- more #")]
    [InlineData("wn:error 2001 asked=65536 free=1234 largest=1000",
        "** WN2001 out of memory: 65,536 B asked for, 1,234 B free, largest block 1,000 B")]
    [InlineData("wn:fault pc=0x10", "** fault of pc=0x10")]
    [InlineData("wn:start slot=1", "-- app starts: slot=1")]
    [InlineData("wn:end 0", "-- app has ended")]
    [InlineData("wn:end 5015", "-- app has ended: WN5015 terminated on request")]
    [InlineData("wn:trap x#1", "** x#1")]
    [InlineData("wn:at function=99999999999", "**    at ? (function 0")]
    [InlineData("wn:", "-- ")]
    public void Reports_are_put_into_words(string report, string expected)
    {
        Text.Take(Encoding.UTF8.GetBytes($"\x1E{report}\n"));
        Assert.StartsWith("0 " + expected, lines[0], StringComparison.Ordinal);
        Assert.DoesNotContain("shows where", lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_in_the_middle_of_a_line_begins_a_new_one_and_control_characters_are_shown_as_points()
    {
        Text.Take(Encoding.UTF8.GetBytes("a\ab\x1Ewn:fault pc=0x10\nc\n"));
        Assert.Equal(["0 a.b", "1 ** fault of pc=0x10", "1    pc: main.c:12", "2 c"], lines);
    }
}
