// SPDX-License-Identifier: MIT
// double arithmetic on bit patterns (spec chapter 4.3.3). A target without the hardware links its own file in place of this one.
using System;
using System.Runtime.CompilerServices;

namespace Wamr.Nano.Core;

/// <summary>IEEE 754 binary64, passed as bits, so that a NaN's payload survives and no unit is needed to move one.</summary>
internal static unsafe class Float64
{
    private const ulong Sign = 0x8000000000000000, Quiet = 0x0008000000000000, Infinity = 0x7FF0000000000000;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double Value(ulong bits) => BitConverter.UInt64BitsToDouble(bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Bits(double value) => BitConverter.DoubleToUInt64Bits(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Add(ulong a, ulong b) => Bits(Value(a) + Value(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Sub(ulong a, ulong b) => Bits(Value(a) - Value(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Mul(ulong a, ulong b) => Bits(Value(a) * Value(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Div(ulong a, ulong b) => Bits(Value(a) / Value(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool Eq(ulong a, ulong b) => Value(a) == Value(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool Ne(ulong a, ulong b) => Value(a) != Value(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool Lt(ulong a, ulong b) => Value(a) < Value(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool Gt(ulong a, ulong b) => Value(a) > Value(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool Le(ulong a, ulong b) => Value(a) <= Value(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool Ge(ulong a, ulong b) => Value(a) >= Value(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Abs(ulong a) => a & ~Sign;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Neg(ulong a) => a ^ Sign;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Sqrt(ulong a) => Bits(Math.Sqrt(Value(a)));

    internal static bool IsNaN(ulong a) => (a & ~Sign) > Infinity;

    /// <summary>The lesser; a NaN if either is one; -0 below 0.</summary>
    internal static ulong Min(ulong a, ulong b)
    {
        if (IsNaN(a)) return a | Quiet;
        if (IsNaN(b)) return b | Quiet;
        // Equal operands differ at most in the sign of zero.
        if (Eq(a, b)) return a | b;
        return Lt(a, b) ? a : b;
    }

    /// <summary>The greater; a NaN if either is one; 0 above -0.</summary>
    internal static ulong Max(ulong a, ulong b)
    {
        if (IsNaN(a)) return a | Quiet;
        if (IsNaN(b)) return b | Quiet;
        if (Eq(a, b)) return a & b;
        return Gt(a, b) ? a : b;
    }

    /// <summary>
    /// Rounds to an integer: towards zero, then one away from it where <paramref name="op"/> wants that. On bits: exact, and the same everywhere.
    /// </summary>
    internal static ulong Round(Opcode op, ulong a)
    {
        if (IsNaN(a)) return a | Quiet;
        int exponent = (int)(a >> 52 & 0x7FF) - 1023;
        if (exponent >= 52) return a;
        ulong fraction = exponent < 0 ? a & ~Sign : a & ((ulong)1 << (52 - exponent)) - 1;
        if (fraction == 0) return a;
        ulong truncated = exponent < 0 ? a & Sign : a & ~fraction;
        bool negative = (a & Sign) != 0;
        bool away = op == Opcode.F64Ceil ? !negative : op == Opcode.F64Floor ? negative : op == Opcode.F64Nearest && RoundsAway(a, fraction, exponent);
        if (!away) return truncated;
        // One unit in the last integer place; below one that unit is one itself, with the sign.
        if (exponent < 0) return (a & Sign) | One;
        return truncated + ((ulong)1 << (52 - exponent));
    }

    private const ulong One = 0x3FF0000000000000;

    /// <summary>Whether rounding to nearest, ties to even, goes away from zero.</summary>
    private static bool RoundsAway(ulong a, ulong fraction, int exponent)
    {
        if (exponent < -1) return false;
        // In [0.5, 1) only 0.5 itself is a tie, and goes to 0.
        if (exponent == -1) return (a & ~Sign) != 0x3FE0000000000000;
        ulong half = (ulong)1 << (51 - exponent);
        if (fraction != half) return fraction > half;
        // A tie goes to the even integer. Of 1.5 the odd bit is the hidden one.
        return exponent == 0 || (a & half << 1) != 0;
    }

    /// <summary>The instructions of this type that have no line of their own in the interpreter.</summary>
    internal static WasmError Run(Opcode op, uint* d, uint* a, uint* b)
    {
        ulong x = Raw.Load64((byte*)a);
        switch (op)
        {
            case Opcode.F64Ceil or Opcode.F64Floor or Opcode.F64Trunc or Opcode.F64Nearest: x = Round(op, x); break;
            case Opcode.F64Min: x = Min(x, Raw.Load64((byte*)b)); break;
            case Opcode.F64Max: x = Max(x, Raw.Load64((byte*)b)); break;
            case Opcode.F64Copysign: x = (x & ~Sign) | (Raw.Load64((byte*)b) & Sign); break;
            default: return WasmError.BadRegisterCode;
        }
        Raw.Store64((byte*)d, x);
        return WasmError.None;
    }
}
