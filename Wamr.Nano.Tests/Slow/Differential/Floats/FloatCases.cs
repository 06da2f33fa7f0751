// SPDX-License-Identifier: MIT
// Cases of float modules: each function with several operands, and after each all that can be compared.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Wamr.Nano.Tests.Slow.Differential.Floats;

internal static class FloatCases
{
    private const int Functions = 10, Times = 4;

    /// <summary>Cases of consecutive seeds.</summary>
    public static IEnumerable<Case> Of(int first, int count) => Enumerable.Range(first, count).Select(seed => Of(seed));

    public static Case Of(int seed)
    {
        Random random = new(seed);
        FloatModule module = new(random, Functions);
        List<Call> calls = [];
        for (int f = 0; f < module.Types.Count; f++)
        {
            string type = module.Types[f];
            for (int n = 0; n < Times; n++) calls.Add(new($"f{f}", type, module.Arguments(random, type.Split(':')[0])));
            calls.AddRange(module.Reads());
        }
        return new($"seed {seed}", [new("main", module.Build())], calls);
    }
}
