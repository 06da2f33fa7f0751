// SPDX-License-Identifier: MIT
// Sizes add up to the file, to the pool and to the firmware; differences are shown by part; formats hold the same figures.
using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tool.Size;
using Xunit;

namespace Wamr.Nano.Tests.Tools;

public sealed class SizeTests : IDisposable
{
    private static readonly string Hello = Repository.PathOf("samples/hello/hello.wasm"),
        Sensor = Repository.PathOf("samples/sensor/sensor.wasm");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wnano-size");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("samples/hello/hello.wasm")]
    [InlineData("samples/sensor/sensor.wasm")]
    [InlineData("bench/kernels/sha256.wasm")]
    public void Parts_of_a_module_add_up_to_its_bytes_and_its_pool(string module)
    {
        FileInfo file = new(Repository.PathOf(module));
        SizeReport report = new SizeSource(null, 0, 0).Read(file);
        Assert.Equal((ulong)file.Length, report.Rom);
        foreach (SizeMemory memory in report.Memories)
            Assert.Equal(memory.Used, (ulong)memory.Parts.Leaves().Sum(leaf => (long)leaf.Bytes));
        JsonNode estimate = JsonNode.Parse(Wnano.Run("estimate", file.FullName, "--json").Output)!;
        Assert.Equal((ulong)estimate["pool"]!, report.Ram);
    }

    [Fact]
    public void Text_has_a_boxed_table_a_gauge_and_the_largest_functions()
    {
        ProcessResult r = Wnano.Run("size", Hello, "--board", "microbit");
        Assert.Equal((0, ""), (r.ExitCode, r.Error));
        Assert.Matches(@"│ flash\s+│ 24,998 │ 237,146 │ 262,144 │  +9\.5 │", r.Output);
        Assert.Matches(@"^flash: \[= {9}\]   9\.5% \(used 24998 bytes from 262144 bytes\)", r.Output.Split('\n')
            .Single(line => line.StartsWith("flash:", StringComparison.Ordinal)));
        Assert.Contains("Overflow!", r.Output, StringComparison.Ordinal);
        Assert.Contains("code / _start [30]", r.Output, StringComparison.Ordinal);
        Assert.Contains("--all shows them", r.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("--all shows them", Wnano.Run("size", Hello, "--all").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Csv_has_a_row_a_part_and_a_file_can_be_written()
    {
        string csv = Path.Combine(_folder.FullName, "sizes.csv");
        Assert.Equal((0, ""), (Wnano.Run("size", Sensor, "--format", "csv", "-o", csv) is var r ? r.ExitCode : 1, r.Output));
        string[] rows = File.ReadAllLines(csv);
        Assert.Equal("memory,part,bytes", rows[0]);
        long flash = rows.Where(row => row.StartsWith("flash,", StringComparison.Ordinal))
            .Sum(row => long.Parse(row.Split(',')[^1], CultureInfo.InvariantCulture));
        Assert.Equal(new FileInfo(Sensor).Length, flash);
    }

    [Fact]
    public void Difference_to_an_older_file_is_shown_by_part()
    {
        JsonNode same = JsonNode.Parse(Wnano.Run("size", Sensor, "--diff", Sensor, "--json").Output)!;
        Assert.Empty(same["changes"]!.AsArray());
        JsonNode json = JsonNode.Parse(Wnano.Run("size", Hello, "--diff", Sensor, "--format", "json").Output)!;
        JsonNode flash = json["totals"]![0]!;
        (long hello, long sensor) = (new FileInfo(Hello).Length, new FileInfo(Sensor).Length);
        Assert.Equal((hello, sensor, hello - sensor), ((long)flash["new"]!, (long)flash["old"]!, (long)flash["change"]!));
        Assert.Equal((long)flash["change"]!, json["changes"]!.AsArray()
            .Where(change => (string)change!["memory"]! == "flash").Sum(change => (long)change!["change"]!));
        Assert.Contains("│ flash: code / function 23", Wnano.Run("size", Hello, "--diff", Sensor).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_has_no_sizes_is_refused_with_a_number()
    {
        string text = Path.Combine(_folder.FullName, "notes.txt");
        File.WriteAllText(text, "notes");
        Assert.StartsWith("WN8108 notes.txt (5 B) is neither", Wnano.Run("size", text).Error, StringComparison.Ordinal);
        string broken = Path.Combine(_folder.FullName, "broken.wasm");
        File.WriteAllBytes(broken, [0, (byte)'a', (byte)'s', (byte)'m', 1, 0, 0]);
        Assert.StartsWith("WN1001", Wnano.Run("size", broken).Error, StringComparison.Ordinal);
        Assert.Equal(2, Wnano.Run("size", Sensor, "--format", "png").ExitCode);
        Assert.Equal(2, Wnano.Run("size", Sensor, "--diff", Sensor, "--format", "svg").ExitCode);
    }

    [Fact]
    public void Cells_with_commas_are_quoted()
    {
        SizeNode parts = new("flash");
        parts.Add(3, "a", "f(int, int)");
        using StringWriter csv = new();
        SizeData.Csv(csv, new SizeReport("m", "module", [new("flash", 0, parts)]));
        Assert.Contains("flash,\"a / f(int, int)\",3", csv.ToString(), StringComparison.Ordinal);
    }
}
