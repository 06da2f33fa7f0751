// SPDX-License-Identifier: MIT
// Rarer f32 and f64 instructions (spec chapter 4.3.3) on bits: exact, the same on every machine, and without a library if there is no
// floating-point unit.
using Wamr.Nano.Core.Platform;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Numeric;

/// <summary>
/// The same code serves both types. The bits of an f32 become the upper half of a 64-bit number with the same parts (sign, exponent,
/// fraction), but with an exponent of 8 bits. <see cref="FractionBits"/> says which type it is.
/// </summary>
internal static unsafe class Floats
{
    internal const ulong Sign = 0x8000000000000000;

    /// <summary>The distance from an opcode of f32 to the same opcode of f64.</summary>
    private const int ToF64 = Opcode.F64Ceil - Opcode.F32Ceil;

    internal static int FractionBits(bool single) => single ? 55 : 52;

    /// <summary>The bits of infinity. Those of all NaNs are larger.</summary>
    internal static ulong Infinity(int fractionBits) => ~Sign >> fractionBits << fractionBits;

    internal static bool IsNaN(ulong x, int fractionBits) => (x & ~Sign) > Infinity(fractionBits);

    /// <summary>The exponent of a number, as a power of two. Subnormal numbers count as the least normal one.</summary>
    internal static int Exponent(ulong x, int fractionBits)
    {
        int exponents = (int)(Infinity(fractionBits) >> fractionBits);
        return (int)(x >> fractionBits & (uint)exponents) - (exponents >> 1);
    }

    internal static ulong Load(bool single, uint* slots) => single ? (ulong)*slots << 32 : Raw.Load64((byte*)slots);

    /// <summary>Ceil, floor, trunc, nearest, min, max, copysign. <paramref name="b"/> is used only if there is a second operand.</summary>
    internal static WasmError Evaluate(Opcode op, uint* d, uint* a, uint* b)
    {
        bool single = op <= Opcode.F32Copysign;
        if (single) op += ToF64;
        int fractionBits = FractionBits(single);
        ulong x = Load(single, a);
        if (op <= Opcode.F64Nearest) x = Round(op, x, fractionBits);
        else
        {
            ulong y = Load(single, b);
            x = op == Opcode.F64Copysign ? (x & ~Sign) | (y & Sign) : Choose(op, x, y, fractionBits);
        }
        if (single) *d = (uint)(x >> 32);
        else Raw.Store64((byte*)d, x);
        return WasmError.None;
    }

    /// <summary>The smaller or the larger number; a NaN if either is a NaN; -0 is smaller than 0.</summary>
    private static ulong Choose(Opcode op, ulong x, ulong y, int fractionBits)
    {
        ulong quiet = (ulong)1 << (fractionBits - 1);
        if (IsNaN(x, fractionBits)) return x | quiet;
        if (IsNaN(y, fractionBits)) return y | quiet;
        return Order(x) < Order(y) == (op == Opcode.F64Min) ? x : y;
    }

    /// <summary>An integer that compares like the float: of two negative floats, the one with the larger magnitude is smaller.</summary>
    private static long Order(ulong x) => (long)x < 0 ? (long)(x ^ ~Sign) : (long)x;

    /// <summary>Rounds to an integer: towards zero, then one away from zero if <paramref name="op"/> requires it.</summary>
    private static ulong Round(Opcode op, ulong x, int fractionBits)
    {
        if (IsNaN(x, fractionBits)) return x | (ulong)1 << (fractionBits - 1);
        int exponent = Exponent(x, fractionBits);
        if (exponent >= fractionBits) return x;
        // The bit of value one and, below it, the bit of value one half. For a number below one, the bit of value one lies in the exponent.
        ulong unit = exponent < 0 ? Infinity(fractionBits) / 2 & Infinity(fractionBits) : (ulong)1 << (fractionBits - exponent);
        ulong fraction = exponent < 0 ? x & ~Sign : x & unit - 1;
        if (fraction == 0) return x;
        bool negative = (x & Sign) != 0;
        bool away = op == Opcode.F64Ceil ? !negative : op == Opcode.F64Floor ? negative
            : op == Opcode.F64Nearest && RoundsAway(x, fraction, unit, exponent, fractionBits);
        x -= fraction;
        return away ? x + unit : x;
    }

    /// <summary>Whether rounding to nearest, ties to even, goes away from zero.</summary>
    private static bool RoundsAway(ulong x, ulong fraction, ulong unit, int exponent, int fractionBits)
    {
        // One half itself rounds to 0.
        ulong half = exponent < 0 ? unit - ((ulong)1 << fractionBits) : unit >> 1;
        if (fraction != half) return fraction > half;
        // A tie rounds to the even integer. In 1.5, the bit that makes it odd is the hidden one.
        return exponent == 0 || exponent > 0 && (x & unit) != 0;
    }
}
