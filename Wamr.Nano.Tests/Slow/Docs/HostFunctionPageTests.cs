// SPDX-License-Identifier: MIT
// The examples of docs/HOST-FUNCTIONS.md run as they stand, against apps that call what they define.
using System;
using System.IO;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Docs;

public sealed class HostFunctionPageTests : IDisposable
{
    private const string Page = "docs/HOST-FUNCTIONS.md";

    private static readonly string[] s_blocks = CSharpProgram.BlocksOf(Page);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wnano-sample");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Every_example_of_the_page_is_run_by_a_test() => Assert.Equal(6, s_blocks.Length);

    /// <summary>The app calls add and scale, and waits.</summary>
    [Fact]
    public void Delegates_serve_an_app()
    {
        ModuleBuilder m = new();
        uint add = m.ImportFunction("env", "add", "ii:i"), scale = m.ImportFunction("env", "scale", "Ff:F"),
            wait = m.ImportFunction("env", "wait", "I:");
        m.Function(":F", new Code().I64(250).Call(wait).I32(40).I32(2).Call(add).Op(Opcode.F64ConvertI32S)
            .F32(0.5f).Call(scale), export: "run");
        Assert.Equal("waits 250 ms\n21\n", Run(0, m, """Console.WriteLine(app.GetFunc<double>("run")());"""));
    }

    [Fact]
    public void Text_and_bytes_serve_an_app()
    {
        ModuleBuilder m = new();
        uint log = m.ImportFunction("env", "log", "ii:"), sha = m.ImportFunction("env", "sha256", "iiii:"),
            stop = m.ImportFunction("env", "stop_if_larger_than", "i:i");
        m.Memory(1);
        m.Data(0, "abc"u8.ToArray());
        m.Function(":i", new Code().I32(0).I32(3).Call(log).I32(0).I32(3).I32(64).I32(32).Call(sha)
            .I32(65536).Call(stop).Op(Opcode.Drop).I32(64).Op(Opcode.I32Load, 2, 0), export: "run");
        Assert.Equal("abc\nBA7816BF\n", Run(1, m,
            """Console.WriteLine(Convert.ToHexString(BitConverter.GetBytes(app.GetFunc<int>("run")())));"""));
    }

    [Fact]
    public void Signatures_serve_an_app()
    {
        ModuleBuilder m = new();
        uint div = m.ImportFunction("env", "div_rem", "ii:ii"), print = m.ImportFunction("env", "print", "i:"),
            fill = m.ImportFunction("env", "fill", "iii:i");
        m.Memory(1);
        m.Data(0, "abc\0"u8.ToArray());
        m.Function(":i", new Code().I32(0).I32(2).I32('x').Call(fill).Op(Opcode.Drop).I32(0).Call(print)
            .I32(47).I32(10).Call(div).Op(Opcode.I32Sub), export: "run");
        Assert.Equal("xxc\n-3\n", Run(2, m, """Console.WriteLine(app.GetFunc<int>("run")());"""));
    }

    [Fact]
    public void Exceptions_and_calls_back_do_what_the_page_says()
    {
        ModuleBuilder m = new();
        uint twice = m.ImportFunction("env", "twice", "i:i");
        m.Function("i:i", new Code().Get(0).Call(twice), export: "run");
        Assert.Equal("16\nWN6005: is too large to be doubled (Parameter 'x')\n", Run(3, m, ""));
    }

    [Fact]
    public void Text_goes_into_an_app()
    {
        ModuleBuilder m = new();
        m.ImportFunction("env", "twice", "i:i");
        m.Memory(1, 1);
        m.Function("ii:i", new Code().Get(1), export: "count");
        Assert.Equal("7\n", Run(4, m, ""));
    }

    [Fact]
    public void Definitions_serve_an_app()
    {
        ModuleBuilder m = new();
        m.ImportTable("env", "table", 1);
        m.ImportMemory("env", "memory", 1);
        m.ImportGlobal("env", "counter", 'i', mutable: true);
        m.Data(0, "done\0"u8.ToArray());
        m.Function("i:i", new Code().Get(0).I32(1).Op(Opcode.I32Add), export: "handler");
        m.Function(":", new Code().I32(41).I32(0).Op(Opcode.CallIndirect, m.Type("i:i"), 0).Op(Opcode.GlobalSet, 0), export: "run");
        Assert.Equal("done 42\n", Run(5, m, ""));
    }

    /// <summary>Runs an example and, behind it, code that instantiates the app and goes on with it.</summary>
    private string Run(int block, ModuleBuilder app, string more)
    {
        File.WriteAllBytes(Path.Combine(_folder.FullName, "app.wasm"), app.Build());
        string load = more.Length == 0 ? ""
            : """NanoInstance app = runtime.LoadModule(System.IO.File.ReadAllBytes("app.wasm")).Instantiate();""";
        ProcessResult r = CSharpProgram.Run($"{s_blocks[block]}{load}\n{more}\n", _folder.FullName);
        Assert.Equal((0, ""), (r.ExitCode, r.Error));
        return r.Output.Replace("\r", "", StringComparison.Ordinal);
    }
}
