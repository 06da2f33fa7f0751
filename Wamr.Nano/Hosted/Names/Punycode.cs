// SPDX-License-Identifier: MIT
// Letters beyond ASCII in Rust's names (RFC 3492, with an underscore in place of the hyphen).
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Wamr.Nano.Mangling;

internal static class Punycode
{
    private const int Base = 36, Low = 1, High = 26, Skew = 38, Damp = 700, FirstBias = 72, FirstCode = 128;

    /// <summary>Null if it is damaged.</summary>
    internal static string? Decode(string text)
    {
        int split = text.LastIndexOf('_');
        List<Rune> runes = [.. (split < 0 ? "" : text[..split]).EnumerateRunes()];
        long code = FirstCode, at = 0;
        int bias = FirstBias;
        for (int next = split + 1; next < text.Length;)
        {
            long start = at;
            if (!Distance(text, ref next, bias, ref at)) return null;
            int count = runes.Count + 1;
            bias = Adapt(at - start, count, start == 0);
            code += at / count;
            at %= count;
            if (code > 0x10FFFF || !Rune.IsValid((int)code)) return null;
            runes.Insert((int)at++, new Rune((int)code));
        }
        return string.Concat(runes.Select(rune => rune.ToString()));
    }

    private static bool Distance(string text, ref int next, int bias, ref long at)
    {
        long weight = 1;
        for (int k = Base; ; k += Base)
        {
            if (next >= text.Length || weight > int.MaxValue) return false;
            char c = text[next++];
            int digit = c is >= 'a' and <= 'z' ? c - 'a' : c is >= '0' and <= '9' ? c - '0' + 26 : Base;
            if (digit == Base) return false;
            at += digit * weight;
            int threshold = k <= bias ? Low : k >= bias + High ? High : k - bias;
            if (digit < threshold) return at <= int.MaxValue;
            weight *= Base - threshold;
        }
    }

    private static int Adapt(long delta, int count, bool isFirst)
    {
        delta = isFirst ? delta / Damp : delta / 2;
        delta += delta / count;
        int k = 0;
        for (; delta > (Base - Low) * High / 2; k += Base) delta /= Base - Low;
        return (int)(k + (Base - Low + 1) * delta / (delta + Skew));
    }
}
