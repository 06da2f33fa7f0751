// SPDX-License-Identifier: MIT
// Lowers loads and stores (spec chapter 3.4.7). Offsets take 16 bits; a larger offset is added and checked by an instruction before.
using System;
using Wamr.Nano.Core.RegisterCode;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Load.Precompile;

internal static unsafe class LowerMemory
{
    /// <summary>
    /// The register opcode for each load or store. A float moves like an integer of the same width, and a truncating store like the low
    /// word.
    /// </summary>
    private static ReadOnlySpan<byte> Ops =>
    [
        (byte)RegOp.I32Load, (byte)RegOp.I64Load, (byte)RegOp.I32Load, (byte)RegOp.I64Load,
        (byte)RegOp.I32Load8S, (byte)RegOp.I32Load8U, (byte)RegOp.I32Load16S, (byte)RegOp.I32Load16U,
        (byte)RegOp.I64Load8S, (byte)RegOp.I64Load8U, (byte)RegOp.I64Load16S, (byte)RegOp.I64Load16U,
        (byte)RegOp.I64Load32S, (byte)RegOp.I64Load32U,
        (byte)RegOp.I32Store, (byte)RegOp.I64Store, (byte)RegOp.I32Store, (byte)RegOp.I64Store,
        (byte)RegOp.I32Store8, (byte)RegOp.I32Store16, (byte)RegOp.I32Store8, (byte)RegOp.I32Store16, (byte)RegOp.I32Store,
    ];

    /// <summary>The largest end offset that an instruction can hold.</summary>
    private const uint Near = 0xFFFF;

    /// <summary>The natural alignment of each of these opcodes is also the number of bytes accessed, as a power of two.</summary>
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
        uint end = offset + Bytes(op);
        RegOp fused = Fused(&address, code, offset, Bytes(op));
        if (fused != RegOp.Trap)
        {
            Access(l, fused, Operands.Result(l, slots), address.Slot, address.Lo, end);
            return;
        }
        uint a = Operands.SlotOf(l, &address, own);
        Reach(l, own, &a, &end, offset, Bytes(op));
        Access(l, code, Operands.Result(l, slots), a, 0, end);
    }

    /// <summary>The form of an access that adds up its address, or Trap if there is none for this address.</summary>
    private static RegOp Fused(Operand* address, RegOp code, uint offset, uint bytes)
    {
        if (address->Kind != OperandKind.Sum || offset > Near - bytes) return RegOp.Trap;
        bool store = code >= RegOp.I32Store;
        if (address->Hi == 0 && store) return code + (byte)(RegOp.I32StoreAt - RegOp.I32Store);
        if (address->Hi == 0) return code <= RegOp.I32Load16U ? code + (byte)(RegOp.I32LoadAt - RegOp.I32Load) : RegOp.Trap;
        if (address->Hi == 2 && code is RegOp.I32Load or RegOp.I32Store) return store ? RegOp.I32StoreAt4 : RegOp.I32LoadAt4;
        if (address->Hi == 3 && code is RegOp.I64Load or RegOp.I64Store) return store ? RegOp.I64StoreAt8 : RegOp.I64LoadAt8;
        return RegOp.Trap;
    }

    private static void Access(Lowering* l, RegOp code, uint d, uint a, uint b, uint end)
    {
        bool wide = (RegOpTable.Wide(code) & W.D) != 0;
        a = Emit.Source(l, a, false, 0);
        if (b != 0) b = Emit.Source(l, b, false, 1);
        Emit.Op(l, code, Emit.Target(l, d));
        Emit.Pair(l, a, b);
        Emit.Unit(l, end);
        Emit.Finish(l, d, wide);
    }

    internal static void Store(Lowering* l, Opcode op)
    {
        RegOp code = OpOf(op);
        uint offset = l->Instr.B;
        uint value = Operands.PopSlot(l);
        Operand address = *Operands.Pop(l);
        uint own = l->Height;
        uint end = offset + Bytes(op);
        RegOp fused = Fused(&address, code, offset, Bytes(op));
        if (fused != RegOp.Trap)
        {
            Put(l, fused, value, address.Slot, address.Lo, end);
            return;
        }
        uint a = Operands.SlotOf(l, &address, own);
        Reach(l, own, &a, &end, offset, Bytes(op));
        Put(l, code, value, a, 0, end);
    }

    private static void Put(Lowering* l, RegOp code, uint value, uint a, uint b, uint end)
    {
        a = Emit.Source(l, a, false, 0);
        b = Emit.Source(l, b, false, 1);
        value = Emit.Source(l, value, (RegOpTable.Wide(code) & W.D) != 0, 2);
        Emit.Op(l, code, value);
        Emit.Pair(l, a, b);
        Emit.Unit(l, end);
    }

    /// <summary>
    /// If the end of an access takes more than 16 bits, adds the offset first, with a check that the access lies inside the memory.
    /// </summary>
    private static void Reach(Lowering* l, uint own, uint* a, uint* end, uint offset, uint bytes)
    {
        if (offset <= Near - bytes) return;
        uint near = Emit.Source(l, *a, false, 0);
        Emit.Op(l, RegOp.FarAddress, Emit.Target(l, own));
        Emit.Pair(l, near, bytes);
        Emit.Word(l, offset);
        Emit.Finish(l, own, false);
        *a = own;
        *end = bytes;
    }
}
