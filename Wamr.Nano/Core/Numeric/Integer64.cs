// SPDX-License-Identifier: MIT
// Rarer i64 instructions (spec chapter 4.3.2).
using System.Numerics;
using Wamr.Nano.Core.Platform;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Numeric;

internal static unsafe class Integer64
{
    internal static WasmError Evaluate(Opcode op, uint* d, uint* a, uint* b)
    {
        ulong x = Raw.Load64((byte*)a);
        switch (op)
        {
            case Opcode.I64Clz: x = (ulong)BitOperations.LeadingZeroCount(x); break;
            case Opcode.I64Ctz: x = (ulong)BitOperations.TrailingZeroCount(x); break;
            case Opcode.I64Popcnt: x = (ulong)BitOperations.PopCount(x); break;
            case Opcode.I64Extend8S: x = (ulong)(sbyte)x; break;
            case Opcode.I64Extend16S: x = (ulong)(short)x; break;
            case Opcode.I64Extend32S: x = (ulong)(int)x; break;
            default: return Divide(op, d, x, Raw.Load64((byte*)b));
        }
        Raw.Store64((byte*)d, x);
        return WasmError.None;
    }

    /// <summary>
    /// Divides magnitudes, so that a machine without the instruction needs only one routine. Both signs determine the quotient's sign; the
    /// remainder has the dividend's.
    /// </summary>
    private static WasmError Divide(Opcode op, uint* d, ulong x, ulong y)
    {
        if (y == 0) return WasmError.IntegerDivideByZero;
        bool signed = op is Opcode.I64DivS or Opcode.I64RemS, remainder = op >= Opcode.I64RemS;
        bool negative = signed && (long)x < 0, opposite = signed && (long)y < 0;
        if (negative) x = 0 - x;
        if (opposite) y = 0 - y;
        ulong quotient = x / y;
        if (remainder) x -= quotient * y;
        else
        {
            x = quotient;
            negative ^= opposite;
            // Only the smallest number divided by -1 overflows.
            if (signed && !negative && (long)x < 0) return WasmError.IntegerOverflow;
        }
        Raw.Store64((byte*)d, negative ? 0 - x : x);
        return WasmError.None;
    }
}
