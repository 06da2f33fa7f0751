// SPDX-License-Identifier: MIT
// What runs the kernels. A further engine is a row here.
using System;
using Wamr.Nano.Xip;

namespace Wamr.Nano.Bench;

/// <summary>An engine: makes a module's run function callable. Runtimes live until the program ends.</summary>
internal sealed record Engine(string Name, Func<byte[], Func<int, int>> Prepare)
{
    internal static Engine[] All { get; } = [new("interpreter", Interpreter), new("image", NativeImage)];

    private static Func<int, int> Interpreter(byte[] wasm)
    {
        NanoRuntime runtime = new(4 << 20);
        return runtime.LoadModule(wasm).Instantiate(new() { StackBytes = 64 << 10 }).GetFunc<int, int>("run");
    }

    /// <summary>What <c>wnano compile</c> makes with its own options: fuel and all checks are in.</summary>
    private static Func<int, int> NativeImage(byte[] wasm)
    {
        NanoRuntime runtime = new(4 << 20);
        byte[] image = ImageCompiler.Compile(wasm, new() { Target = "x86_64" });
        return runtime.LoadImage(image).Instantiate(new() { StackBytes = 64 << 10 }).GetFunc<int, int>("run");
    }
}
