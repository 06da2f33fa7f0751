// SPDX-License-Identifier: MIT
// What is served beside WASI preview 1: preview 0 with its own structures, and AssemblyScript's abort.
using System;
using System.IO;
using System.Text;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.WasiPreview1;

public unsafe class WasiAndKinTests
{
    private const int Success = 0, Invalid = 28;

    [Theory]
    [InlineData("wasi_unstable", "fd_write", "iiii:i", WasmError.None)]
    [InlineData("wasi_snapshot_preview1", "fd_write", "iiii:i", WasmError.None)]
    [InlineData("env", "abort", "iiii:", WasmError.None)]
    [InlineData("env", "abort", ":", WasmError.UnknownImport)]
    [InlineData("env", "abor", "iiii:", WasmError.UnknownImport)]
    [InlineData("wasi_unstable", "abort", "iiii:", WasmError.UnknownImport)]
    [InlineData("wasi_unstable", "fd_write", "iii:i", WasmError.IncompatibleImportType)]
    [InlineData("wasi_unstabl", "fd_write", "iiii:i", WasmError.UnknownImport)]
    [InlineData("wasi_unstable2", "fd_write", "iiii:i", WasmError.UnknownImport)]
    public void Imports_are_found_by_module_name_and_type(string module, string name, string type, WasmError expected)
    {
        using World world = new();
        Assert.Equal(WasmError.None, WasiAndKin.Register(world.Rt));
        ModuleBuilder m = new();
        m.ImportFunction(module, name, type);
        if (expected == WasmError.None) world.Instantiate(m);
        else Assert.Equal(expected, world.Refusal(m));
    }

    /// <summary>The module's name, and where a clock subscription and a filestat have what the program looks at.</summary>
    [Theory]
    [InlineData("wasi_unstable", 24, 56)]
    [InlineData("wasi_snapshot_preview1", 16, 64)]
    public void Program_is_served_with_the_structures_of_its_version(string version, int clockAt, int filestatBytes)
    {
        MemoryStream output = new();
        using NanoRuntime runtime = new(new NanoRuntimeOptions { Output = output });
        runtime.AddWasi();
        ModuleBuilder m = new();
        uint poll = m.ImportFunction(version, "poll_oneoff", "iiii:i"), stat = m.ImportFunction(version, "fd_filestat_get", "ii:i");
        uint write = m.ImportFunction(version, "fd_write", "iiii:i");
        m.Memory(1, export: "memory");
        byte[] subscriptions = new byte[(clockAt + 32) * 2];
        subscriptions[0] = 0xA1;
        subscriptions[clockAt] = 1;
        BitConverter.TryWriteBytes(subscriptions.AsSpan(clockAt + 8), 1UL);
        int second = clockAt + 32;
        subscriptions[second] = 0xA2;
        subscriptions[second + 8] = 2;
        subscriptions[second + 16] = 1;
        m.Data(0, subscriptions);
        m.Data(400, Encoding.ASCII.GetBytes("hi"));
        m.Data(408, 0x90, 1, 0, 0, 2, 0, 0, 0);
        m.Function(":i", new Code().I32(0).I32(200).I32(2).I32(300).Call(poll), export: "poll");
        m.Function(":i", new Code().I32(1).I32(500).Call(stat), export: "stat");
        m.Function(":i", new Code().I32(1).I32(408).I32(1).I32(300).Call(write), export: "write");
        using NanoModule module = runtime.LoadModule(m.Build());
        using NanoInstance app = module.Instantiate();
        app.Memory!.Bytes.Slice(500, 72).Fill(0xEE);

        Assert.Equal(Success, app.GetFunc<int>("poll")());
        Assert.Equal(1, app.Memory.Read<int>(300));
        Assert.Equal((0xA2, 2), (app.Memory.Read<byte>(200), app.Memory.Read<byte>(210)));
        Assert.Equal(Success, app.GetFunc<int>("stat")());
        Assert.Equal((0, 0xEE), (app.Memory.Read<byte>(500 + (uint)filestatBytes - 1), app.Memory.Read<byte>(500 + (uint)filestatBytes)));
        Assert.Equal(Success, app.GetFunc<int>("write")());
        Assert.Equal("hi", Encoding.ASCII.GetString(output.ToArray()));
        app.Memory.Write(8, (byte)9);
        Assert.Equal(Invalid, app.GetFunc<int>("poll")());
    }

    /// <summary>Text objects as AssemblyScript lays them out: length in bytes, then UTF-16.</summary>
    private static byte[] Text(string text) => [.. BitConverter.GetBytes(text.Length * 2), .. Encoding.Unicode.GetBytes(text)];

    private static ModuleBuilder Aborting(int message, int file)
    {
        ModuleBuilder m = new();
        uint abort = m.ImportFunction("env", "abort", "iiii:");
        m.Memory(1);
        m.Data(64, Text("größer als € und 𝄞"));
        m.Data(256, Text("assembly/index.ts"));
        m.Data(512, 0, 16, 0, 0, 0x41, 0, 0x34, 0xD8, 0x42, 0);
        m.Data(65532, 1, 0, 0, 0);
        m.Function(":", new Code().I32(message).I32(file).I32(-1).I32(7).Call(abort), export: "run");
        return m;
    }

    [Theory]
    [InlineData(68, 260, "abort: größer als € und 𝄞 in assembly/index.ts(4294967295:7)\n")]
    [InlineData(0, 0, "abort: ? in ?(4294967295:7)\n")]
    [InlineData(3, 65536, "abort: ? in (4294967295:7)\n")]
    [InlineData(-1, 65537, "abort: ? in ?(4294967295:7)\n")]
    public void Abort_prints_its_message_and_traps(int message, int file, string expected)
    {
        MemoryStream output = new(), error = new();
        using NanoRuntime runtime = new(new NanoRuntimeOptions { Output = output, Error = error });
        runtime.AddWasi();
        using NanoModule module = runtime.LoadModule(Aborting(message, file).Build());
        using NanoInstance app = module.Instantiate();
        Assert.Equal(WasmError.Unreachable, Assert.Throws<WasmException>(() => app.GetFunction("run").Call()).Error);
        Assert.Equal(expected, Encoding.UTF8.GetString(error.ToArray()));
        Assert.Equal(0, output.Length);
    }

    /// <summary>A length of 4,096 of which 256 characters are shown, half a surrogate pair among them.</summary>
    [Fact]
    public void Abort_shows_no_more_of_a_message_than_a_person_reads()
    {
        MemoryStream error = new();
        using NanoRuntime runtime = new(new NanoRuntimeOptions { Error = error });
        runtime.AddWasi();
        using NanoModule module = runtime.LoadModule(Aborting(516, 0).Build());
        using NanoInstance app = module.Instantiate();
        Assert.Throws<WasmException>(() => app.GetFunction("run").Call());
        Assert.Equal("abort: AB" + new string('\0', 253) + " in ?(4294967295:7)\n", Encoding.UTF8.GetString(error.ToArray()));
    }

    [Fact]
    public void Abort_of_the_embedder_comes_before_this_one_whatever_the_order()
    {
        using NanoRuntime runtime = new(new NanoRuntimeOptions());
        int seen = 0;
        runtime.DefineFunction("env", "abort", "(iiii)", (_, arguments, _) => seen = arguments[3].AsInt32());
        runtime.AddWasi();
        using NanoModule module = runtime.LoadModule(Aborting(68, 260).Build());
        using NanoInstance app = module.Instantiate();
        app.GetFunction("run").Call();
        Assert.Equal(7, seen);
    }
}
