// SPDX-License-Identifier: MIT
// Makes names from a module or a device safe for a terminal: nothing in them moves the cursor, ends the line or changes its direction.
using System.Globalization;
using System.Text;

namespace Wamr.Nano;

internal static class Printable
{
    /// <summary>How many characters of a name are shown, because a name may be as long as a module.</summary>
    private const int Longest = 200;

    /// <summary>The text with control and format characters written as <c>\u001b</c>, and shortened if it is very long.</summary>
    internal static string Text(string text)
    {
        StringBuilder shown = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (shown.Length >= Longest) return shown.Append("...").ToString();
            if (IsHarmless(rune)) shown.Append(rune.ToString());
            else shown.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}");
        }
        return shown.ToString();
    }

    internal static unsafe string Text(byte* utf8, uint length) => Text(NativeBytes.Text(utf8, length));

    internal static bool IsHarmless(Rune rune) => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
