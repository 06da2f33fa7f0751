// SPDX-License-Identifier: MIT
// Benchmarks: the nine kernels on every engine against native gcc -O3, and what a call and a load cost. Arguments name kernels; none: all.
using System;

namespace Wamr.Nano.Bench;

internal static class Program
{
    internal static int Main(string[] names)
    {
        bool right = KernelTable.Print(names);
        if (names.Length != 0) return right ? 0 : 1;
        Console.WriteLine();
        CallCost.Print();
        LoadCost.Print();
        return right ? 0 : 1;
    }
}
