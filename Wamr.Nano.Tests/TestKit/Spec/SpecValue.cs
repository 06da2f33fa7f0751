// SPDX-License-Identifier: MIT
// Values as the suite writes them: bits in decimal, references by number, NaN patterns (spec chapter 4.3.3 "NaN Propagation").
using System;
using System.Globalization;

namespace Wamr.Nano.Tests.TestKit.Spec;

/// <summary>A value given to or got from an engine: type and bits. A reference is 0 for null; host reference n is n + 1.</summary>
internal readonly record struct SpecValue(ValType Type, ulong Bits)
{
    public override string ToString() => $"{Type} 0x{Bits:X}";
}

/// <summary>An expected result: exact bits, any value of the type, or a class of NaNs.</summary>
/// <param name="Type">Type of the result.</param>
/// <param name="Text">The suite's text; null where any non-null reference will do. Functions
/// have no numbers: any one will do for those.</param>
internal sealed record SpecPattern(ValType Type, string? Text)
{
    public bool Matches(SpecValue value) => value.Type == Type && Text switch
    {
        null => value.Bits != 0,
        not "null" when Type == ValType.FuncRef => value.Bits != 0,
        "nan:canonical" => (value.Bits & AllButSign) == Quiet,
        "nan:arithmetic" => (value.Bits & Quiet) == Quiet,
        _ => value.Bits == SpecText.Bits(Type, Text),
    };

    public override string ToString() => $"{Type} {Text ?? "any"}";

    /// <summary>Exponent all ones and the first bit of the fraction: the canonical NaN, and what every arithmetic NaN has set.</summary>
    private ulong Quiet => Type == ValType.F32 ? 0x7FC00000UL : 0x7FF8000000000000;

    private ulong AllButSign => Type == ValType.F32 ? 0x7FFFFFFFUL : 0x7FFFFFFFFFFFFFFF;
}

internal static class SpecText
{
    public static ValType Type(string name) => name switch
    {
        "i32" => ValType.I32,
        "i64" => ValType.I64,
        "f32" => ValType.F32,
        "f64" => ValType.F64,
        "funcref" => ValType.FuncRef,
        "externref" => ValType.ExternRef,
        _ => throw new NotSupportedException($"the suite uses values of type {name} here: skip the line in skips.tsv"),
    };

    public static ulong Bits(ValType type, string text)
    {
        if (text == "null") return 0;
        ulong bits =
            text[0] == '-' ? (ulong)long.Parse(text, CultureInfo.InvariantCulture) : ulong.Parse(text, CultureInfo.InvariantCulture);
        if (ValTypes.IsRef(type)) return bits + 1;
        return ValTypes.Slots(type) == 1 ? (uint)bits : bits;
    }
}
