// SPDX-License-Identifier: MIT
// A time on the command line: 50ms, 2s, 1.5min; a number alone is seconds.
using System;
using System.CommandLine;
using System.Globalization;
using System.Linq;

namespace Wamr.Nano.Tool.Usage;

internal static class Duration
{
    private static readonly (string Suffix, double Seconds)[] Units = [("ms", 0.001), ("s", 1), ("", 1), ("min", 60)];

    internal static Option<TimeSpan?> Option(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "time",
        CustomParser = result =>
        {
            string text = result.Tokens.Single().Value;
            if (Of(text) is TimeSpan time) return time;
            result.AddError($"{name} '{text}': give a time above 0, such as 50ms, 2s or 1min");
            return null;
        },
    };

    /// <summary>The time in a text; null unless it is above 0 and below a year.</summary>
    internal static TimeSpan? Of(string text)
    {
        const double year = 365 * 24 * 60 * 60;
        string digits = text.TrimEnd([.. "abcdefghijklmnopqrstuvwxyz"]);
        double seconds = Units.Where(unit => unit.Suffix == text[digits.Length..]).Select(unit => unit.Seconds).FirstOrDefault();
        if (!double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)) return null;
        TimeSpan time = number * seconds is > 0 and < year ? TimeSpan.FromSeconds(number * seconds) : TimeSpan.Zero;
        return time.Ticks > 0 ? time : null;
    }
}
