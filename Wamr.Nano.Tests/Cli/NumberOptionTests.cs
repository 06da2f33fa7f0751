// SPDX-License-Identifier: MIT
// Every option of every command that takes a number: what is outside of its range is refused, and says the range.
using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using Wamr.Nano.Tool;
using Wamr.Nano.Tool.Usage;
using Xunit;

namespace Wamr.Nano.Tests.Cli;

public class NumberOptionTests
{
    private const string Int = "2147483647", ULong = "18446744073709551615", Size = "1073741823";

    /// <summary>Command, what it needs besides, option, the least and the most it takes.</summary>
    public static TheoryData<string, string, string, string, string> Table => new()
    {
        { "demo", "", "--rounds", "0", Int },
        { "run", "x.wasm", "--pool", "0", Size },
        { "run", "x.wasm", "--stack", "0", Size },
        { "run", "x.wasm", "--heap", "0", Size },
        { "run", "x.wasm", "--fuel", "0", ULong },
        { "run", "x.wasm", "--seed", "-2147483648", Int },
        { "run", "x.wasm", "--baud", "50", "12000000" },
        { "fit", "x.wasm", "--heap", "0", Size },
        { "fit", "x.wasm", "--seed", "-2147483648", Int },
        { "fit", "x.wasm", "--fuel", "1", ULong },
        { "estimate", "x.wasm", "--heap", "0", Size },
        { "estimate", "x.wasm", "--stack", "64", Size },
        { "size", "x.wasm", "--stack", "64", Size },
        { "size", "x.wasm", "--heap", "0", Size },
        { "compile", "x.wasm", "--stack-bounds-checks", "0", "1" },
        { "compile", "x.wasm", "--app-heap", "0", Size },
        { "compile", "x.wasm", "--jobs", "1", "1024" },
        { "flash", "x.wasm --board stm32f405", "--slot", "0", "31" },
        { "ps", "", "--baud", "50", "12000000" },
        { "install", "x.wasm", "--slot", "0", "31" },
        { "install", "x.wasm", "--baud", "50", "12000000" },
        { "rm", "", "--slot", "0", "31" },
        { "rm", "", "--baud", "50", "12000000" },
        { "mem", "", "--interval", "0", "86400" },
        { "mem", "", "--count", "1", Int },
        { "mem", "", "--baud", "50", "12000000" },
        { "monitor", "", "--baud", "50", "12000000" },
        { "sign", "x.xip --key x.key", "--app-version", "0", "4294967295" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Range_is_held(string command, string needs, string option, string least, string most)
    {
        decimal low = decimal.Parse(least, CultureInfo.InvariantCulture), high = decimal.Parse(most, CultureInfo.InvariantCulture);
        foreach (decimal within in (decimal[])[low, high]) Assert.Empty(Mistakes(within));
        foreach (string beyond in (string[])[Word(low - 1), Word(high + 1), "-99999999999999999999",
            "99999999999999999999", "x", "NaN", ""])
            Assert.StartsWith($"{option} ", Assert.Single(Mistakes(beyond)), StringComparison.Ordinal);

        IReadOnlyList<string> Mistakes(object value) => UsageText.Mistakes(Program.Parse(
            [command, .. needs.Split(' ', StringSplitOptions.RemoveEmptyEntries), option, Word(value)]));
    }

    private static string Word(object value) => Convert.ToString(value, CultureInfo.InvariantCulture)!;

    [Fact]
    public void Table_has_all_of_them() => Assert.Equal(
        Numbers(Program.Commands(), "").Order(StringComparer.Ordinal),
        Table.Select(row => $"{row[0]} {row[2]}").Order(StringComparer.Ordinal));

    private static IEnumerable<string> Numbers(Command command, string name) => command.Options
        .Where(option => (Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType) is var type
            && type.IsPrimitive && type != typeof(bool))
        .Select(option => $"{name} {option.Name}".Trim())
        .Concat(command.Subcommands.SelectMany(one => Numbers(one, $"{name} {one.Name}".Trim())));

    [Fact]
    public void What_is_waited_for_is_said_once()
    {
        string what = $"waiting for {Guid.NewGuid()}";
        Assert.True(Tool.Build.Waiting.IsNew(what));
        Assert.False(Tool.Build.Waiting.IsNew(what));
    }
}
