// SPDX-License-Identifier: MIT
// What a wrong command line is answered: the command, the argument and the option by their names, and the nearest word that is known.
using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tool;
using Wamr.Nano.Tool.Usage;
using Xunit;

namespace Wamr.Nano.Tests.Cli;

public sealed class UsageTests : IDisposable
{
    private static readonly string Sensor = Repository.PathOf("samples/sensor/sensor.wasm");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wnano");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("rnu", "there is no command 'rnu' (did you mean 'run'?)")]
    [InlineData("help rnu", "there is no command 'rnu' (did you mean 'run'?)")]
    [InlineData("rnu --help", "there is no command 'rnu' (did you mean 'run'?)")]
    [InlineData("xyzzy", "there is no command 'xyzzy'")]
    [InlineData("run", "<module> is missing: the .wasm file, or an image made from it (.xip)")]
    [InlineData("new board", "<name> is missing: name of the board")]
    [InlineData("build", "--board is missing: the board; 'wnano boards' lists them")]
    [InlineData("run x.wasm --pool", "--pool has no value: size of the pool that all memory comes from; 0: memory comes from the system")]
    [InlineData("run x.wasm --pool 1 --pool 2", "--pool takes one value, and has several")]
    [InlineData("run x.wasm --pool many", "--pool 'many': write bytes such as 512, 8K or 1M, below 1G")]
    [InlineData("run x.wasm --pol 8K", "there is no option '--pol' (did you mean '--pool'?); everything for the app stands after --")]
    [InlineData("run x.wasm --fuel -1", "--fuel '-1': use a number from 0 to 18446744073709551615")]
    [InlineData("run x.wasm --env NAME", "--env 'NAME': write NAME=value")]
    [InlineData("run x.wasm --board host --timeout -1", "--timeout '-1': give a time above 0, such as 50ms, 2s or 1min")]
    [InlineData("check x.wasm --josn", "there is no option '--josn' (did you mean '--json'?)")]
    [InlineData("check a.wasm b.wasm", "'b.wasm' is an argument too many")]
    [InlineData("new x --language rst", "--language 'rst': use one of c, rust, assemblyscript, zig, go, tinygo (did you mean 'rust'?)")]
    [InlineData("demo --rounds many", "--rounds 'many': a whole number is needed")]
    [InlineData("mem --interval x", "--interval 'x': a number is needed")]
    [InlineData("rm --slot 256", "--slot '256': use a number from 0 to 31")]
    [InlineData("install x.wasm --slot -1", "--slot '-1': use a number from 0 to 31")]
    [InlineData("compile x.wasm -O 9", "-O '9': use one of 1, 2, 3, s")]
    public void Mistake_is_named(string commandLine, string mistake) =>
        Assert.Equal([mistake], UsageText.Mistakes(Program.Parse(commandLine.Split(' '))));

    [Theory]
    [InlineData("run", "'wnano run --help' shows how")]
    [InlineData("new board", "'wnano new board --help' shows how")]
    [InlineData("fly", "'wnano --help' shows how")]
    public void Next_step_names_the_command(string commandLine, string next)
    {
        ProcessResult r = Wnano.Run(commandLine.Split(' '));
        Assert.Equal((2, ""), (r.ExitCode, r.Output));
        Assert.EndsWith(next + "\n", r.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_of_a_command_is_what_its_own_option_prints() =>
        Assert.Equal(Wnano.Run("run", "--help").Output, Wnano.Run("help", "run").Output);

    [Fact]
    public void Every_command_has_examples_that_are_right_and_shows_them()
    {
        foreach (WnanoCommand command in Program.Commands().Subcommands.SelectMany(command => command.Subcommands.Append(command))
            .Cast<WnanoCommand>())
        {
            Assert.NotEmpty(command.Examples);
            foreach ((string line, string does) in command.Examples)
            {
                string[] words = line.Split(' ');
                ParseResult parsed = Program.Parse(words[1..]);
                Assert.Equal(("wnano", command.Name), (words[0], parsed.CommandResult.Command is { Name: "board" }
                    && command.Name == "new" ? "new" : parsed.CommandResult.Command.Name));
                Assert.Empty(UsageText.Mistakes(parsed));
                Assert.NotEmpty(does);
            }
        }
        Assert.Matches(@"Examples:\n  wnano run ", Wnano.Run("run", "--help").Output);
    }

    /// <summary>Words that begin with @ were taken for files that hold more words.</summary>
    [Fact]
    public void Files_functions_and_arguments_may_begin_with_an_at_sign()
    {
        File.Copy(Sensor, Path.Combine(_folder.FullName, "@app.wasm"));
        ProcessResult r = Wnano.Start(new System.Diagnostics.ProcessStartInfo("dotnet",
            [Path.Combine(AppContext.BaseDirectory, "wnano.dll"), "check", "@app.wasm"]) { WorkingDirectory = _folder.FullName });
        Assert.Equal((0, ""), (r.ExitCode, r.Error));
        foreach (string commandLine in new[] { "run @x", "dump @x", "size @x", "fit @x", "compile @x --bytecode", "trim @x -o @y",
            "flash @x --board host", "install @x --name @n", "run x -- @y" })
            Assert.Empty(UsageText.Mistakes(Program.Parse(commandLine.Split(' '))));
        Assert.Contains("[Func '@run' (did you mean 'run'?)]", Wnano.Run("run", Sensor, "--invoke", "@run").Error,
            StringComparison.Ordinal);
    }

    /// <summary>An option that does nothing would be believed.</summary>
    [Theory]
    [InlineData("run {sensor} --count", "--count has no effect without --board")]
    [InlineData("run {sensor} --optimize -O2 --backend c", "--backend, --optimize have no effect without --board")]
    [InlineData("run {sensor} --board host --fuel 3", "--fuel has no effect with --board")]
    [InlineData("run {sensor} --port tcp:x:1 --pool 8K x", "<arguments>, --pool have no effect with --port")]
    [InlineData("run {sensor} --baud 9600", "--baud has no effect without --port")]
    [InlineData("mem --board host --count 3", "--count has no effect without --live")]
    [InlineData("ps --board host --port tcp:x:1", "--board has no effect with --port")]
    [InlineData("compile {sensor} --bytecode -O 2", "-O has no effect with --bytecode")]
    [InlineData("compile {sensor} --target thumbv7m --board host", "--board has no effect with --target")]
    [InlineData("demo --json --board host", "--board has no effect with --json")]
    public void Option_without_an_effect_is_refused(string commandLine, string mistake)
    {
        ProcessResult r = Wnano.Run(commandLine.Replace("{sensor}", Sensor, StringComparison.Ordinal).Split(' '));
        Assert.Equal(2, r.ExitCode);
        Assert.StartsWith("WN8001 " + mistake, r.Error, StringComparison.Ordinal);
    }

    /// <summary>The default operand stack of 8 KB left nothing of a small pool.</summary>
    [Theory]
    [InlineData("8K")]
    [InlineData("4K")]
    public void Small_pool_needs_no_smaller_stack_on_the_command_line(string pool)
    {
        ProcessResult r = Wnano.Run("run", Sensor, "--pool", pool, "--invoke", "run", "1");
        Assert.Equal((0, ""), (r.ExitCode, r.Error));
    }

    [Theory]
    [InlineData("run {sensor} --invoke rnu 1")]
    [InlineData("fit {sensor} --invoke rnu 1")]
    public void Error_about_an_unknown_function_suggests_the_nearest(string commandLine) =>
        Assert.Contains("[Func 'rnu' (did you mean 'run'?)]",
            Wnano.Run(commandLine.Replace("{sensor}", Sensor, StringComparison.Ordinal).Split(' ')).Error, StringComparison.Ordinal);

    [Theory]
    [InlineData("stm32f40", "stm32f405")]
    [InlineData("hots", "host")]
    public void Error_about_an_unknown_board_suggests_the_nearest(string board, string near) =>
        Assert.Contains($"there is no board '{board}' (did you mean '{near}'?)", Wnano.Run("build", "--board", board).Error,
            StringComparison.Ordinal);
}
