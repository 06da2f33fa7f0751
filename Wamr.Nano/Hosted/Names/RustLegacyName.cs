// SPDX-License-Identifier: MIT
// Rust's older names: the words of C++ for a path, with escapes for what C++ has no letters for, and a hash as the last part.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Wamr.Nano.Mangling;

internal static class RustLegacyName
{
    private const int HashDigits = 16;

    private static readonly Dictionary<string, string> s_escapes = new()
    {
        ["SP"] = "@", ["BP"] = "*", ["RF"] = "&", ["LT"] = "<", ["GT"] = ">", ["LP"] = "(", ["RP"] = ")", ["C"] = ",",
    };

    /// <summary>The path without its hash; null if it is none of Rust's.</summary>
    internal static string? Of(string name)
    {
        MangledText text = new(name) { At = 3 };
        List<string> parts = [];
        while (!text.Failed && !text.Take('E')) parts.Add(text.Chars(text.Count()));
        if (text.Failed || !(text.IsAtEnd || text.Peek() == '.') || parts.Count < 2 || !IsHash(parts[^1])) return null;
        StringBuilder path = new();
        foreach (string part in parts.SkipLast(1))
        {
            if (path.Length != 0) path.Append("::");
            if (!Decode(part, path)) return null;
        }
        return path.ToString();
    }

    private static bool IsHash(string part) =>
        part.Length == HashDigits + 1 && part[0] == 'h' && part.Skip(1).All(c => c is >= '0' and <= '9' or >= 'a' and <= 'f');

    private static bool Decode(string part, StringBuilder path)
    {
        // What begins with an escape gets an underscore in front.
        for (int at = part.StartsWith("_$", StringComparison.Ordinal) ? 1 : 0; at < part.Length; at++)
        {
            if (part[at] == '.' && at + 1 < part.Length && part[at + 1] == '.')
            {
                path.Append("::");
                at++;
            }
            else if (part[at] == '$')
            {
                int end = part.IndexOf('$', at + 1);
                if (end < 0 || Escape(part[(at + 1)..end]) is not string text) return false;
                path.Append(text);
                at = end;
            }
            else path.Append(part[at]);
        }
        return true;
    }

    private static string? Escape(string escape)
    {
        if (s_escapes.TryGetValue(escape, out string? known)) return known;
        return escape.StartsWith('u') && escape.Length < 8
            && int.TryParse(escape[1..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code)
            && Rune.IsValid(code) ? new Rune(code).ToString() : null;
    }
}
