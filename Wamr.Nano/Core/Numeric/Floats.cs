// SPDX-License-Identifier: MIT
// Rarer f32 and f64 instructions (spec chapter 4.3.3) on bits: exact, the same on every machine, and no library where there is no unit.
using Wamr.Nano.Core.Platform;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Numeric;

/// <summary>
/// One code for both types: the bits of an f32 are taken as the upper half of a 64-bit number of the same make, sign, exponent, fraction,
/// only with an exponent of 8 bits. <see cref="FractionBits"/> tells the two apart.
/// </summary>
internal static unsafe class Floats
{
    internal const ulong Sign = 0x8000000000000000;

    /// <summary>From an opcode of f32 to the one of f64 that does the same.</summary>
    private const int ToF64 = Opcode.F64Ceil - Opcode.F32Ceil;

    internal static int FractionBits(bool single) => single ? 55 : 52;

    /// <summary>Bits of the infinity, which all NaNs are above.</summary>
    internal static ulong Infinity(int fractionBits) => ~Sign >> fractionBits << fractionBits;

    internal static bool IsNaN(ulong x, int fractionBits) => (x & ~Sign) > Infinity(fractionBits);

    /// <summary>The power of two a number is at least; what is less than the least normal number counts as that.</summary>
    internal static int Exponent(ulong x, int fractionBits)
    {
        int exponents = (int)(Infinity(fractionBits) >> fractionBits);
        return (int)(x >> fractionBits & (uint)exponents) - (exponents >> 1);
    }

    internal static ulong Load(bool single, uint* slots) => single ? (ulong)*slots << 32 : Raw.Load64((byte*)slots);

    /// <summary>
    /// Ceil, floor, trunc, nearest, min, max, copysign. <paramref name="b"/> is looked at where there is a second operand.
    /// </summary>
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

    /// <summary>The lesser or the greater; a NaN if either is one; -0 below 0.</summary>
    private static ulong Choose(Opcode op, ulong x, ulong y, int fractionBits)
    {
        ulong quiet = (ulong)1 << (fractionBits - 1);
        if (IsNaN(x, fractionBits)) return x | quiet;
        if (IsNaN(y, fractionBits)) return y | quiet;
        return Order(x) < Order(y) == (op == Opcode.F64Min) ? x : y;
    }

    /// <summary>A number that compares as the float does: of negative ones the larger magnitude is the lesser.</summary>
    private static long Order(ulong x) => (long)x < 0 ? (long)(x ^ ~Sign) : (long)x;

    /// <summary>Rounds to an integer: towards zero, then one away from it where <paramref name="op"/> wants that.</summary>
    private static ulong Round(Opcode op, ulong x, int fractionBits)
    {
        if (IsNaN(x, fractionBits)) return x | (ulong)1 << (fractionBits - 1);
        int exponent = Exponent(x, fractionBits);
        if (exponent >= fractionBits) return x;
        // The last integer place and, below it, the half of that. Below one that place is the exponent's: one is its number.
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
        // A half itself is one place below one, and goes to 0.
        ulong half = exponent < 0 ? unit - ((ulong)1 << fractionBits) : unit >> 1;
        if (fraction != half) return fraction > half;
        // A tie goes to the even integer. Of 1.5 the odd bit is the hidden one.
        return exponent == 0 || exponent > 0 && (x & unit) != 0;
    }
}
