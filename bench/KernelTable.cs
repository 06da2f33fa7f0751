// SPDX-License-Identifier: MIT
// Runs the kernels natively and on each engine, checks the results, and prints times and ratios.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Wamr.Nano.Bench;

internal static class KernelTable
{
    /// <summary>Prints the table for the named kernels, or for all.</summary>
    /// <returns>Whether all results were right.</returns>
    internal static bool Print(string[] names)
    {
        Kernel[] kernels = [.. Kernel.All.Where(kernel => names.Length == 0 || names.Contains(kernel.Name))];
        List<double>[] ratios = [.. Engine.All.Select(_ => new List<double>())];
        bool right = true;
        Console.WriteLine(
            $"{"kernel",-12}{"native ms",12}{string.Concat(Engine.All.Select(engine => $"{engine.Name + " ms",18}{"ratio",8}"))}");
        foreach (Kernel kernel in kernels) right &= Row(kernel, ratios);
        Console.WriteLine($"{"geometric mean",-24}{string.Concat(ratios.Select(list => $"{"",18}{GeometricMean(list),8:F2}"))}");
        return right;
    }

    /// <summary>Native code and engines take turns, so that other load on the machine affects all alike.</summary>
    private static bool Row(Kernel kernel, List<double>[] ratios)
    {
        int expected = unchecked((int)kernel.Check.Result);
        Func<int, int>? native = NativeCode.Prepare(kernel);
        Func<int, int>[] runs =
            [.. native == null ? Array.Empty<Func<int, int>>() : [native], .. Engine.All.Select(engine => engine.Prepare(kernel.Wasm))];
        bool[] right = [.. runs.Select(run => run(kernel.Check.Rounds) == expected)];
        int[] results = new int[runs.Length];
        double[] times = Clock.Best([.. runs.Select((run, i) => (Action)(() => results[i] = run(kernel.Work)))]);
        double nativeTime = native == null ? double.NaN : times[0];
        Console.Write($"{kernel.Name,-12}{nativeTime,12:F1}");
        int first = runs.Length - Engine.All.Length;
        for (int i = first; i < runs.Length; i++)
        {
            right[i] &= results[i] == results[0];
            ratios[i - first].Add(times[i] / nativeTime);
            Console.Write($"{times[i],18:F1}{times[i] / nativeTime,8:F2}{(right[i] ? "" : " WRONG")}");
        }
        Console.WriteLine();
        return right.All(r => r);
    }

    private static double GeometricMean(List<double> values) => Math.Exp(values.Average(Math.Log));
}
