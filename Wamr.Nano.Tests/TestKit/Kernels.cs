// SPDX-License-Identifier: MIT
// The kernels of bench/, with what a little of their work must give, for every engine that runs them.
using Xunit;

namespace Wamr.Nano.Tests.TestKit;

internal static class Kernels
{
    /// <summary>Name, argument of "run", result.</summary>
    public static TheoryData<string, int, uint> Results => new()
    {
        { "crc32", 30, 2330165701 },
        { "matmul", 3, 35158887 },
        { "sieve", 10, 1028 },
        { "nbody", 300, 4277180983 },
        { "fib", 20, 6765 },
        { "strstruct", 20, 3196530768 },
        { "list", 5, 347486646 },
        { "sha256", 200, 3899487609 },
        { "dispatch", 100, 2896470616 },
    };

    /// <summary>Where the module of a kernel is.</summary>
    public static string PathOf(string kernel) => Repository.PathOf($"bench/kernels/{kernel}.wasm");
}
