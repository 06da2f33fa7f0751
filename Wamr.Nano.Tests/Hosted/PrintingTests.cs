// SPDX-License-Identifier: MIT
// What hosts do in .NET while native code waits for a function it called by itself.
using System.IO;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Xip;
using Wamr.Nano.Xip;
using Xunit;

namespace Wamr.Nano.Tests.Hosted;

public class PrintingTests
{
    /// <summary>Lets the app's memory grow whenever the app prints.</summary>
    private sealed class GrowingStream : MemoryStream
    {
        internal NanoInstance? App { get; set; }

        public override void Write(System.ReadOnlySpan<byte> buffer) => App!.GetFunc<int>("grow")();
    }

    [Fact]
    public void Stream_may_call_back_into_the_app_that_prints()
    {
        if (!XipEngine.IsPossible) return;
        ModuleBuilder m = new();
        m.ImportFunction("console", "print", "ii:");
        m.Memory(1, 4);
        m.Function(":i", new Code().I32(1).Op(Opcode.MemoryGrow, 0), export: "grow");
        m.Function(":i", new Code().I32(8).Op(Opcode.I32Load, 0, 0), export: "peek");
        m.Function(":", new Code().I32(0).I32(1).Call(0).I32(8).I32(42).Op(Opcode.I32Store, 0, 0), export: "run");
        using GrowingStream stream = new();
        using NanoRuntime runtime = new(new NanoRuntimeOptions { PoolBytes = 1 << 20, Output = stream });
        runtime.AddSensorModule();
        NanoModule module = runtime.LoadImage(ImageCompiler.Compile(m.Build(), new() { Target = "x86_64", Jobs = 1 }));
        NanoInstance app = stream.App = module.Instantiate();
        // What lies behind the memory makes it move.
        module.Instantiate();
        app.GetAction("run")();
        Assert.Equal(42, app.GetFunc<int>("peek")());
    }
}
