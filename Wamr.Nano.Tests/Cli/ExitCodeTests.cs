// SPDX-License-Identifier: MIT
// An app that ends itself gives its exit code, wherever its code runs: in _start, in a function that was called, in its start function, here and on boards.
using Opcode = Wamr.Nano.Core.Wasm.Opcode;
using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tool.Build;
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
        ProcessResult r = Wnano.Run(["run", Exits(where, code), .. Arguments(where)]);
        Assert.Equal((expected, ""), (r.ExitCode, r.Output));
        Assert.Equal(code == expected ? "" : $"the app's exit code is {code}; this system has room for 0 to 255, so this command ends with 255\n", r.Error);
        JsonNode json = JsonNode.Parse(Wnano.Run(["run", "--json", Exits(where, code), .. Arguments(where)]).Output)!;
        Assert.Equal((code, null), ((int)json["exitCode"]!, json["error"]));
    }

    [Trait("Category", "Boards")]
    [Theory]
    [InlineData("done", 7, 7)]
    [InlineData("done", 256, 255)]
    [InlineData("start", 0, 0)]
    [InlineData("start", 7, 7)]
    public void Firmware_gives_it_too(string where, int code, int expected)
    {
        foreach (string board in new[] { "host", "mps2-an386" }.Where(BoardKit.IsUsable))
        {
            ProcessResult r = Wnano.Run(["run", Exits(where, code), "--board", board, .. Arguments(where)]);
            Assert.Equal((board, expected, ""), (board, r.ExitCode, r.Output));
            Assert.DoesNotContain("WN", r.Error, StringComparison.Ordinal);
        }
    }

    [Trait("Category", "Boards")]
    [Theory]
    [InlineData("done", 7)]
    [InlineData("start", 7)]
    [InlineData("start", 0)]
    public void Image_gives_it_too(string where, int code)
    {
        if (ExternalProgram.Locate("gcc") == null) return;
        string image = Path.Combine(_folder.FullName, "image.xip");
        foreach (string[] how in new string[][] { ["--target", "x86_64"], ["--bytecode", "--target", "x86_64"] })
        {
            Assert.Equal(0, Wnano.Run(["compile", Exits(where, code), "-o", image, .. how]).ExitCode);
            ProcessResult r = Wnano.Run(["run", image, .. Arguments(where)]);
            Assert.Equal((code, "", ""), (r.ExitCode, r.Output, r.Error));
        }
    }

    [Fact]
    public void Library_tells_it_with_the_exception()
    {
        using NanoRuntime runtime = new(64 << 10);
        runtime.AddWasi();
        using NanoModule module = runtime.LoadModule(File.ReadAllBytes(Exits("start", 7)));
        Assert.Equal(7, Assert.Throws<WasmException>(() => module.Instantiate()).ExitCode);
        using NanoModule later = runtime.LoadModule(File.ReadAllBytes(Exits("done", 0)));
        using NanoInstance instance = later.Instantiate();
        Assert.Equal(0, Assert.Throws<WasmException>(() => instance.GetFunction("done").Call()).ExitCode);
    }

    private static string[] Arguments(string where) => where is "_start" ? [] : ["--invoke", where == "_initialize" ? "other" : "done"];

    /// <summary>A module that calls proc_exit in one function.</summary>
    private string Exits(string where, int code)
    {
        ModuleBuilder m = new();
        m.ImportFunction("wasi_snapshot_preview1", "proc_exit", "i:");
        uint exits = m.Function(":", new Code().I32(code).Call(0), export: where == "start" ? null : where);
        if (where == "start") m.Start(exits);
        m.Function(":", new Code().Op(Opcode.Nop), export: where == "done" ? "other" : "done");
        if (where == "_initialize") m.Function(":", new Code().Op(Opcode.Nop), export: "other");
        string file = Path.Combine(_folder.FullName, $"{where}{code}.wasm");
        File.WriteAllBytes(file, m.Build());
        return file;
    }
}
