// SPDX-License-Identifier: MIT
// Lowers loads and stores (spec chapter 3.4.7). Offsets take 16 bits; a larger one is added, and checked, beforehand.
using System;

namespace Wamr.Nano.Core;

internal static unsafe class LowerMemory
{
    /// <summary>Register opcode by load or store opcode: a float moves like the integer of its width, a truncating store like the low word.</summary>
    private static ReadOnlySpan<byte> Ops =>
    [
        (byte)RegOp.I32Load, (byte)RegOp.I64Load, (byte)RegOp.I32Load, (byte)RegOp.I64Load,
        (byte)RegOp.I32Load8S, (byte)RegOp.I32Load8U, (byte)RegOp.I32Load16S, (byte)RegOp.I32Load16U,
        (byte)RegOp.I64Load8S, (byte)RegOp.I64Load8U, (byte)RegOp.I64Load16S, (byte)RegOp.I64Load16U,
        (byte)RegOp.I64Load32S, (byte)RegOp.I64Load32U,
        (byte)RegOp.I32Store, (byte)RegOp.I64Store, (byte)RegOp.I32Store, (byte)RegOp.I64Store,
        (byte)RegOp.I32Store8, (byte)RegOp.I32Store16, (byte)RegOp.I32Store8, (byte)RegOp.I32Store16, (byte)RegOp.I32Store,
    ];

    /// <summary>Bytes accessed, as a power of two, is the natural alignment of each of these opcodes.</summary>
    private static uint Bytes(Opcode op) => 1u << OpTable.AlignLog2((int)op);

    private static RegOp OpOf(Opcode op) => (RegOp)Ops[op - Opcode.I32Load];

    /// <summary>Whether there is a form of the load that adds two slots.</summary>
    internal static bool FusesSum(Opcode op) => op is >= Opcode.I32Load and <= Opcode.I32Load16U;

    internal static void Load(Lowering* l, Opcode op)
    {
        RegOp code = OpOf(op);
        uint offset = l->Instr.B;
        Operand address = *Operands.Pop(l);
        uint own = l->Height;
        uint slots = OpTable.Signature((int)op) is Sig.I_L or Sig.I_D ? 2u : 1u;
        if (address.Kind == OperandKind.Sum && offset <= 0xFFFF && FusesSum(op))
        {
            Access(l, code + (byte)(RegOp.I32LoadAt - RegOp.I32Load), Operands.Result(l, slots), address.Slot, address.Lo, offset);
            return;
        }
        uint a = Operands.SlotOf(l, &address, own);
        if (offset > 0xFFFF)
        {
            Far(l, own, a, offset, Bytes(op));
            a = own;
            offset = 0;
        }
        Access(l, code, Operands.Result(l, slots), a, 0, offset);
    }

    /// <summary>The summing forms stand for the first loads alone, without gaps: both groups have the same order.</summary>
    private static byte Skipped(RegOp code) => 0;

    private static void Access(Lowering* l, RegOp code, uint d, uint a, uint b, uint offset)
    {
        bool wide = (RegOpTable.Wide(code) & W.D) != 0;
        a = Emit.Source(l, a, false, 0);
        if (b != 0) b = Emit.Source(l, b, false, 1);
        Emit.Op(l, code, Emit.Target(l, d));
        Emit.Pair(l, a, b);
        Emit.Unit(l, offset);
        Emit.Finish(l, d, wide);
    }

    internal static void Store(Lowering* l, Opcode op)
    {
        RegOp code = OpOf(op);
        uint offset = l->Instr.B;
        uint value = Operands.PopSlot(l);
        Operand address = *Operands.Pop(l);
        uint own = l->Height;
        if (address.Kind == OperandKind.Sum && offset <= 0xFFFF)
        {
            Put(l, code + (byte)(RegOp.I32StoreAt - RegOp.I32Store), value, address.Slot, address.Lo, offset);
            return;
        }
        uint a = Operands.SlotOf(l, &address, own);
        if (offset > 0xFFFF)
        {
            Far(l, own, a, offset, Bytes(op));
            a = own;
            offset = 0;
        }
        Put(l, code, value, a, 0, offset);
    }

    private static void Put(Lowering* l, RegOp code, uint value, uint a, uint b, uint offset)
    {
        a = Emit.Source(l, a, false, 0);
        b = Emit.Source(l, b, false, 1);
        value = Emit.Source(l, value, (RegOpTable.Wide(code) & W.D) != 0, 2);
        Emit.Op(l, code, value);
        Emit.Pair(l, a, b);
        Emit.Unit(l, offset);
    }

    /// <summary>Adds an offset beyond 16 bits to an address, having checked that the access lies inside the memory.</summary>
    private static void Far(Lowering* l, uint d, uint a, uint offset, uint bytes)
    {
        a = Emit.Source(l, a, false, 0);
        Emit.Op(l, RegOp.FarAddress, Emit.Target(l, d));
        Emit.Pair(l, a, bytes);
        Emit.Word(l, offset);
        Emit.Finish(l, d, false);
    }
}
