// SPDX-License-Identifier: MIT
// What numeric instructions compute (spec chapter 4.3), in plain C# on values: one arm an opcode, nothing shared with the engine.
using System;
using System.Numerics;

namespace Wamr.Nano.Tests.TestKit.Reference;

internal static class ReferenceNumeric
{
    /// <summary>Result bits of <paramref name="op"/> for one or two operands' bits; a trap is thrown.</summary>
    public static ulong Apply(Opcode op, ulong a, ulong b)
    {
        if (op is >= Opcode.I32TruncSatF32S and <= Opcode.I64TruncSatF64U) return Saturated(op, a);
        if (op is >= Opcode.I32TruncF32S and <= Opcode.I32TruncF64U or >= Opcode.I64TruncF32S and <= Opcode.I64TruncF64U)
            return Truncated(op, a);
        if (op is >= Opcode.F32Eq and <= Opcode.F32Ge or >= Opcode.F32Abs and <= Opcode.F32Copysign) return Single(op, F(a), F(b));
        if (op is >= Opcode.F64Eq and <= Opcode.F64Ge or >= Opcode.F64Abs and <= Opcode.F64Copysign) return Double(op, D(a), D(b));
        if (op is >= Opcode.I64Eqz and <= Opcode.I64GeU or >= Opcode.I64Clz and <= Opcode.I64Rotr) return Integer64(op, (long)a, (long)b);
        if (op <= Opcode.I32Rotr) return (uint)Integer32(op, (int)a, (int)b);
        return Converted(op, a);
    }

    private static int Integer32(Opcode op, int a, int b) => op switch
    {
        Opcode.I32Eqz => B(a == 0),
        Opcode.I32Eq => B(a == b),
        Opcode.I32Ne => B(a != b),
        Opcode.I32LtS => B(a < b),
        Opcode.I32LtU => B((uint)a < (uint)b),
        Opcode.I32GtS => B(a > b),
        Opcode.I32GtU => B((uint)a > (uint)b),
        Opcode.I32LeS => B(a <= b),
        Opcode.I32LeU => B((uint)a <= (uint)b),
        Opcode.I32GeS => B(a >= b),
        Opcode.I32GeU => B((uint)a >= (uint)b),
        Opcode.I32Clz => BitOperations.LeadingZeroCount((uint)a),
        Opcode.I32Ctz => a == 0 ? 32 : BitOperations.TrailingZeroCount(a),
        Opcode.I32Popcnt => BitOperations.PopCount((uint)a),
        Opcode.I32Add => a + b,
        Opcode.I32Sub => a - b,
        Opcode.I32Mul => a * b,
        Opcode.I32DivS => (int)Quotient(a, b, int.MinValue),
        Opcode.I32DivU => (int)((uint)a / NotZero((uint)b)),
        Opcode.I32RemS => (int)((long)a % NotZero(b)),
        Opcode.I32RemU => (int)((uint)a % NotZero((uint)b)),
        Opcode.I32And => a & b,
        Opcode.I32Or => a | b,
        Opcode.I32Xor => a ^ b,
        Opcode.I32Shl => a << (b & 31),
        Opcode.I32ShrS => a >> (b & 31),
        Opcode.I32ShrU => a >>> (b & 31),
        Opcode.I32Rotl => (int)((uint)a << (b & 31) | (uint)((ulong)(uint)a >> (32 - (b & 31)))),
        Opcode.I32Rotr => (int)((uint)a >> (b & 31) | (uint)((ulong)(uint)a << (32 - (b & 31)))),
        _ => throw new NotSupportedException($"{op}"),
    };

    private static ulong Integer64(Opcode op, long a, long b) => op switch
    {
        Opcode.I64Eqz => (ulong)B(a == 0),
        Opcode.I64Eq => (ulong)B(a == b),
        Opcode.I64Ne => (ulong)B(a != b),
        Opcode.I64LtS => (ulong)B(a < b),
        Opcode.I64LtU => (ulong)B((ulong)a < (ulong)b),
        Opcode.I64GtS => (ulong)B(a > b),
        Opcode.I64GtU => (ulong)B((ulong)a > (ulong)b),
        Opcode.I64LeS => (ulong)B(a <= b),
        Opcode.I64LeU => (ulong)B((ulong)a <= (ulong)b),
        Opcode.I64GeS => (ulong)B(a >= b),
        Opcode.I64GeU => (ulong)B((ulong)a >= (ulong)b),
        Opcode.I64Clz => (ulong)BitOperations.LeadingZeroCount((ulong)a),
        Opcode.I64Ctz => a == 0 ? 64 : (ulong)BitOperations.TrailingZeroCount(a),
        Opcode.I64Popcnt => (ulong)BitOperations.PopCount((ulong)a),
        Opcode.I64Add => (ulong)(a + b),
        Opcode.I64Sub => (ulong)(a - b),
        Opcode.I64Mul => (ulong)(a * b),
        Opcode.I64DivS => (ulong)Quotient(a, b, long.MinValue),
        Opcode.I64DivU => (ulong)a / (ulong)NotZero(b),
        Opcode.I64RemS => (ulong)((Int128)a % NotZero(b)),
        Opcode.I64RemU => (ulong)a % (ulong)NotZero(b),
        Opcode.I64And => (ulong)(a & b),
        Opcode.I64Or => (ulong)(a | b),
        Opcode.I64Xor => (ulong)(a ^ b),
        Opcode.I64Shl => (ulong)(a << (int)(b & 63)),
        Opcode.I64ShrS => (ulong)(a >> (int)(b & 63)),
        Opcode.I64ShrU => (ulong)a >> (int)(b & 63),
        Opcode.I64Rotl => (ulong)(((UInt128)(ulong)a << (int)(b & 63)) | ((UInt128)(ulong)a >> (int)(64 - (b & 63)))),
        Opcode.I64Rotr => (ulong)(((UInt128)(ulong)a >> (int)(b & 63)) | ((UInt128)(ulong)a << (int)(64 - (b & 63)))),
        _ => throw new NotSupportedException($"{op}"),
    };

    private static ulong Single(Opcode op, float a, float b) => op switch
    {
        Opcode.F32Eq => (ulong)B(a == b),
        Opcode.F32Ne => (ulong)B(a != b),
        Opcode.F32Lt => (ulong)B(a < b),
        Opcode.F32Gt => (ulong)B(a > b),
        Opcode.F32Le => (ulong)B(a <= b),
        Opcode.F32Ge => (ulong)B(a >= b),
        Opcode.F32Abs => Bits(a) & 0x7FFFFFFF,
        Opcode.F32Neg => Bits(a) ^ 0x80000000,
        Opcode.F32Ceil => Bits(MathF.Ceiling(a)),
        Opcode.F32Floor => Bits(MathF.Floor(a)),
        Opcode.F32Trunc => Bits(MathF.Truncate(a)),
        Opcode.F32Nearest => Bits(MathF.Round(a, MidpointRounding.ToEven)),
        Opcode.F32Sqrt => Bits(MathF.Sqrt(a)),
        Opcode.F32Add => Bits(a + b),
        Opcode.F32Sub => Bits(a - b),
        Opcode.F32Mul => Bits(a * b),
        Opcode.F32Div => Bits(a / b),
        Opcode.F32Min => Bits(MathF.Min(a, b)),
        Opcode.F32Max => Bits(MathF.Max(a, b)),
        Opcode.F32Copysign => (Bits(a) & 0x7FFFFFFF) | (Bits(b) & 0x80000000),
        _ => throw new NotSupportedException($"{op}"),
    };

    private static ulong Double(Opcode op, double a, double b) => op switch
    {
        Opcode.F64Eq => (ulong)B(a == b),
        Opcode.F64Ne => (ulong)B(a != b),
        Opcode.F64Lt => (ulong)B(a < b),
        Opcode.F64Gt => (ulong)B(a > b),
        Opcode.F64Le => (ulong)B(a <= b),
        Opcode.F64Ge => (ulong)B(a >= b),
        Opcode.F64Abs => Bits(a) & 0x7FFFFFFFFFFFFFFF,
        Opcode.F64Neg => Bits(a) ^ 0x8000000000000000,
        Opcode.F64Ceil => Bits(Math.Ceiling(a)),
        Opcode.F64Floor => Bits(Math.Floor(a)),
        Opcode.F64Trunc => Bits(Math.Truncate(a)),
        Opcode.F64Nearest => Bits(Math.Round(a, MidpointRounding.ToEven)),
        Opcode.F64Sqrt => Bits(Math.Sqrt(a)),
        Opcode.F64Add => Bits(a + b),
        Opcode.F64Sub => Bits(a - b),
        Opcode.F64Mul => Bits(a * b),
        Opcode.F64Div => Bits(a / b),
        Opcode.F64Min => Bits(Math.Min(a, b)),
        Opcode.F64Max => Bits(Math.Max(a, b)),
        Opcode.F64Copysign => (Bits(a) & 0x7FFFFFFFFFFFFFFF) | (Bits(b) & 0x8000000000000000),
        _ => throw new NotSupportedException($"{op}"),
    };

    private static ulong Converted(Opcode op, ulong a) => op switch
    {
        Opcode.I32WrapI64 or Opcode.I64ExtendI32U => (uint)a,
        Opcode.I64ExtendI32S or Opcode.I64Extend32S => (ulong)(int)a,
        Opcode.F32ConvertI32S => Bits((float)Rounded((int)a, 24)),
        Opcode.F32ConvertI32U => Bits((float)Rounded((uint)a, 24)),
        Opcode.F32ConvertI64S => Bits((float)Rounded((long)a, 24)),
        Opcode.F32ConvertI64U => Bits((float)Rounded(a, 24)),
        Opcode.F64ConvertI32S => Bits(Rounded((int)a, 53)),
        Opcode.F64ConvertI32U => Bits(Rounded((uint)a, 53)),
        Opcode.F64ConvertI64S => Bits(Rounded((long)a, 53)),
        Opcode.F64ConvertI64U => Bits(Rounded(a, 53)),
        Opcode.F32DemoteF64 => Bits((float)D(a)),
        Opcode.F64PromoteF32 => Bits((double)F(a)),
        Opcode.I32ReinterpretF32 or Opcode.I64ReinterpretF64 or Opcode.F32ReinterpretI32 or Opcode.F64ReinterpretI64 => a,
        Opcode.I32Extend8S => (uint)(sbyte)a,
        Opcode.I32Extend16S => (uint)(short)a,
        Opcode.I64Extend8S => (ulong)(sbyte)a,
        Opcode.I64Extend16S => (ulong)(short)a,
        _ => throw new NotSupportedException($"{op}"),
    };

    /// <summary>An integer rounded to so many significant bits, ties to even: then it is a floating-point number exactly.</summary>
    private static double Rounded(Int128 value, int bits)
    {
        UInt128 magnitude = (UInt128)Int128.Abs(value);
        int excess = 128 - (int)UInt128.LeadingZeroCount(magnitude) - bits;
        if (excess > 0)
        {
            UInt128 half = UInt128.One << (excess - 1), rest = magnitude & ((half << 1) - 1);
            magnitude >>= excess;
            if (rest > half || (rest == half && (magnitude & 1) != 0)) magnitude++;
        }
        double rounded = Math.ScaleB((double)(long)magnitude, Math.Max(excess, 0));
        return value < 0 ? -rounded : rounded;
    }

    private static double Float(Opcode op, ulong a) =>
        op is Opcode.I32TruncF32S or Opcode.I32TruncF32U or Opcode.I64TruncF32S or Opcode.I64TruncF32U or Opcode.I32TruncSatF32S
            or Opcode.I32TruncSatF32U or Opcode.I64TruncSatF32S or Opcode.I64TruncSatF32U ? F(a) : D(a);

    private static (BigInteger Min, BigInteger Max) Range(Opcode op) => op switch
    {
        Opcode.I32TruncF32S or Opcode.I32TruncF64S or Opcode.I32TruncSatF32S or Opcode.I32TruncSatF64S => (int.MinValue, int.MaxValue),
        Opcode.I32TruncF32U or Opcode.I32TruncF64U or Opcode.I32TruncSatF32U or Opcode.I32TruncSatF64U => (0, uint.MaxValue),
        Opcode.I64TruncF32S or Opcode.I64TruncF64S or Opcode.I64TruncSatF32S or Opcode.I64TruncSatF64S => (long.MinValue, long.MaxValue),
        _ => (0, ulong.MaxValue),
    };

    private static ulong Truncated(Opcode op, ulong a)
    {
        double x = Float(op, a);
        if (double.IsNaN(x)) throw new ReferenceTrap(WasmError.InvalidConversionToInteger);
        if (double.IsInfinity(x)) throw new ReferenceTrap(WasmError.IntegerOverflow);
        (BigInteger min, BigInteger max) = Range(op);
        BigInteger integer = new(x);
        if (integer < min || integer > max) throw new ReferenceTrap(WasmError.IntegerOverflow);
        return Pattern(integer, max);
    }

    private static ulong Saturated(Opcode op, ulong a)
    {
        double x = Float(op, a);
        if (double.IsNaN(x)) return 0;
        (BigInteger min, BigInteger max) = Range(op);
        if (double.IsInfinity(x)) return Pattern(x < 0 ? min : max, max);
        return Pattern(BigInteger.Clamp(new(x), min, max), max);
    }

    private static ulong Pattern(BigInteger value, BigInteger max) =>
        (ulong)(value & ulong.MaxValue) & (max > uint.MaxValue ? ulong.MaxValue : uint.MaxValue);

    private static long Quotient(long a, long b, long min)
    {
        NotZero(b);
        if (a == min && b == -1) throw new ReferenceTrap(WasmError.IntegerOverflow);
        return a / b;
    }

    private static T NotZero<T>(T divisor) where T : INumber<T> =>
        T.IsZero(divisor) ? throw new ReferenceTrap(WasmError.IntegerDivideByZero) : divisor;

    private static int B(bool value) => value ? 1 : 0;

    private static float F(ulong bits) => BitConverter.UInt32BitsToSingle((uint)bits);

    private static double D(ulong bits) => BitConverter.UInt64BitsToDouble(bits);

    private static ulong Bits(float value) => BitConverter.SingleToUInt32Bits(value);

    private static ulong Bits(double value) => BitConverter.DoubleToUInt64Bits(value);
}
