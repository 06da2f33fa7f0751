// SPDX-License-Identifier: MIT
// Runs the kernels natively and on each engine, checks the results, and prints times and ratios.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Wamr.Nano.Bench;

internal static class KernelTable
{
    /// <summary>Prints the table for the kernels named, or for all.</summary>
    /// <returns>Whether all results were right.</returns>
    internal static bool Print(string[] names)
    {
        Kernel[] kernels = [.. Kernel.All.Where(kernel => names.Length == 0 || names.Contains(kernel.Name))];
        List<double>[] ratios = [.. Engine.All.Select(_ => new List<double>())];
        bool right = true;
        Console.WriteLine($"{"kernel",-12}{"native ms",12}{string.Concat(Engine.All.Select(engine => $"{engine.Name + " ms",18}{"ratio",8}"))}");
        foreach (Kernel kernel in kernels) right &= Row(kernel, ratios);
        Console.WriteLine($"{"geometric mean",-24}{string.Concat(ratios.Select(list => $"{"",18}{GeometricMean(list),8:F2}"))}");
        return right;
    }

    private static bool Row(Kernel kernel, List<double>[] ratios)
    {
        int expected = unchecked((int)kernel.Check.Result), result = 0;
        Func<int, int>? native = NativeCode.Prepare(kernel);
        bool right = native == null || native(kernel.Check.Rounds) == expected;
        double nativeTime = native == null ? double.NaN : Clock.Best(() => result = native(kernel.Work));
        int nativeResult = result;
        Console.Write($"{kernel.Name,-12}{nativeTime,12:F1}");
        for (int i = 0; i < Engine.All.Length; i++)
        {
            Func<int, int> run = Engine.All[i].Prepare(kernel.Wasm);
            bool engineRight = run(kernel.Check.Rounds) == expected;
            double time = Clock.Best(() => result = run(kernel.Work));
            engineRight &= native == null || result == nativeResult;
            ratios[i].Add(time / nativeTime);
            Console.Write($"{time,18:F1}{time / nativeTime,8:F2}{(engineRight ? "" : " WRONG")}");
            right &= engineRight;
        }
        Console.WriteLine();
        return right;
    }

    private static double GeometricMean(List<double> values) => Math.Exp(values.Average(Math.Log));
}
