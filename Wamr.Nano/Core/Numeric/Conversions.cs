// SPDX-License-Identifier: MIT
// Conversions between number types (spec chapter 4.3.4): float to integer trapping or saturating, integer to float rounding once.
using System.Numerics;
using Wamr.Nano.Core.Platform;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Numeric;

/// <summary>
/// Works on bits, like <see cref="Floats"/>. The compiler does what a floating-point unit can do, or what its library needs for arithmetic
/// anyway.
/// </summary>
internal static unsafe class Conversions
{
    internal static WasmError Evaluate(Opcode op, uint* d, uint* a)
    {
        switch (op)
        {
            case Opcode.F32ConvertI32S: *d = Float32.Bits((int)*a); break;
            case Opcode.F64ConvertI32S: Raw.Store64((byte*)d, Float64.Bits((int)*a)); break;
            case Opcode.F64PromoteF32: Raw.Store64((byte*)d, Float64.Bits(Float32.Value(*a))); break;
            case Opcode.F32DemoteF64: *d = Float32.Bits((float)Float64.Value(Raw.Load64((byte*)a))); break;
            case >= Opcode.I32TruncSatF32S: return ToInteger(op - Opcode.I32TruncSatF32S, true, d, a);
            case >= Opcode.F64ConvertI32U: Raw.Store64((byte*)d, FromInteger(op - Opcode.F64ConvertI32S, 52, a)); break;
            case >= Opcode.F32ConvertI32U: *d = (uint)FromInteger(op - Opcode.F32ConvertI32S, 23, a); break;
            case >= Opcode.I64TruncF32S: return ToInteger(op - Opcode.I64TruncF32S + Wide, false, d, a);
            default: return ToInteger(op - Opcode.I32TruncF32S, false, d, a);
        }
        return WasmError.None;
    }

    // The order of the opcodes determines these.
    private const int Unsigned = 1, Double = 2, Wide = 4, UnsignedInteger = 1, WideInteger = 2;

    /// <summary>
    /// Truncates a value towards zero if the result is in range. Any other value traps, or becomes the nearer end of the range.
    /// </summary>
    private static WasmError ToInteger(int form, bool saturates, uint* d, uint* a)
    {
        bool single = (form & Double) == 0, unsigned = (form & Unsigned) != 0, wide = (form & Wide) != 0;
        ulong x = Floats.Load(single, a);
        int fractionBits = Floats.FractionBits(single);
        int exponent = Floats.Exponent(x, fractionBits);
        ulong one = (ulong)1 << fractionBits, fraction = (x & one - 1) | one;
        ulong integer = exponent < 0 ? 0
            : exponent <= fractionBits ? fraction >> (fractionBits - exponent)
            : fraction << (exponent - fractionBits);
        bool negative = (x & Floats.Sign) != 0;
        ulong all = ulong.MaxValue >> (wide ? 0 : 32);
        ulong limit = unsigned ? negative ? 0 : all : (all >> 1) + (negative ? 1u : 0);
        if (Floats.IsNaN(x, fractionBits))
        {
            if (!saturates) return WasmError.InvalidConversionToInteger;
            integer = 0;
        }
        else if (exponent > 63 || integer > limit)
        {
            if (!saturates) return WasmError.IntegerOverflow;
            integer = limit;
        }
        if (negative) integer = 0 - integer;
        if (wide) Raw.Store64((byte*)d, integer);
        else *d = (uint)integer;
        return WasmError.None;
    }

    /// <summary>The bits of the nearest float with a fraction of the given number of bits; of two equally near, the even one.</summary>
    private static ulong FromInteger(int form, int fractionBits, uint* a)
    {
        bool unsigned = (form & UnsignedInteger) != 0;
        ulong x = (form & WideInteger) != 0 ? Raw.Load64((byte*)a) : unsigned ? *a : (ulong)(int)*a;
        if (x == 0) return 0;
        bool negative = !unsigned && (long)x < 0;
        if (negative) x = 0 - x;
        int zeros = BitOperations.LeadingZeroCount(x), dropped = 63 - fractionBits;
        x <<= zeros;
        ulong rest = x << (64 - dropped), half = 0x8000000000000000;
        // The highest bit, which the format omits, adds one to the exponent. Rounding may add another one.
        uint exponent = (fractionBits == 23 ? 127u : 1023) + 62 - (uint)zeros;
        ulong bits = ((ulong)exponent << fractionBits) + (x >> dropped);
        if (rest > half || rest == half && (bits & 1) != 0) bits++;
        return negative ? bits | (fractionBits == 23 ? 0x80000000 : half) : bits;
    }
}
