// SPDX-License-Identifier: MIT
// Arguments of functions as people write them: decimal and hexadecimal, inf, nan with its bits, null references (the text format's
// numbers).
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Numerics;

namespace Wamr.Nano.Tool.Usage;

internal static class ValueText
{
    /// <summary>Bits of a float type: its fraction, its exponent, and its width.</summary>
    private readonly record struct FloatFormat(int Fraction, int Exponent)
    {
        internal int Width => Fraction + Exponent + 1;
        internal ulong Infinity => ((1ul << Exponent) - 1) << Fraction;
        internal ulong CanonicalNaN => 1ul << (Fraction - 1);
        internal int Bias => (1 << (Exponent - 1)) - 1;
    }

    private static readonly FloatFormat Single = new(23, 8), Double = new(52, 11);

    /// <summary>The arguments of a function.</summary>
    /// <exception cref="UsageException">There are too many or too few, or one is no value of its type.</exception>
    internal static WasmValue[] Arguments(string function, IReadOnlyList<WasmType> types, IReadOnlyList<string> texts)
    {
        if (types.Count != texts.Count)
            throw new UsageException(
                $"'{function}' takes {types.Count} argument{(types.Count == 1 ? "" : "s")}, "
                + $"not {texts.Count}: ({string.Join(", ", types)})");
        WasmValue[] values = new WasmValue[texts.Count];
        for (int i = 0; i < values.Length; i++) values[i] = Parse(texts[i], types[i]);
        return values;
    }

    /// <exception cref="UsageException">It is no value of the type.</exception>
    internal static WasmValue Parse(string text, WasmType type)
    {
        ulong? bits = type switch
        {
            WasmType.I32 => Integer(text, 32),
            WasmType.I64 => Integer(text, 64),
            WasmType.F32 => Float(text, Single),
            WasmType.F64 => Float(text, Double),
            WasmType.ExternRef => IsNull(text) ? 0 : Integer(text, 32),
            _ => IsNull(text) ? 0 : null,
        };
        return new(type, bits ?? throw new UsageException($"'{text}' is not a valid {type}: write {Example(type)}"));
    }

    private static string Example(WasmType type) => type switch
    {
        WasmType.I32 => "-1, 0xff, or a number up to 4294967295",
        WasmType.I64 => "-1, 0xff, or a number up to 18446744073709551615",
        WasmType.F32 or WasmType.F64 => "1.5, 0x1.8p3, inf or nan:0x1; a number that is too large is inf",
        WasmType.ExternRef => "null, or a number that the host chose",
        _ => "null; you cannot write any other reference",
    };

    private static bool IsNull(string text) => text is "null" or "ref.null" or "ref.null func" or "ref.null extern";

    /// <summary>An integer from the smallest signed to the largest unsigned one.</summary>
    private static ulong? Integer(string text, int width)
    {
        bool negative = Sign(ref text);
        if (Magnitude(text) is not BigInteger value || value > (negative ? BigInteger.One << (width - 1) : (BigInteger.One << width) - 1))
            return null;
        ulong bits = (ulong)value;
        return (negative ? 0 - bits : bits) & (ulong.MaxValue >> (64 - width));
    }

    private static BigInteger? Magnitude(string text)
    {
        bool hex = Hexadecimal(ref text);
        string digits = Digits(text);
        return digits.Length != 0
            && BigInteger.TryParse(hex ? "0" + digits : digits, hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None,
                CultureInfo.InvariantCulture, out BigInteger value)
            ? value
            : null;
    }

    private static ulong? Float(string text, FloatFormat format)
    {
        bool negative = Sign(ref text);
        ulong? bits = text.ToLowerInvariant() switch
        {
            "inf" or "infinity" => format.Infinity,
            "nan" => format.Infinity | format.CanonicalNaN,
            ['n', 'a', 'n', ':', .. string payload] => NaN(payload, format),
            _ => Hexadecimal(ref text) ? FromHex(text, format) : FromDecimal(text, format),
        };
        return negative ? bits | 1ul << (format.Width - 1) : bits;
    }

    private static ulong? NaN(string payload, FloatFormat format) =>
        payload.StartsWith("0x", StringComparison.Ordinal) && Magnitude(payload) is BigInteger bits && bits > 0
        && bits < BigInteger.One << format.Fraction
        ? format.Infinity | (ulong)bits
        : null;

    /// <summary>Both are rounded once: a float by way of a double would be twice.</summary>
    private static ulong? FromDecimal(string text, FloatFormat format)
    {
        const NumberStyles style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (format == Single)
            return float.TryParse(Digits(text), style, CultureInfo.InvariantCulture, out float f) && float.IsFinite(f)
                ? BitConverter.SingleToUInt32Bits(f)
                : null;
        return double.TryParse(Digits(text), style, CultureInfo.InvariantCulture, out double d) && double.IsFinite(d)
            ? BitConverter.DoubleToUInt64Bits(d)
            : null;
    }

    /// <summary>
    /// Hexadecimal digits, perhaps with a point and <c>p</c> and a power of two, rounded to the nearest, of two to the even one.
    /// </summary>
    private static ulong? FromHex(string text, FloatFormat format)
    {
        string[] parts = text.ToLowerInvariant().Split('p');
        int power = 0, point = parts[0].IndexOf('.', StringComparison.Ordinal);
        string fraction = point < 0 ? "" : parts[0][(point + 1)..], whole = point < 0 ? parts[0] : parts[0][..point];
        if (parts.Length > 2
            || parts.Length == 2 && !int.TryParse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out power))
            return null;
        if (Magnitude("0x" + whole + fraction) is not BigInteger mantissa || Math.Abs((long)power) > 1 << 20) return null;
        if (mantissa.IsZero) return 0;
        power -= 4 * Digits(fraction).Length;
        // The last bit that counts: that of the fraction, or of the smallest number there is.
        int last = Math.Max((int)mantissa.GetBitLength() - 1 + power - format.Fraction, 1 - format.Bias - format.Fraction);
        ulong rounded = (ulong)Shifted(mantissa, power - last);
        int steps = last - (1 - format.Bias - format.Fraction);
        // With its leading bit the number stands for one exponent more.
        ulong bits = rounded + ((ulong)Math.Min(steps, 1 << format.Exponent) << format.Fraction);
        return steps < 1 << format.Exponent && bits < format.Infinity ? bits : null;
    }

    private static BigInteger Shifted(BigInteger value, int left)
    {
        if (left >= 0) return value << left;
        BigInteger low = value & ((BigInteger.One << -left) - 1), half = BigInteger.One << (-left - 1), high = value >> -left;
        return low > half || low == half && !high.IsEven ? high + 1 : high;
    }

    private static bool Sign(ref string text)
    {
        bool negative = text.StartsWith('-');
        if (negative || text.StartsWith('+')) text = text[1..];
        return negative;
    }

    private static bool Hexadecimal(ref string text)
    {
        if (!text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)) return false;
        text = text[2..];
        return true;
    }

    /// <summary>Digits may be parted by single underscores.</summary>
    private static string Digits(string text) =>
        text.StartsWith('_') || text.EndsWith('_') || text.Contains("__", StringComparison.Ordinal) ? ""
        : text.Replace("_", "", StringComparison.Ordinal);
}
