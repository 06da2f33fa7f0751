// SPDX-License-Identifier: MIT
// What a call of an empty function costs, from .NET into wasm and from wasm out to .NET.
using System;

namespace Wamr.Nano.Bench;

internal static class CallCost
{
    private const int Calls = 2_000_000, Runs = 7;

    // (module (func (export "empty"))
    //  (func $host (import "env" "host"))
    //  (func (export "hosts") (param i32) (loop (call $host) (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))))
    private static readonly byte[] Module = Convert.FromHexString(
        "0061736D0100000001080260000060017F00020C0103656E7604686F73740000030302000107110205656D707479000105686F7374730002" +
        "0A150202000B100003401000200041016B22000D000B0B");

    internal static void Print()
    {
        using NanoRuntime runtime = new(64 << 10);
        runtime.DefineAction("env", "host", () => { });
        NanoInstance instance = runtime.LoadModule(Module).Instantiate();
        Action empty = instance.GetAction("empty");
        NanoFunction untyped = instance.GetFunction("empty");
        Action<int> hosts = instance.GetAction<int>("hosts");
        Report("call of an empty function, delegate", () => Repeat(empty));
        Report("call of an empty function, NanoFunction.Call", () => Repeat(() => untyped.Call()));
        Report("call of an empty host function, in wasm", () => hosts(Calls));
    }

    private static void Report(string what, Action millionCalls)
    {
        double time = Clock.Best(millionCalls, Runs);
        long before = GC.GetAllocatedBytesForCurrentThread();
        millionCalls();
        double bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Calls;
        Console.WriteLine($"{what,-48}{time * 1e6 / Calls,8:F1} ns {bytes,6:F2} managed B");
    }

    private static void Repeat(Action call)
    {
        for (int i = 0; i < Calls; i++) call();
    }
}
