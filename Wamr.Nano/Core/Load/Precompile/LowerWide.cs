// SPDX-License-Identifier: MIT
// Lowers wide arithmetic (proposal wide-arithmetic): 128-bit numbers are pairs of consecutive i64.
using Wamr.Nano.Core.RegisterCode;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Load.Precompile;

internal static unsafe class LowerWide
{
    /// <summary>
    /// [Numeric opcode] [D A] [B -]: A and B are the first slots of the operands, D is that of the result, which takes A's place.
    /// </summary>
    internal static void Lower(Lowering* l, Opcode op)
    {
        uint each = NumericOps.WideOperands(op), values = 2 * each, slots = 2 * values;
        Operands.Flush(l, values);
        Operands.Truncate(l, l->Count - values, l->Height - slots);
        uint own = l->Height, near = own + slots <= Emit.ByteSlots ? own : l->Scratch;
        CopyPairs(l, near, own, values);
        Emit.Op(l, RegOp.Numeric, (uint)op);
        Emit.Pair(l, near, near);
        Emit.Unit(l, near + 2 * each);
        CopyPairs(l, own, near, NumericOps.WideResults);
        for (uint i = 0; i < NumericOps.WideResults; i++) Operands.PushTemp(l, 2);
    }

    private static void CopyPairs(Lowering* l, uint to, uint from, uint count)
    {
        for (uint i = 0; i < 2 * count; i += 2) Emit.Copy(l, to + i, from + i, true);
    }
}
