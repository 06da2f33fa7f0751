// SPDX-License-Identifier: MIT
// How fast modules are validated and lowered, and how much memory that takes: the kernels, and one of them repeated to megabytes.
using System;
using System.Collections.Generic;

namespace Wamr.Nano.Bench;

internal static class LoadCost
{
    private const int Copies = 1500, Runs = 5;

    internal static void Print()
    {
        byte[] binary = Repeat(Kernel.All[5].Wasm, Copies);
        using NanoRuntime runtime = new(256 << 20);
        uint before = runtime.Statistics.All.Used, code = 0, tables = 0;
        double time = Clock.Best(
            () =>
            {
                using NanoModule module = runtime.LoadModule(binary);
                code = module.CodeSize;
                tables = runtime.Statistics.Modules.Used - code;
            },
            Runs);
        uint peak = runtime.Statistics.All.HighWater - before;
        Console.WriteLine($"validate and lower: {binary.Length / 1e6 / (time / 1e3):F1} MB/s ({binary.Length:N0} B in {time:F1} ms)");
        Console.WriteLine(
            $"memory a byte of wasm: register code {code / (double)binary.Length:F2}, tables {tables / (double)binary.Length:F2}, at "
            + $"most {peak / (double)binary.Length:F2}");
    }

    /// <summary>
    /// The module with each of its functions repeated: function and code section are repeated, everything else is unchanged.
    /// </summary>
    private static byte[] Repeat(byte[] module, int copies)
    {
        List<byte> result = [.. module.AsSpan(0, 8)];
        for (int at = 8; at < module.Length;)
        {
            int start = at, id = module[at++], size = Number(module, ref at), end = at + size;
            if (id is 3 or 10) AppendRepeated(result, (byte)id, module, at, end, copies);
            else result.AddRange(module.AsSpan(start, end - start));
            at = end;
        }
        return [.. result];
    }

    private static void AppendRepeated(List<byte> result, byte id, byte[] module, int at, int end, int copies)
    {
        int count = Number(module, ref at);
        List<byte> contents = [];
        Append(contents, count * copies);
        for (int i = 0; i < copies; i++) contents.AddRange(module.AsSpan(at, end - at));
        result.Add(id);
        Append(result, contents.Count);
        result.AddRange(contents);
    }

    private static int Number(byte[] module, ref int at)
    {
        int value = 0, shift = 0;
        byte b;
        do
        {
            b = module[at++];
            value |= (b & 0x7F) << shift;
            shift += 7;
        }
        while (b >= 0x80);
        return value;
    }

    private static void Append(List<byte> to, int value)
    {
        for (; value >= 0x80; value >>= 7) to.Add((byte)(value | 0x80));
        to.Add((byte)value);
    }
}
