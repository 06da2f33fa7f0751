// SPDX-License-Identifier: MIT
// "Did you mean": the known word that a mistyped one is nearest to.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Wamr.Nano.Tool.Usage;

internal static class Nearest
{
    /// <summary><c> (did you mean 'run'?)</c>, or nothing where no word is near enough.</summary>
    internal static string Question(string word, IEnumerable<string> known) =>
        Of(word, known) is string near ? $" (did you mean '{near}'?)" : "";

    /// <summary>The nearest of the known words; null if a third of the letters would have to change.</summary>
    internal static string? Of(string word, IEnumerable<string> known) => known
        .Select(one =>
            (Word: one, Distance: one.StartsWith(word, StringComparison.OrdinalIgnoreCase) && word.Length >= 2 ? 1 : Distance(word, one)))
        .Where(one => one.Distance <= Math.Max(1, word.Length / 3) && one.Distance < word.Length)
        .OrderBy(one => one.Distance).ThenBy(one => one.Word, StringComparer.Ordinal)
        .Select(one => one.Word).FirstOrDefault();

    /// <summary>Letters to insert, remove, replace or swap with their neighbour; case does not count.</summary>
    private static int Distance(string a, string b)
    {
        int[,] cost = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    cost[i, j] = i + j;
                    continue;
                }
                int replace = cost[i - 1, j - 1] + (Same(a[i - 1], b[j - 1]) ? 0 : 1);
                cost[i, j] = Math.Min(replace, Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1);
                bool swapped = i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]);
                if (swapped) cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
            }
        }
        return cost[a.Length, b.Length];

        static bool Same(char x, char y) => char.ToUpperInvariant(x) == char.ToUpperInvariant(y);
    }
}
