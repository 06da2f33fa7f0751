// SPDX-License-Identifier: MIT
// float arithmetic on bit patterns (spec chapter 4.3.3). A target without the hardware links its own file in place of this one.
using System;
using System.Runtime.CompilerServices;

namespace Wamr.Nano.Core;

/// <summary>IEEE 754 binary32, passed as bits, so that a NaN's payload survives and no unit is needed to move one.</summary>
internal static unsafe class Float32
{
    private const uint Sign = 0x80000000, Quiet = 0x00400000, Infinity = 0x7F800000;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float Value(uint bits) => BitConverter.UInt32BitsToSingle(bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint Bits(float value) => BitConverter.SingleToUInt32Bits(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint Add(uint a, uint b) => Bits(Value(a) + Value(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint Sub(uint a, uint b) => Bits(Value(a) - Value(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint Mul(uint a, uint b) => Bits(Value(a) * Value(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint Div(uint a, uint b) => Bits(Value(a) / Value(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool Eq(uint a, uint b) => Value(a) == Value(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool Ne(uint a, uint b) => Value(a) != Value(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool Lt(uint a, uint b) => Value(a) < Value(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool Gt(uint a, uint b) => Value(a) > Value(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool Le(uint a, uint b) => Value(a) <= Value(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool Ge(uint a, uint b) => Value(a) >= Value(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint Abs(uint a) => a & ~Sign;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint Neg(uint a) => a ^ Sign;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint Sqrt(uint a) => Bits(MathF.Sqrt(Value(a)));

    internal static bool IsNaN(uint a) => (a & ~Sign) > Infinity;

    /// <summary>The lesser; a NaN if either is one; -0 below 0.</summary>
    internal static uint Min(uint a, uint b)
    {
        if (IsNaN(a)) return a | Quiet;
        if (IsNaN(b)) return b | Quiet;
        // Equal operands differ at most in the sign of zero.
        if (Eq(a, b)) return a | b;
        return Lt(a, b) ? a : b;
    }

    /// <summary>The greater; a NaN if either is one; 0 above -0.</summary>
    internal static uint Max(uint a, uint b)
    {
        if (IsNaN(a)) return a | Quiet;
        if (IsNaN(b)) return b | Quiet;
        if (Eq(a, b)) return a & b;
        return Gt(a, b) ? a : b;
    }

    /// <summary>
    /// Rounds to an integer: towards zero, then one away from it where <paramref name="op"/> wants that. On bits: exact, and the same everywhere.
    /// </summary>
    internal static uint Round(Opcode op, uint a)
    {
        if (IsNaN(a)) return a | Quiet;
        int exponent = (int)(a >> 23 & 0xFF) - 127;
        if (exponent >= 23) return a;
        uint fraction = exponent < 0 ? a & ~Sign : a & ((uint)1 << (23 - exponent)) - 1;
        if (fraction == 0) return a;
        uint truncated = exponent < 0 ? a & Sign : a & ~fraction;
        bool negative = (a & Sign) != 0;
        bool away = op == Opcode.F32Ceil ? !negative : op == Opcode.F32Floor ? negative : op == Opcode.F32Nearest && RoundsAway(a, fraction, exponent);
        if (!away) return truncated;
        // One unit in the last integer place; below one that unit is one itself, with the sign.
        if (exponent < 0) return (a & Sign) | One;
        return truncated + ((uint)1 << (23 - exponent));
    }

    private const uint One = 0x3F800000;

    /// <summary>Whether rounding to nearest, ties to even, goes away from zero.</summary>
    private static bool RoundsAway(uint a, uint fraction, int exponent)
    {
        if (exponent < -1) return false;
        // In [0.5, 1) only 0.5 itself is a tie, and goes to 0.
        if (exponent == -1) return (a & ~Sign) != 0x3F000000;
        uint half = (uint)1 << (22 - exponent);
        if (fraction != half) return fraction > half;
        // A tie goes to the even integer. Of 1.5 the odd bit is the hidden one.
        return exponent == 0 || (a & half << 1) != 0;
    }

    /// <summary>The instructions of this type that have no line of their own in the interpreter.</summary>
    internal static WasmError Run(Opcode op, uint* d, uint* a, uint* b)
    {
        uint x = *a;
        switch (op)
        {
            case Opcode.F32Ceil or Opcode.F32Floor or Opcode.F32Trunc or Opcode.F32Nearest: x = Round(op, x); break;
            case Opcode.F32Min: x = Min(x, *b); break;
            case Opcode.F32Max: x = Max(x, *b); break;
            case Opcode.F32Copysign: x = (x & ~Sign) | (*b & Sign); break;
            default: return WasmError.BadRegisterCode;
        }
        *d = x;
        return WasmError.None;
    }
}
