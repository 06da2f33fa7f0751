// SPDX-License-Identifier: MIT
// Sizes as people write and read them: 8K, 64K, 1M; 21,504 B.
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Wamr.Nano.Tool.Printing;

internal static class Bytes
{
    internal static string Text(ulong count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>An option whose value is a size such as 512, 8K or 1M.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its default.</param>
    /// <param name="description">For its help.</param>
    /// <param name="least">The smallest value other than 0 that the user may give.</param>
    internal static Option<uint> Option(string name, uint value, string description, uint least = 0) => new(name)
    {
        Description = description,
        HelpName = "bytes",
        DefaultValueFactory = value == 0 ? null : _ => value, // the help shows a default; what 0 stands for is in the description
        CustomParser = result => Parse(result, least),
    };

    /// <summary>The option for the size of an operand stack; 0 stands for the command's default.</summary>
    internal static Option<uint> StackOption(string description) => Option("--stack", 0, description, Config.MinStackBytes);

    private static uint Parse(ArgumentResult result, uint least)
    {
        string text = result.Tokens[0].Value, option = (result.Parent as OptionResult)?.Option.Name ?? "";
        if (!TryParse(text, out uint bytes)) result.AddError($"{option} '{text}': write bytes such as 512, 8K or 1M, below 1G");
        else if (bytes != 0 && bytes < least) result.AddError($"{option} '{text}': {Text(least)} B are the least");
        return bytes;
    }

    internal static bool TryParse(string text, out uint bytes)
    {
        int shift = text.Length == 0 ? 0 : char.ToUpperInvariant(text[^1]) switch { 'K' => 10, 'M' => 20, _ => 0 };
        string digits = shift == 0 ? text : text[..^1];
        bool ok = uint.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out uint number)
            && (ulong)number << shift < 1u << 30;
        bytes = ok ? number << shift : 0;
        return ok;
    }
}
