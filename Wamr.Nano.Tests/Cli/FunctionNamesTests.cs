// SPDX-License-Identifier: MIT
// Names of functions in what commands print: readable in text, both in JSON.
using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Cli;

public sealed class FunctionNamesTests : IDisposable
{
    private const string Raw = "_ZN3app4draw17h0123456789abcdefE", Readable = "app::draw", Trap = "_ZN3app4stopEv",
        ReadableTrap = "app::stop()";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wnano");
    private readonly string _module;

    public FunctionNamesTests()
    {
        ModuleBuilder m = new();
        m.Memory(1);
        uint draw = m.Function(":i", new Code().I32(1), export: Raw);
        m.Function(":", new Code().Call(draw).Op(Opcode.Drop).Op(Opcode.Unreachable), export: Trap);
        _module = Path.Combine(_folder.FullName, "named.wasm");
        File.WriteAllBytes(_module, m.Build());
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("size --all {0}", Readable + " [0]")]
    [InlineData("dump {0}", "func[0] " + Readable + " ")]
    [InlineData("dump --code {0}", "func[1] " + ReadableTrap + " ")]
    [InlineData("estimate {0}", ReadableTrap + " > " + Readable)]
    [InlineData("run {0} --profile --invoke " + Raw, Readable + " ")]
    public void Text_has_the_readable_name(string commandLine, string expected) =>
        Assert.Contains(expected, Run(commandLine).Output, StringComparison.Ordinal);

    [Fact]
    public void A_trap_names_functions_readably()
    {
        ProcessResult r = Run("run {0} --invoke " + Trap);
        Assert.Contains($"at {ReadableTrap} (function 1, ", r.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_has_both_names()
    {
        JsonNode size = JsonNode.Parse(Run("size {0} --json").Output)!;
        JsonNode code = size["memories"]![0]!["parts"]!.AsArray().Single(part => (string)part!["name"]! == "code")!;
        Assert.Contains(code["parts"]!.AsArray(), part => ((string)part!["name"]!, (string?)part["symbol"]) == (Readable + " [0]", Raw));
        Assert.Equal([Raw, Trap], JsonNode.Parse(Run("dump {0} --json").Output)!["symbols"]!.AsArray().Select(name => (string)name!));
        JsonNode estimate = JsonNode.Parse(Run("estimate {0} --json").Output)!;
        Assert.Equal([Trap, Raw], estimate["deepestCalls"]!.AsArray().Select(name => (string)name!));
        Assert.Equal([ReadableTrap, Readable], estimate["deepestCallsReadable"]!.AsArray().Select(name => (string)name!));
        JsonNode frame = JsonNode.Parse(Run($"run {{0}} --json --invoke {Trap}").Output)!["error"]!["callStack"]![0]!;
        Assert.Equal((Trap, ReadableTrap), ((string)frame["name"]!, (string)frame["readable"]!));
    }

    private ProcessResult Run(string commandLine) => Wnano.Run([.. commandLine.Split(' ').Select(word => word == "{0}" ? _module : word)]);
}
