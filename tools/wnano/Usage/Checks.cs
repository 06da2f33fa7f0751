// SPDX-License-Identifier: MIT
// Checks the values of options, and refuses options that would have no effect.
using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Linq;

namespace Wamr.Nano.Tool.Usage;

internal static class Checks
{
    /// <summary>Refuses every word but these, and names them.</summary>
    internal static void Only(this Option<string> option, params string[] words)
    {
        option.CompletionSources.Add(words);
        option.Validators.Add(result =>
        {
            foreach (string word in Words(result).Where(word => !words.Contains(word, StringComparer.Ordinal)))
                result.AddError($"{option.Name} '{word}': use one of {string.Join(", ", words)}{Nearest.Question(word, words)}");
        });
    }

    /// <summary>Refuses numbers outside a range. Every option that takes a number has one.</summary>
    internal static void Between(this Option option, decimal least, decimal most) => option.Validators.Add(result =>
    {
        foreach (string word in Words(result).Where(word => !IsBetween(word, least, most, option.ValueType == typeof(double))))
            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{option.Name} '{word}': use a number from {least} to {most}"));
    });

    /// <summary>The parser refuses values that are not numbers; but infinities and NaNs are floats.</summary>
    private static bool IsBetween(string word, decimal least, decimal most, bool isFloat) =>
        decimal.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) ? number >= least && number <= most
            : !isFloat || !double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    /// <summary>Refuses variables without a value.</summary>
    internal static void NamesAndValues(this Option<string[]> option) => option.Validators.Add(result =>
    {
        foreach (string word in Words(result).Where(word => word.IndexOf('=', StringComparison.Ordinal) <= 0))
            result.AddError($"{option.Name} '{word}': write NAME=value");
    });

    /// <summary>Whether the command line itself gives an option.</summary>
    internal static bool IsGiven(this ParseResult parsed, Symbol symbol) => symbol switch
    {
        Option option => parsed.GetResult(option) is { Implicit: false },
        Argument argument => parsed.GetResult(argument) is { Tokens.Count: > 0 },
        _ => false,
    };

    /// <summary>Refuses options and arguments that would do nothing.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="where">When they have no effect, such as <c>without --board</c>.</param>
    /// <param name="symbols">Those options and arguments.</param>
    /// <exception cref="UsageException">One of them is given.</exception>
    internal static void Refuse(this ParseResult parsed, string where, params IEnumerable<Symbol> symbols)
    {
        string[] given =
            [.. symbols.Where(symbol => parsed.IsGiven(symbol)).Select(symbol => symbol is Argument ? $"<{symbol.Name}>" : symbol.Name)];
        if (given.Length != 0)
            throw new UsageException($"{string.Join(", ", given)} {(given.Length == 1 ? "has" : "have")} no effect {where}");
    }

    private static IEnumerable<string> Words(OptionResult result) => result.Tokens.Select(token => token.Value);
}
