// SPDX-License-Identifier: MIT
// README.md and docs/TOOLS.md speak of every command there is, and of no other.
using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tool;
using Xunit;

namespace Wamr.Nano.Tests.Docs;

public class ReadmeTests
{
    private static string[] Commands => [.. Program.Commands().Subcommands.Select(command => command.Name)];

    [Fact]
    public void Table_of_the_README_has_every_command_in_the_order_of_the_help() =>
        Assert.Equal(Commands, Regex.Matches(File.ReadAllText(Repository.PathOf("README.md")), @"^\| `(\w+)", RegexOptions.Multiline)
            .Select(match => match.Groups[1].Value));

    [Fact]
    public void Page_of_the_tools_shows_every_command() =>
        Assert.Empty(
            Commands.Except(Regex.Matches(File.ReadAllText(Repository.PathOf("docs/TOOLS.md")), @"^    \$ .*", RegexOptions.Multiline)
            .SelectMany(line => Regex.Matches(line.Value, @"wnano (\w+)")).Select(match => match.Groups[1].Value)));

    [Fact]
    public void Every_command_option_and_argument_is_described()
    {
        foreach (Command command in Program.Commands().Subcommands.SelectMany(command => command.Subcommands.Append(command)))
        {
            Assert.EndsWith(".", command.Description!, StringComparison.Ordinal);
            foreach (string? description in command.Options.Select(option => option.Description)
                .Concat(command.Arguments.Select(argument => argument.Description)))
                Assert.False(string.IsNullOrEmpty(description), command.Name);
        }
    }

    [Fact]
    public void Help_of_every_command_is_printed_and_succeeds()
    {
        foreach (string command in Commands)
        {
            ProcessResult r = Wnano.Run(command, "--help");
            Assert.Equal((0, ""), (r.ExitCode, r.Error));
            Assert.Contains($"wnano {command}", r.Output, StringComparison.Ordinal);
        }
        Assert.Equal(Wnano.Run("--help").Output, Wnano.Run().Output);
    }
}
