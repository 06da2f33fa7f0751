// SPDX-License-Identifier: MIT
// Cases of random modules: each counts its loops and calls itself and ends with unreachable, at the same place in every engine.
using System;
using System.Collections.Generic;
using System.Linq;
using Wamr.Nano.Tests.TestKit.Generated;

namespace Wamr.Nano.Tests.Slow.Differential;

internal static class GeneratedCases
{
    private const int Limit = 300;

    /// <summary>Cases of consecutive seeds.</summary>
    public static IEnumerable<Case> Of(int first, int count, Func<Random, ModuleOptions> options) =>
        Enumerable.Range(first, count).Select(seed => Of(seed, options));

    public static Case Of(int seed, Func<Random, ModuleOptions> options)
    {
        Random random = new(seed);
        ModuleOptions wanted = options(random) with { Limit = Limit };
        List<NamedModule> modules = [];
        if (wanted.Library != null) modules.Add(new("lib", wanted.Library.Builder.Build()));
        ModuleShape shape = new(random, wanted);
        modules.Add(new("main", shape.Builder.Build()));
        return new($"seed {seed}", modules, [.. Calls(random, shape)]);
    }

    /// <summary>Each function twice, with the limit set anew.</summary>
    private static IEnumerable<Call> Calls(Random random, ModuleShape shape)
    {
        string[] own = [.. shape.Functions.Skip(shape.FirstOwn)];
        for (int n = 0; n < 2 * own.Length; n++)
        {
            string type = own[n % own.Length];
            yield return new(ModuleShape.Again, ":", []);
            yield return new($"f{n % own.Length}", type, [.. type[..type.IndexOf(':')].Select(letter => Argument(random, letter))]);
        }
    }

    private static ulong Argument(Random random, char letter) =>
        letter is 'i' or 'f' ? (uint)random.NextInt64() >> random.Next(32) : (ulong)random.NextInt64() >> random.Next(64);
}
