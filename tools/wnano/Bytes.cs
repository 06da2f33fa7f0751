// SPDX-License-Identifier: MIT
// Sizes as people write and read them: 8K, 64K, 1M; 21,504 B.
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Wamr.Nano.Tool;

internal static class Bytes
{
    internal static string Text(ulong count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>An option whose value is a size such as 512, 8K or 1M.</summary>
    internal static Option<uint> Option(string name, uint value, string description) => new(name)
    {
        Description = description,
        HelpName = "bytes",
        DefaultValueFactory = _ => value,
        CustomParser = Parse,
    };

    private static uint Parse(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (TryParse(text, out uint bytes)) return bytes;
        result.AddError($"{(result.Parent as OptionResult)?.Option.Name} '{text}': write bytes such as 512, 8K or 1M, below 1G");
        return 0;
    }

    internal static bool TryParse(string text, out uint bytes)
    {
        int shift = text.Length == 0 ? 0 : char.ToUpperInvariant(text[^1]) switch { 'K' => 10, 'M' => 20, _ => 0 };
        string digits = shift == 0 ? text : text[..^1];
        bool ok = uint.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out uint number) && (ulong)number << shift < 1u << 30;
        bytes = ok ? number << shift : 0;
        return ok;
    }
}
