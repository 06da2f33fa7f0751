// SPDX-License-Identifier: MIT
// wnano fit and wnano estimate as people and programs see them; with an emulated board where there is one.
using System;
using System.Linq;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tool.Boards;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Tools;

public class FitCommandTests
{
    /// <summary>
    /// Bytes that a firmware takes for the two rows of its sensor functions and .NET, which keeps its own, does not; and 8 more.
    /// </summary>
    private const uint SensorRows = 2 * 40 + 8;

    private static readonly string Hello = Repository.PathOf("samples/hello/hello.wasm"),
        Sensor = Repository.PathOf("samples/sensor/sensor.wasm");

    [Fact]
    public void Fit_prints_parts_and_method_and_three_things_to_shrink()
    {
        ProcessResult r = Wnano.Run("fit", Sensor, "--invoke", "run", "8");
        // What takes its time is said on the error stream.
        Assert.Equal((0, ""), (r.ExitCode, Regex.Replace(r.Error, @"^.*: about \d+ s\n", "", RegexOptions.Multiline)));
        foreach (string part in new[] { "linear memory", " B, 2 calls deep", "pool", "confirmed: it runs with that, and not with 8 B less",
            "1. ", "3. ", "-Wl,-z,stack-size=16" })
            Assert.Contains(part, r.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\x1B', r.Output);
    }

    [Fact]
    public void What_fit_says_is_enough_is_enough_for_run_and_not_much_more()
    {
        JsonNode host = Json("fit", Sensor, "--json", "--invoke", "run", "8")["host"]!;
        string stack = (string)host["operandStack"]!.AsValue().ToString()!;
        Assert.Equal(0, Wnano.Run("run", Sensor, "--pool", host["pool"]!.ToString(), "--stack", stack, "--invoke", "run", "8").ExitCode);
        Assert.StartsWith("WN2001", Wnano.Run("run", Sensor, "--pool", ((uint)host["pool"]! - SensorRows)
            .ToString(), "--stack", stack, "--invoke", "run", "8").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Estimate_is_what_fit_finds_where_the_calls_are_bounded()
    {
        JsonNode estimate = Json("estimate", Sensor, "--json"), fit = Json("fit", Sensor, "--json");
        Assert.Equal((uint)fit["pool"]!, (uint)estimate["pool"]!);
        Assert.Equal((uint)estimate["pool"]!, (uint)estimate["parts"]!.AsObject().Sum(part => (uint)part.Value!));
        Assert.NotEmpty(Json("estimate", Hello, "--json")["recursion"]!.AsArray());
    }

    [Fact]
    public void Program_that_reads_is_given_a_file()
    {
        JsonNode json = Json("fit", Hello, "--input", Sensor, "--env", "NAME=you", "--json", "--", "3");
        Assert.True((bool)json["host"]!["confirmed"]!);
    }

    [Fact]
    public void App_that_does_not_fit_a_board_fails_with_both_numbers()
    {
        ProcessResult r = Wnano.Run("fit", Hello, "--board", "microbit");
        Assert.Equal(1, r.ExitCode);
        Assert.Contains("FAIL", r.Output, StringComparison.Ordinal);
        Assert.Matches(@"^WN8103 microbit has a pool of [\d,]+ B, hello.wasm needs [\d,]+ B: ", r.Error);
    }

    [Fact]
    public void Trap_and_wrong_arguments_are_reported_as_by_run()
    {
        Assert.Equal(2, Wnano.Run("fit", Sensor, "--invoke", "run").ExitCode);
        Assert.StartsWith("WN6001", Wnano.Run("fit", Sensor, "--invoke", "fly").Error, StringComparison.Ordinal);
    }

    /// <summary>The firmware is built and run: with what was computed for its pointers it works, with 8 bytes less it does not.</summary>
    [Trait("Category", "Boards")]
    [Theory]
    [InlineData("mps2-an385")]
    [InlineData("riscv32")]
    public void Emulated_board_needs_exactly_what_was_computed(string board)
    {
        if (new SourceTree(Repository.PathOf("")).Board(board).MissingPackages.Count != 0) return;
        JsonNode json = Json("fit", Sensor, "--board", board, "--json", "--invoke", "run", "8");
        Assert.Equal("run on the board", (string)json["method"]!);
        Assert.True((bool)json["board"]!["fits"]!);
        Assert.True((bool)json["board"]!["asComputed"]!);
        Assert.InRange((uint)json["board"]!["nativeStack"]!, 64u, 4096u);
    }

    private static JsonNode Json(params string[] arguments)
    {
        ProcessResult r = Wnano.Run(arguments);
        // What takes its time is said on the error stream.
        Assert.Equal((0, ""), (r.ExitCode, Regex.Replace(r.Error, @"^.*: about \d+ s\n", "", RegexOptions.Multiline)));
        return JsonNode.Parse(r.Output)!;
    }
}
