// SPDX-License-Identifier: MIT
// An app that ends itself gives its exit code, wherever its code runs: in _start, in a function that was called, in its start function.
using System;
using System.IO;
using System.Text.Json.Nodes;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Cli;

public sealed class ExitCodeTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wnano");

    public void Dispose() => _folder.Delete(recursive: true);

    public static TheoryData<string, int, int> Ways => new()
    {
        { "done", 0, 0 }, { "done", 7, 7 }, { "done", 255, 255 }, { "done", 256, 255 }, { "done", -1, 255 },
        { "start", 0, 0 }, { "start", 7, 7 }, { "_initialize", 7, 7 }, { "_start", 0, 0 }, { "_start", 7, 7 },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public void App_that_ends_itself_gives_its_exit_code(string where, int code, int expected)
    {
        ProcessResult r = Wnano.Run(["run", ExitingApp.File(_folder, where, code), .. ExitingApp.Arguments(where)]);
        Assert.Equal((expected, ""), (r.ExitCode, r.Output));
        Assert.Equal(code == expected ? ""
            : $"the app's exit code is {code}; this system has room for 0 to 255, so this command ends with 255\n", r.Error);
        JsonNode json =
            JsonNode.Parse(Wnano.Run(["run", "--json", ExitingApp.File(_folder, where, code), .. ExitingApp.Arguments(where)]).Output)!;
        Assert.Equal((code, null), ((int)json["exitCode"]!, json["error"]));
    }

    [Fact]
    public void Exception_of_the_library_has_the_exit_code()
    {
        using NanoRuntime runtime = new(64 << 10);
        runtime.AddWasi();
        using NanoModule module = runtime.LoadModule(File.ReadAllBytes(ExitingApp.File(_folder, "start", 7)));
        Assert.Equal(7, Assert.Throws<WasmException>(() => module.Instantiate()).ExitCode);
        using NanoModule later = runtime.LoadModule(File.ReadAllBytes(ExitingApp.File(_folder, "done", 0)));
        using NanoInstance instance = later.Instantiate();
        Assert.Equal(0, Assert.Throws<WasmException>(() => instance.GetFunction("done").Call()).ExitCode);
    }
}
