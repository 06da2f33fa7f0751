// SPDX-License-Identifier: MIT
// A module whose every name tries to act on the terminal, before every command that prints names.
using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Cli;

public sealed class UntrustedNamesTests : IDisposable
{
    private const string Evil = "f\e[2J\e]0;x\a\r\nWN0000 [bold]ok\u202E<script>&\"'";

    private readonly string _folder = Directory.CreateTempSubdirectory("wnano-names").FullName;

    private readonly string _module;

    public UntrustedNamesTests()
    {
        ModuleBuilder m = new();
        m.Memory(1, export: "m" + Evil);
        m.Global('i', new Code().I32(1), export: "g" + Evil);
        m.Function(":i", new Code().I32(1), export: Evil);
        m.Function(":", new Code().Op(Opcode.Unreachable), export: "trap");
        byte[] name = Encoding.UTF8.GetBytes(Evil);
        byte[] map = [2, 0, (byte)name.Length, .. name, 1, (byte)name.Length, .. name];
        m.Custom("name", [1, (byte)map.Length, .. map]);
        m.Custom("c" + Evil, 1, 2, 3);
        _module = Path.Combine(_folder, "evil.wasm");
        File.WriteAllBytes(_module, m.Build());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("dump")]
    [InlineData("dump", "--code")]
    [InlineData("dump", "--registers")]
    [InlineData("size")]
    [InlineData("size", "--format", "csv")]
    [InlineData("check")]
    [InlineData("estimate")]
    [InlineData("fit", "--invoke", "trap")]
    [InlineData("run", "--invoke", "trap")]
    [InlineData("run", "--invoke", "no\esuch")]
    [InlineData("run", "--profile", "--invoke", "trap")]
    [InlineData("trim", "-o", "trimmed.wasm")]
    public void Text_holds_no_control_characters(string command, params string[] options)
    {
        string[] arguments = [.. options.Select(option => option == "trimmed.wasm" ? Path.Combine(_folder, option) : option)];
        ProcessResult r = Wnano.Run([command, _module, .. arguments]);
        Assert.DoesNotContain((r.Output + r.Error)
            .Replace("\r\n", "\n", StringComparison.Ordinal), c => c != '\n' && (char.IsControl(c) || c == '\u202E'));
        Assert.DoesNotContain((r.Output + r.Error).Split('\n'), line => line.StartsWith("WN0000", StringComparison.Ordinal));
        Assert.DoesNotContain("Unhandled", r.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dump")]
    [InlineData("size")]
    [InlineData("estimate")]
    [InlineData("run", "--profile", "--invoke", "trap")]
    public void JSON_is_well_formed(string command, params string[] options)
    {
        ProcessResult r = Wnano.Run([command, _module, "--json", .. options]);
        Assert.NotNull(JsonNode.Parse(r.Output));
        Assert.DoesNotContain('\e', r.Output);
    }

    [Theory]
    [InlineData("svg")]
    [InlineData("html")]
    public void Pictures_hold_names_as_text_alone(string format)
    {
        string picture = Wnano.Run("size", _module, "--format", format).Output;
        Assert.DoesNotContain("<script>&", picture, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', picture);
        if (format == "svg") Assert.NotEmpty(XDocument.Parse(picture).Descendants());
    }
}
