// SPDX-License-Identifier: MIT
// The nine kernels: how much work to time, and what a small amount of it must give.
using System;
using System.IO;

namespace Wamr.Nano.Bench;

/// <summary>A program whose run(n) does n rounds of work.</summary>
/// <param name="Name">Name of its files.</param>
/// <param name="Work">Rounds to time.</param>
/// <param name="Check">Rounds of the check, and what they give.</param>
internal sealed record Kernel(string Name, int Work, (int Rounds, uint Result) Check)
{
    internal static Kernel[] All { get; } =
    [
        new("crc32", 12_000, (30, 2330165701)),
        new("matmul", 400, (3, 35158887)),
        new("sieve", 1_200, (10, 1028)),
        new("nbody", 480_000, (300, 4277180983)),
        new("fib", 35, (20, 6765)),
        new("strstruct", 12_500, (20, 3196530768)),
        new("list", 1_500, (5, 347486646)),
        new("sha256", 72_000, (200, 3899487609)),
        new("dispatch", 36_000, (100, 2896470616)),
    ];

    internal static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "kernels");

    internal string Source => Path.Combine(Folder, Name + ".c");

    internal byte[] Wasm => File.ReadAllBytes(Path.Combine(Folder, Name + ".wasm"));
}
