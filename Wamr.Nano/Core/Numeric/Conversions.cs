// SPDX-License-Identifier: MIT
// Conversions between number types (spec chapter 4.3.4): float to integer trapping or saturating, integer to float rounding once.
namespace Wamr.Nano.Core;

internal static unsafe class Conversions
{
    internal static WasmError Run(Opcode op, uint* d, uint* a)
    {
        if (op >= Opcode.I32TruncSatF32S) return Saturate(op, d, a);
        switch (op)
        {
            case Opcode.I32TruncF32S or Opcode.I32TruncF64S or Opcode.I32TruncF32U or Opcode.I32TruncF64U: return Truncate32(op, d, a);
            case Opcode.I64TruncF32S or Opcode.I64TruncF64S or Opcode.I64TruncF32U or Opcode.I64TruncF64U: return Truncate64(op, d, a);
            case Opcode.F32ConvertI32S: *d = Float32.Bits((int)*a); break;
            case Opcode.F32ConvertI32U: *d = Float32.Bits((long)*a); break;
            case Opcode.F32ConvertI64S: *d = Float32.Bits((long)Raw.Load64((byte*)a)); break;
            case Opcode.F32ConvertI64U: *d = Float32.Bits(SingleOf(Raw.Load64((byte*)a))); break;
            case Opcode.F64ConvertI32S: Put(d, (int)*a); break;
            case Opcode.F64ConvertI32U: Put(d, (long)*a); break;
            case Opcode.F64ConvertI64S: Put(d, (long)Raw.Load64((byte*)a)); break;
            case Opcode.F64ConvertI64U: Put(d, DoubleOf(Raw.Load64((byte*)a))); break;
            case Opcode.F64PromoteF32: Put(d, Float32.Value(*a)); break;
            case Opcode.F32DemoteF64: *d = Float32.Bits((float)Float64.Value(Raw.Load64((byte*)a))); break;
            default: return WasmError.BadRegisterCode;
        }
        return WasmError.None;
    }

    private static void Put(uint* d, double value) => Raw.Store64((byte*)d, Float64.Bits(value));

    /// <summary>Above 2^63 there is no signed number to convert: half of it, the lost bit kept sticky so that rounding happens once.</summary>
    private static float SingleOf(ulong x) => (long)x >= 0 ? (long)x : 2f * (long)(x >> 1 | (x & 1));

    private static double DoubleOf(ulong x) => (long)x >= 0 ? (long)x : 2d * (long)(x >> 1 | (x & 1));

    /// <summary>The operand as a double: every f32 is one.</summary>
    private static double Operand(bool single, uint* a) => single ? Float32.Value(*a) : Float64.Value(Raw.Load64((byte*)a));

    private static bool IsNaN(double x) => Float64.IsNaN(Float64.Bits(x));

    private static WasmError Truncate32(Opcode op, uint* d, uint* a)
    {
        double x = Operand(op is Opcode.I32TruncF32S or Opcode.I32TruncF32U, a);
        if (IsNaN(x)) return WasmError.InvalidConversionToInteger;
        bool signed = op is Opcode.I32TruncF32S or Opcode.I32TruncF64S;
        if (!Fits32(x, signed)) return WasmError.IntegerOverflow;
        *d = (uint)(long)x;
        return WasmError.None;
    }

    private static WasmError Truncate64(Opcode op, uint* d, uint* a)
    {
        double x = Operand(op is Opcode.I64TruncF32S or Opcode.I64TruncF32U, a);
        if (IsNaN(x)) return WasmError.InvalidConversionToInteger;
        bool signed = op is Opcode.I64TruncF32S or Opcode.I64TruncF64S;
        if (!Fits64(x, signed)) return WasmError.IntegerOverflow;
        Raw.Store64((byte*)d, ToUInt64(x));
        return WasmError.None;
    }

    private static WasmError Saturate(Opcode op, uint* d, uint* a)
    {
        int form = op - Opcode.I32TruncSatF32S;
        bool signed = (form & 1) == 0;
        double x = Operand((form & 2) == 0, a);
        if (form < 4) *d = IsNaN(x) ? 0 : Fits32(x, signed) ? (uint)(long)x : Limit32(x < 0, signed);
        else Raw.Store64((byte*)d, IsNaN(x) ? 0 : Fits64(x, signed) ? ToUInt64(x) : Limit64(x < 0, signed));
        return WasmError.None;
    }

    /// <summary>Whether the integer part is in range. All bounds are doubles exactly.</summary>
    private static bool Fits32(double x, bool signed) => signed ? x > -2147483649.0 && x < 2147483648.0 : x > -1.0 && x < 4294967296.0;

    private static bool Fits64(double x, bool signed) =>
        signed ? x >= -9223372036854775808.0 && x < 9223372036854775808.0 : x > -1.0 && x < 18446744073709551616.0;

    /// <summary>Of a number that fits a signed or unsigned 64-bit integer.</summary>
    private static ulong ToUInt64(double x) => x < 9223372036854775808.0 ? (ulong)(long)x : (ulong)(long)(x - 9223372036854775808.0) ^ 0x8000000000000000;

    private static uint Limit32(bool negative, bool signed) => signed ? negative ? 0x80000000 : 0x7FFFFFFF : negative ? 0 : 0xFFFFFFFF;

    private static ulong Limit64(bool negative, bool signed) =>
        signed ? negative ? 0x8000000000000000 : 0x7FFFFFFFFFFFFFFF : negative ? 0 : 0xFFFFFFFFFFFFFFFF;
}
