// SPDX-License-Identifier: MIT
// The engines that run the kernels. To add an engine, add a row.
using System;
using Wamr.Nano.Xip;

namespace Wamr.Nano.Bench;

/// <summary>An engine: makes a module's run function callable. Runtimes live until the program ends.</summary>
internal sealed record Engine(string Name, Func<byte[], Func<int, int>> Prepare)
{
    internal static Engine[] All { get; } = [new("interpreter", Interpreter), new("image", NativeImage), new("guard pages", GuardedImage)];

    private static Func<int, int> Interpreter(byte[] wasm)
    {
        NanoRuntime runtime = new(4 << 20);
        return runtime.LoadModule(wasm).Instantiate(new() { StackBytes = 64 << 10 }).GetFunc<int, int>("run");
    }

    /// <summary>Images of <c>wnano compile</c> with the default options: with fuel and all checks.</summary>
    private static Func<int, int> NativeImage(byte[] wasm) => Image(wasm, guardPages: false);

    /// <summary>The same with <c>--guard-pages</c> instead of checks of loads and stores.</summary>
    private static Func<int, int> GuardedImage(byte[] wasm) => Image(wasm, guardPages: true);

    private static Func<int, int> Image(byte[] wasm, bool guardPages)
    {
        NanoRuntime runtime = new(4 << 20);
        byte[] image = ImageCompiler.Compile(wasm, new() { Target = "x86_64", GuardPages = guardPages });
        return runtime.LoadImage(image).Instantiate(new() { StackBytes = 64 << 10 }).GetFunc<int, int>("run");
    }
}
