// SPDX-License-Identifier: MIT
// Wide arithmetic (proposal wide-arithmetic): sums and differences of 128 bits, products of two i64 in full.
using Wamr.Nano.Core.Platform;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Numeric;

internal static unsafe class Integer128
{
    /// <summary>Operands and results in slots, low half first. Reads everything before it writes; never fails.</summary>
    internal static WasmError Evaluate(Opcode op, uint* d, uint* a, uint* b)
    {
        ulong x = Raw.Load64((byte*)a), y = Raw.Load64((byte*)b), low, high;
        if (op <= Opcode.I64Sub128)
        {
            high = Raw.Load64((byte*)(a + 2));
            ulong other = Raw.Load64((byte*)(b + 2));
            bool add = op == Opcode.I64Add128;
            low = add ? x + y : x - y;
            high = add ? high + other + (low < x ? 1u : 0) : high - other - (x < y ? 1u : 0);
        }
        else
        {
            low = x * y;
            high = HighProduct(x, y);
            // As an unsigned number, a negative factor is too large by 2^64, so the other factor must be subtracted once.
            if (op == Opcode.I64MulWideS) high -= ((long)x < 0 ? y : 0) + ((long)y < 0 ? x : 0);
        }
        Raw.Store64((byte*)d, low);
        Raw.Store64((byte*)(d + 2), high);
        return WasmError.None;
    }

    /// <summary>The upper half of the product of two unsigned numbers, computed from their halves.</summary>
    private static ulong HighProduct(ulong x, ulong y)
    {
        ulong xLow = (uint)x, xHigh = x >> 32, yLow = (uint)y, yHigh = y >> 32;
        ulong cross = xHigh * yLow + (xLow * yLow >> 32);
        ulong middle = xLow * yHigh + (uint)cross;
        return xHigh * yHigh + (cross >> 32) + (middle >> 32);
    }
}
