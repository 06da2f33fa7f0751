// SPDX-License-Identifier: MIT
// What runs the kernels. A further engine is a row here.
using System;

namespace Wamr.Nano.Bench;

/// <summary>An engine: makes a module's run function callable. Runtimes live until the program ends.</summary>
internal sealed record Engine(string Name, Func<byte[], Func<int, int>> Prepare)
{
    internal static Engine[] All { get; } = [new("interpreter", Interpreter)];

    private static Func<int, int> Interpreter(byte[] wasm)
    {
        NanoRuntime runtime = new(4 << 20);
        return runtime.LoadModule(wasm).Instantiate(new() { StackBytes = 64 << 10 }).GetFunc<int, int>("run");
    }
}
