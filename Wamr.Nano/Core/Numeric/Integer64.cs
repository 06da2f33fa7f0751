// SPDX-License-Identifier: MIT
// Rarer i64 instructions (spec chapter 4.3.2).
using System.Numerics;

namespace Wamr.Nano.Core;

internal static unsafe class Integer64
{
    internal static WasmError Run(Opcode op, uint* d, uint* a, uint* b)
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

    private static WasmError Divide(Opcode op, uint* d, ulong x, ulong y)
    {
        if (y == 0) return WasmError.IntegerDivideByZero;
        bool minusOne = y == ulong.MaxValue;
        switch (op)
        {
            case Opcode.I64DivS:
                if (minusOne && x == 0x8000000000000000) return WasmError.IntegerOverflow;
                x = minusOne ? 0 - x : (ulong)((long)x / (long)y);
                break;
            case Opcode.I64DivU: x /= y; break;
            case Opcode.I64RemS: x = minusOne ? 0 : (ulong)((long)x % (long)y); break;
            case Opcode.I64RemU: x %= y; break;
            default: return WasmError.BadRegisterCode;
        }
        Raw.Store64((byte*)d, x);
        return WasmError.None;
    }
}
