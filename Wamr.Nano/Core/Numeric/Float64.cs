// SPDX-License-Identifier: MIT
// double arithmetic on bit patterns (spec chapter 4.3.3). A target without the hardware links its own file instead of this one.
using System;
using System.Runtime.CompilerServices;

namespace Wamr.Nano.Core.Numeric;

/// <summary>
/// IEEE 754 binary64. Values are passed as bits, so that a NaN keeps its payload, and moving a value needs no floating-point unit.
/// </summary>
internal static unsafe class Float64
{
    private const ulong Sign = 0x8000000000000000;

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
}
