// SPDX-License-Identifier: MIT
// float arithmetic on bit patterns (spec chapter 4.3.3). A target without the hardware links its own file instead of this one.
using System;
using System.Runtime.CompilerServices;

namespace Wamr.Nano.Core.Numeric;

/// <summary>
/// IEEE 754 binary32. Values are passed as bits, so that a NaN keeps its payload, and moving a value needs no floating-point unit.
/// </summary>
internal static unsafe class Float32
{
    private const uint Sign = 0x80000000;

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
}
