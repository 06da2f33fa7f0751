// SPDX-License-Identifier: MIT
// Lowers numeric instructions (spec chapter 3.4.1): one row per opcode; constants become immediates, and adjacent instructions are fused.
using R = Wamr.Nano.Core.RegisterCode.RegOp;
using System;
using Wamr.Nano.Core.RegisterCode;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Load.Precompile;

internal static unsafe class LowerNumeric
{
    /// <summary>The comparison with exchanged operands, in the order Eq Ne LtS LtU GtS GtU LeS LeU GeS GeU.</summary>
    private static ReadOnlySpan<byte> Exchanged => [0, 1, 4, 5, 2, 3, 8, 9, 6, 7];

    internal static void Lower(Lowering* l, Opcode op)
    {
        byte code = NumericOps.Of(op);
        byte signature = OpTable.Signature((int)op);
        if (code == NumericOps.Same) Retype(l, signature);
        else if (op == Opcode.I32Eqz) Eqz(l);
        else if (signature % Sig.Result < Sig.Second) Unary(l, op, (R)code, signature);
        else if (signature == Sig.II_I) BinaryI32(l, (R)code);
        else Binary(l, op, (R)code, signature);
    }

    /// <summary>wrap and reinterpret: the value stays in place, because the low slot of an i64 comes first.</summary>
    private static void Retype(Lowering* l, byte signature)
    {
        Operand o = *Operands.Pop(l);
        Operand* same = Operands.Push(l, o.Kind, NumericOps.ResultSlots(signature), o.Slot);
        same->Lo = o.Lo;
        same->Hi = o.Hi;
    }

    private static void Unary(Lowering* l, Opcode op, R code, byte signature)
    {
        uint a = Operands.PopSlot(l);
        uint d = Operands.Result(l, NumericOps.ResultSlots(signature));
        if (code == R.Numeric) Numeric(l, op, d, a, 0, signature);
        else Emit.Da(l, code, d, a, 0);
    }

    private static void Binary(Lowering* l, Opcode op, R code, byte signature)
    {
        uint b = Operands.PopSlot(l);
        uint a = Operands.PopSlot(l);
        uint d = Operands.Result(l, NumericOps.ResultSlots(signature));
        if (code == R.Numeric) Numeric(l, op, d, a, b, signature);
        else Emit.Dab(l, code, d, a, b);
    }

    /// <summary>[Numeric opcode] [D A] [B -]: widths follow from the signature.</summary>
    private static void Numeric(Lowering* l, Opcode op, uint d, uint a, uint b, byte signature)
    {
        bool wide = NumericOps.OperandSlots(signature) == 2;
        a = Emit.Source(l, a, wide, 0);
        b = Emit.Source(l, b, wide, 1);
        Emit.Op(l, R.Numeric, (uint)op);
        Emit.Pair(l, Emit.Target(l, d), a);
        Emit.Unit(l, b);
        Emit.Finish(l, d, NumericOps.ResultSlots(signature) == 2);
    }

    private static void BinaryI32(Lowering* l, R code)
    {
        Operand b = *Operands.Pop(l);
        uint ownB = l->Height;
        Operand a = *Operands.Pop(l);
        uint ownA = l->Height;
        bool comparison = code is >= R.I32Eq and <= R.I32GeU;
        if (a.Kind == OperandKind.Const && b.Kind != OperandKind.Const && (comparison || Commutes(code)))
        {
            // A constant on the left is exchanged with the right operand, to become an immediate.
            if (comparison) code = R.I32Eq + Exchanged[code - R.I32Eq];
            Operand constant = a;
            a = b;
            b = constant;
            uint own = ownA;
            ownA = ownB;
            ownB = own;
        }
        if (code == R.I32Add && (LowerAddress.KeepSum(l, &a, ownA, &b, ownB) || LowerAddress.AddShift(l, &a, ownA, &b, ownB))) return;
        uint slot = Operands.SlotOf(l, &a, ownA);
        if (comparison && LowersIntoBranch(l))
        {
            PushComparison(l, code, slot, &b, ownB);
            return;
        }
        if (b.Kind == OperandKind.Const && Immediate(l, code, slot, b.Lo)) return;
        uint other = Operands.SlotOf(l, &b, ownB);
        Emit.Dab(l, code, Operands.Result(l, 1), slot, other);
    }

    private static bool Commutes(R code) => code is R.I32Add or R.I32Mul or R.I32And or R.I32Or or R.I32Xor;

    /// <summary>The form with an 8-bit immediate, if there is one.</summary>
    private static bool Immediate(Lowering* l, R code, uint a, uint value)
    {
        if (code == R.I32Sub)
        {
            code = R.I32Add;
            value = 0 - value;
        }
        R form = ImmediateForm(code);
        if (form is R.I32ShlI or R.I32ShrSI or R.I32ShrUI or R.I32RotlI) value &= 31;
        if (code == R.I32Rotr) value = (0 - value) & 31;
        if (form == R.Trap || value != (uint)(sbyte)value) return false;
        if (form == R.I32ShlI && LowerAddress.KeepShift(l, a, value)) return true;
        Emit.Da(l, form, Operands.Result(l, 1), a, value);
        return true;
    }

    private static R ImmediateForm(R code) => code switch
    {
        >= R.I32Eq and <= R.I32GeU => R.I32EqI + (byte)(code - R.I32Eq),
        R.I32Add => R.I32AddI,
        R.I32Mul => R.I32MulI,
        R.I32And => R.I32AndI,
        R.I32Or => R.I32OrI,
        R.I32Xor => R.I32XorI,
        R.I32Shl => R.I32ShlI,
        R.I32ShrS => R.I32ShrSI,
        R.I32ShrU => R.I32ShrUI,
        R.I32Rotl or R.I32Rotr => R.I32RotlI,
        _ => R.Trap,
    };

    /// <summary>i32.eqz is a comparison with 0. If a comparison waits for its branch, i32.eqz inverts it.</summary>
    private static void Eqz(Lowering* l)
    {
        Operand o = *Operands.Pop(l);
        uint own = l->Height;
        if (o.Kind == OperandKind.Compare)
        {
            uint inverted = LowerBranch.Inverted(o.Hi & 0xFF);
            bool immediate = o.Hi >> 8 != 0;
            if (LowersIntoBranch(l))
            {
                Operand* same = Operands.Push(l, OperandKind.Compare, 1, o.Slot);
                same->Lo = o.Lo;
                same->Hi = inverted | (o.Hi & 0x100);
                return;
            }
            uint result = Operands.Result(l, 1);
            R code = (immediate ? R.I32EqI : R.I32Eq) + (byte)inverted;
            if (immediate) Emit.Da(l, code, result, o.Slot, o.Lo);
            else Emit.Dab(l, code, result, o.Slot, o.Lo);
            return;
        }
        uint slot = Operands.SlotOf(l, &o, own);
        if (LowersIntoBranch(l))
        {
            // Comparison 0 is Eq; 0x100 marks an immediate.
            Operands.Push(l, OperandKind.Compare, 1, slot)->Hi = 0x100;
            l->Operands[l->Count - 1].Lo = 0;
            return;
        }
        Emit.Da(l, R.I32Eqz, Operands.Result(l, 1), slot, 0);
    }

    /// <summary>Whether the next instruction can fuse with a comparison.</summary>
    private static bool LowersIntoBranch(Lowering* l) => Operands.Peek(l) is Opcode.BrIf or Opcode.If or Opcode.I32Eqz;

    private static void PushComparison(Lowering* l, R code, uint a, Operand* b, uint ownB)
    {
        uint comparison = (uint)(code - R.I32Eq);
        // A branch may not follow the i32.eqz, and its own immediate has only 8 bits.
        bool immediate = b->Kind == OperandKind.Const && b->Lo == (uint)(sbyte)b->Lo;
        if (b->Kind == OperandKind.Const && b->Lo == (uint)(short)b->Lo && Operands.Peek(l) != Opcode.I32Eqz) immediate = true;
        uint lo = immediate ? b->Lo : Operands.SlotOf(l, b, ownB);
        Operand* o = Operands.Push(l, OperandKind.Compare, 1, a);
        o->Lo = lo;
        o->Hi = comparison | (immediate ? 0x100u : 0);
    }
}
