// SPDX-License-Identifier: MIT
// The commands of wnano: output, exit codes, JSON, messages.
using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Cli;

public sealed class CommandTests : IDisposable
{
    private static readonly string Hello = Repository.PathOf("samples/hello/hello.wasm"),
        Sensor = Repository.PathOf("samples/sensor/sensor.wasm");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wnano");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Demo_prints_readings_and_the_memory_of_an_8_KB_pool()
    {
        ProcessResult r = Wnano.Run("demo", "--board", "none");
        Assert.Equal((0, ""), (r.ExitCode, r.Error));
        Assert.Matches(@"temperature: \d+\.\d\d C", r.Output);
        Assert.Contains("pool 8,192 B", r.Output, StringComparison.Ordinal);
        Assert.Equal(r.Output, Wnano.Run("demo", "--board", "none").Output);
    }

    [Fact]
    public void Run_hands_on_arguments_environment_and_exit_code()
    {
        ProcessResult r = Wnano.Run("run", Hello, "--env", "NAME=you", "--", "7", "--pool");
        Assert.Equal(7, r.ExitCode);
        Assert.Equal("Hello, you!\nargument 1: 7\nargument 2: --pool\n", r.Output);
    }

    [Fact]
    public void Run_calls_a_function_with_its_arguments()
    {
        ProcessResult r = Wnano.Run("run", File("add.wasm", SmallModules.Add), "--invoke", "f", "40", "-2");
        Assert.Equal((0, "f: 38\n"), (r.ExitCode, r.Output));
    }

    /// <summary>The function _initialize of a WASI library comes first, and once.</summary>
    [Theory]
    [InlineData("get: 1\n", "run", "--invoke", "get")]
    [InlineData("", "run", "--invoke", "_initialize")]
    [InlineData("operand stack: ", "fit", "--invoke", "get")]
    public void Library_is_initialized_before_its_function_is_called(string output, string command, params string[] arguments)
    {
        ProcessResult r = Wnano.Run([command, File("library.wasm", LibraryApp.Module()), .. arguments]);
        Assert.Equal((0, ""), (r.ExitCode, r.Error));
        Assert.Contains(output, r.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_in_a_pool_of_4_KB_reads_sensors_from_a_file()
    {
        string csv = File("data.csv", "t,h,v\n20,50,3.3\n22,51,3.3\n"u8.ToArray());
        ProcessResult r = Wnano.Run("run", Sensor, "--pool", "4K", "--stack", "512", "--sensor", csv, "--invoke", "run", "2");
        Assert.Equal("", r.Error);
        Assert.Contains("temperature: 20.05 C\nhumidity: 50.10 %\nsupply: 3.32 V\ntemperature: 21.07 C\n", r.Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Run_as_json_holds_output_results_and_memory()
    {
        JsonNode json = Json(Wnano.Run("run", Sensor, "--json", "--invoke", "run", "1"));
        Assert.Equal(0, (int)json["exitCode"]!);
        Assert.StartsWith("temperature: ", (string)json["output"]!, StringComparison.Ordinal);
        Assert.True((uint)json["memory"]!["all"]!["used"]! > 0);
    }

    [Fact]
    public void Profile_names_functions_and_instructions()
    {
        ProcessResult r = Wnano.Run("run", Sensor, "--profile", "--invoke", "run", "2");
        Assert.Equal(0, r.ExitCode);
        Assert.Contains("run", r.Output, StringComparison.Ordinal);
        Assert.Contains("I32Add", r.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Trap_is_reported_with_its_code_and_call_stack()
    {
        byte[] endless = SmallModules.Of("i:i", new Code().Get(0).Call(0));
        ProcessResult r = Wnano.Run("run", File("endless.wasm", endless), "--invoke", "f", "1");
        Assert.Equal(1, r.ExitCode);
        Assert.StartsWith("WN5010 operand stack overflow", r.Error, StringComparison.Ordinal);
        Assert.Contains("at f (function 0, offset 0x", r.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Fuel_ends_an_endless_loop()
    {
        ProcessResult r = Wnano.Run("run", File("count.wasm", SmallModules.CountTo), "--fuel", "100", "--invoke", "f", "1000000");
        Assert.Equal(1, r.ExitCode);
        Assert.StartsWith("WN5014 fuel exhausted", r.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Small_pool_is_reported_with_numbers_and_the_next_step()
    {
        ProcessResult r = Wnano.Run("run", Hello, "--pool", "8K");
        Assert.Equal(1, r.ExitCode);
        Assert.Matches(@"^WN2001 out of memory: [\d,]+ B asked for, [\d,]+ B free, largest block [\d,]+ B: .*--pool", r.Error);
    }

    [Fact]
    public void Size_ends_with_the_line_of_totals()
    {
        ProcessResult r = Wnano.Run("size", Sensor);
        long bytes = new FileInfo(Sensor).Length;
        Assert.Matches($@"^Module: sensor \([\d,]+ RAM - {bytes:N0} ROM\)$", r.Output.TrimEnd('\n').Split('\n').Last());
        JsonNode json = Json(Wnano.Run("size", Sensor, "--json"));
        Assert.Equal((uint)bytes, (uint)json["rom"]!);
        Assert.Equal((uint)json["ram"]!, (uint)json["memories"]![1]!["parts"]!.AsArray().Sum(part => (uint)part!["bytes"]!));
    }

    [Fact]
    public void Dump_lists_declarations_and_disassembles_both_codes()
    {
        ProcessResult r = Wnano.Run("dump", Sensor, "--code", "--registers");
        Assert.Equal(0, r.ExitCode);
        foreach (string part in new[] { "sensor.read: func (i32) -> (i32)", "memory truncated to", "f32.convert_i32_s", "local.get 0",
            "frame of", "return32 r" })
            Assert.Contains(part, r.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_says_where_a_bad_module_is_bad()
    {
        Assert.Equal(0, Wnano.Run("check", Hello).ExitCode);
        string bad = File("bad.wasm", SmallModules.Of("i:I", new Code().Get(0)));
        ProcessResult r = Wnano.Run("check", bad);
        Assert.Equal(1, r.ExitCode);
        Assert.Matches("^WN3001 type mismatch at offset 0x[0-9a-f]+, index 0: ", r.Error);
        JsonNode json = Json(Wnano.Run("check", bad, "--json"));
        Assert.Equal((false, "WN3001"), ((bool)json["valid"]!, (string)json["code"]!));
    }

    [Theory]
    [InlineData("fly")]
    [InlineData("run")]
    [InlineData("run x.wasm --pool many")]
    [InlineData("run x.wasm --pool 2G")]
    [InlineData("check x.wasm --wrong")]
    public void Wrong_usage_exits_with_2_and_a_hint(string commandLine)
    {
        ProcessResult r = Wnano.Run(commandLine.Split(' '));
        Assert.Equal((2, ""), (r.ExitCode, r.Output));
        Assert.Contains("--help", r.Error, StringComparison.Ordinal);
    }

    public static TheoryData<string, int, string> Failing => new()
    {
        { "check nowhere.wasm", 1, "WN8002" },
        { "check {folder}", 1, "WN8002" },
        { "check {empty}", 1, "WN1001" },
        { "dump nowhere.wasm", 1, "WN8002" },
        { "size {folder}", 1, "WN8002" },
        { "size {sensor} --stack 1", 2, "WN8001" },
        { "dump {empty} --code", 1, "WN1001" },
        { "run nowhere.wasm", 1, "WN8002" },
        { "run {sensor} --invoke nope", 1, "WN6001" },
        { "run {sensor} --invoke run", 2, "WN8001" },
        { "run {sensor} --invoke run 1 2", 2, "WN8001" },
        { "run {sensor} --invoke run 99999999999", 2, "WN8001" },
        { "run {sensor} --invoke run x", 2, "WN8001" },
        { "run {library}", 2, "WN8001" },
        { "run {sensor} --pool 100 --invoke run 1", 1, "WN2003" },
        { "run {sensor} --stack 4 --invoke run 1", 1, "WN6009" },
        { "run {sensor} --heap 1 --invoke run 1", 1, "WN4007" },
        { "run {sensor} --fuel -1 --invoke run 1", 2, "WN8001" },
        { "run {sensor} --fuel 3 --invoke run 100", 1, "WN5014" },
        { "run {sensor} --pool 99999999999999999999K --invoke run 1", 2, "WN8001" },
        { "run {sensor} --sensor nowhere.csv --invoke run 1", 1, "WN8002" },
        { "run {sensor} --sensor {sensor} --invoke run 1", 2, "WN8001" },
        { "demo --rounds many", 2, "WN8001" },
        { "run {sensor} --count", 2, "WN8001" },
        { "mem --board host --live --interval -5", 2, "WN8001" },
        { "mem --board host --count 0", 2, "WN8001" },
        { "check {image}", 1, "WN8110" },
        { "estimate {image}", 1, "WN8110" },
        { "trim {image} -o {empty}", 1, "WN8110" },
        { "compile {image} --bytecode", 1, "WN8110" },
        { "fit {image} --board host", 1, "WN7007" },
        { "size {sensor} --diff {image}", 1, "WN7007" },
    };

    [Theory]
    [MemberData(nameof(Failing))]
    public void What_fails_has_a_code_an_exit_code_and_as_json_an_object(string commandLine, int exitCode, string code)
    {
        string[] arguments = commandLine.Replace("{folder}", _folder.FullName)
            .Replace("{empty}", File("empty.wasm", [])).Replace("{sensor}", Sensor)
            .Replace("{library}", File("library.wasm", LibraryApp.Module()))
            .Replace("{image}", File("cut.xip", "\0xip, and no more"u8.ToArray())).Split(' ');
        ProcessResult r = Wnano.Run([arguments[0], "--json", .. arguments[1..]]);
        Assert.Equal(exitCode, r.ExitCode);
        Assert.StartsWith(code + " ", r.Error.TrimStart(), StringComparison.Ordinal);
        JsonNode json = Json(r);
        if (arguments[0] == "check" && json["valid"] != null) Assert.Equal(code, (string)json["code"]!);
        else Assert.Equal((code, exitCode), ((string)json["error"]!["code"]!, (int)json["exitCode"]!));
    }

    [Fact]
    public void Output_before_a_trap_is_part_of_the_json()
    {
        ProcessResult r = Wnano.Run("run", Sensor, "--json", "--fuel", "2000", "--invoke", "run", "100");
        Assert.Equal(1, r.ExitCode);
        JsonNode json = Json(r);
        Assert.StartsWith("temperature: ", (string)json["output"]!, StringComparison.Ordinal);
        Assert.NotEmpty(json["error"]!["callStack"]!.AsArray());
    }

    [Theory]
    [InlineData("check {huge}", "WN8002 huge.wasm has 3,221,225,472 B; no file of more than")]
    [InlineData("size {huge}", "WN8002 huge.wasm has 3,221,225,472 B")]
    [InlineData("fit {folder}", "WN8002 ")]
    [InlineData("estimate nowhere.wasm", "WN8002 there is no file ")]
    [InlineData("dump nowhere.wasm", "WN8002 there is no file ")]
    [InlineData("compile nowhere.wasm --bytecode", "WN8002 there is no file ")]
    [InlineData("size {sensor} --diff nowhere.wasm", "WN8002 there is no file ")]
    [InlineData("flash nowhere.wasm --board host", "WN8002 there is no file ")]
    [InlineData("trim {sensor} -o {folder}/none/x.wasm", "WN8002 the folder of {folder}/none/x.wasm does not exist")]
    [InlineData("trim {sensor} -o {folder}", "WN8002 {folder} is a folder, not a file")]
    [InlineData("size {sensor} -o {folder}/none/x.txt", "WN8002 the folder of ")]
    [InlineData("fit {sensor} --input nowhere.txt", "WN8002 there is no file ")]
    [InlineData("run {sensor} --sensor {folder}", "WN8002 ")]
    public void Files_that_cannot_be_read_or_written_are_refused_in_our_own_words(string commandLine, string error)
    {
        string huge = Path.Combine(_folder.FullName, "huge.wasm");
        using (FileStream file = System.IO.File.Create(huge)) file.SetLength(3L << 30);
        ProcessResult r =
            Wnano.Run(commandLine.Replace("{huge}", huge).Replace("{folder}", _folder.FullName).Replace("{sensor}", Sensor).Split(' '));
        Assert.Equal(1, r.ExitCode);
        Assert.StartsWith(error.Replace("{folder}", _folder.FullName), r.Error, StringComparison.Ordinal);
        Assert.DoesNotMatch("Could not find|Access to the path|denied|   at ", r.Error);
    }

    [Theory]
    [InlineData("NO_COLOR", "1")]
    [InlineData("LC_ALL", "en_US.ISO-8859-1")]
    public void Output_is_plain_where_colours_or_lines_are_not_wanted(string variable, string value)
    {
        ProcessResult r =
            Wnano.Start("env", $"{variable}={value}", "dotnet", Path.Combine(AppContext.BaseDirectory, "wnano.dll"), "size", Sensor);
        Assert.Equal(0, r.ExitCode);
        Assert.DoesNotMatch(@"\x1b|\?|\uFFFD", r.Output);
        Assert.Contains("linear memory", r.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_file_is_an_error_not_a_stack_trace()
    {
        ProcessResult r = Wnano.Run("check", "nowhere.wasm");
        Assert.Equal(1, r.ExitCode);
        Assert.Contains("nowhere.wasm", r.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", r.Error, StringComparison.Ordinal);
    }

    private static JsonNode Json(ProcessResult result) => JsonNode.Parse(result.Output)!;

    private string File(string name, byte[] contents)
    {
        string path = Path.Combine(_folder.FullName, name);
        System.IO.File.WriteAllBytes(path, contents);
        return path;
    }
}
