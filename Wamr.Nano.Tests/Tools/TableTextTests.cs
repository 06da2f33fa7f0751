// SPDX-License-Identifier: MIT
// Tables, bars and charts on consoles of every width: nothing is cut off, and nothing is drawn that the console cannot show.
using System;
using System.Collections.Generic;
using System.Linq;
using Spectre.Console;
using Wamr.Nano.Tool.Commands;
using Wamr.Nano.Tool.Devices;
using Wamr.Nano.Tool.Printing;
using Xunit;

namespace Wamr.Nano.Tests.Tools;

public class TableTextTests
{
    private static readonly string[] Cells =
        ["linear memory of the application", "1,048,576", "Cortex-M7, double-precision FPU", "boards/common / Firmware.cs / Firmware_Call"];

    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(200)]
    public void Every_name_and_number_stays_whole(int width)
    {
        foreach (bool unicode in new[] { true, false })
        {
            IReadOnlyList<string> lines = TableText.Lines(Sample(), width, unicode);
            foreach (string cell in Cells) Assert.Contains(lines, line => line.Contains(cell, StringComparison.Ordinal));
            int most = Math.Max(width, Cells.Max(cell => cell.Length) + "    processor: ".Length);
            Assert.All(lines, line => Assert.InRange(line.Length, 0, most));
            if (!unicode) Assert.All(lines, line => Assert.All(line, c => Assert.InRange(c, ' ', '~')));
        }
    }

    [Fact]
    public void Table_is_a_table_where_there_is_room_and_a_list_where_there_is_none()
    {
        Assert.Contains(TableText.Lines(Sample(), 200, isUnicode: true), line => line.Contains('│'));
        IReadOnlyList<string> narrow = TableText.Lines(Sample(), 40, isUnicode: true);
        Assert.Equal("memory, bytes, processor, part:", narrow[0]);
        Assert.Equal(["  linear memory of the application", "    bytes: 1,048,576"], narrow.Skip(1).Take(2));
        Table two = Output.Table("RAM", "bytes");
        two.AddRow("execution environment, operand stack", "144");
        Assert.Equal(["RAM, bytes:", "  execution environment, operand stack: 144"], TableText.Lines(two, 40, isUnicode: true));
    }

    [Theory]
    [InlineData(40, "writing app  45 % 45,000/100,000 B")]
    [InlineData(44, "writing app [===    ]  45 % 45,000/100,000 B")]
    [InlineData(80, "writing app [=============                 ]  45 % 45,000/100,000 B")]
    [InlineData(20, "writing app  45 %")]
    public void Bar_takes_what_the_numbers_leave(int width, string expected) =>
        Assert.Equal(expected, Tool.Devices.Progress.Line("writing app", 45, "45,000/100,000 B", width));

    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(200)]
    public void Chart_of_a_pool_has_its_three_numbers(int width)
    {
        DeviceStatus status = new(true, 0, Core.WasmError.None, 0, 114_528, 34_500, 45_600, 60_000, 304, 2, 1, 1);
        string line = MemCommand.Line(new DateTime(2026, 1, 2, 3, 4, 5), status, width);
        Assert.True(line.Length <= width, line);
        foreach (string number in new[] { "34,500", "45,600", "60,000" }) Assert.Contains(number, line, StringComparison.Ordinal);
    }

    private static Table Sample()
    {
        Table table = Output.Table("memory", "bytes");
        table.Border = TableBorder.Square;
        table.AddColumn("processor").AddColumn("part");
        table.AddRow(Cells);
        table.AddRow("empty", "", "", "");
        return table;
    }
}
