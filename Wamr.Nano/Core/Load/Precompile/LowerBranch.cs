// SPDX-License-Identifier: MIT
// Lowers br, br_if, br_table and the test of if: fuses comparisons into the branch, and moves values to where the label expects them.
using System;
using Wamr.Nano.Core.RegisterCode;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Load.Precompile;

internal static unsafe class LowerBranch
{
    /// <summary>The inverse of each comparison, in the order Eq Ne LtS LtU GtS GtU LeS LeU GeS GeU.</summary>
    private static ReadOnlySpan<byte> Inverse => [1, 0, 8, 9, 6, 7, 4, 5, 2, 3];

    internal static uint Inverted(uint comparison) => Inverse[(int)comparison];

    internal static void Br(Lowering* l, uint depth)
    {
        Goto(l, depth);
        LowerControl.Die(l);
    }

    internal static void BrIf(Lowering* l, uint depth)
    {
        Operand condition = *Operands.Pop(l);
        uint own = l->Height;
        if (InPlace(l, depth))
        {
            Label* label = &l->Labels[l->Depth - 1 - depth];
            If(l, &condition, own, Target(label), &label->Patches);
            PollDistance.Branch(l, label);
            return;
        }
        uint skip = 0;
        Unless(l, &condition, own, 0, &skip);
        // The operands stay unchanged for the path that does not branch.
        Goto(l, depth);
        Emit.Bind(l, &skip);
    }

    internal static void BrTable(Lowering* l)
    {
        uint count = l->Instr.A;
        byte* list = l->Instr.List;
        uint index = Operands.PopSlot(l);
        uint values = LabelValues(l, Last(l, list, count), out _);
        Operands.Flush(l, values);
        Emit.A16(l, RegOp.BrTable, index, count);
        uint entries = l->Pos;
        int way = PollDistance.Units(l);
        for (uint i = 0; i <= count; i++) Emit.Unit(l, 0);
        ByteReader labels = Read.Over(list, list, l->Reader.End);
        for (uint i = 0; i <= count; i++)
        {
            PollDistance.Set(l, way);
            Entry(l, entries + i, Read.U32(&labels));
        }
        LowerControl.Die(l);
    }

    /// <summary>
    /// An entry leads directly to the label if the label is known and near, and no values must be moved. Otherwise it leads to a stub after
    /// the table.
    /// </summary>
    private static void Entry(Lowering* l, uint at, uint depth)
    {
        uint here = l->Pos;
        if (l->Far == 0 && InPlace(l, depth))
        {
            Label* label = &l->Labels[l->Depth - 1 - depth];
            PollDistance.Branch(l, label);
            l->Pos = at;
            Emit.Offset(l, Target(label), &label->Patches);
            l->Pos = here;
            return;
        }
        l->Pos = at;
        Emit.ShortOffset(l, here - at);
        l->Pos = here;
        Goto(l, depth);
    }

    private static uint Last(Lowering* l, byte* list, uint count)
    {
        ByteReader labels = Read.Over(list, list, l->Reader.End);
        uint depth = 0;
        for (uint i = 0; i <= count; i++) depth = Read.U32(&labels);
        return depth;
    }

    /// <summary>Branches, and moves the label's values. The operands stay on the stack.</summary>
    private static void Goto(Lowering* l, uint depth)
    {
        if (depth == l->Depth - 1)
        {
            LowerControl.Return(l);
            return;
        }
        Label* label = &l->Labels[l->Depth - 1 - depth];
        uint count = LabelValues(l, depth, out _);
        MoveValues(l, count, label->Height);
        Jump(l, Target(label), &label->Patches);
        PollDistance.Branch(l, label);
    }

    /// <summary>
    /// Writes the top operands to slots from <paramref name="to"/> on, lowest first. A value never moves up, so none is overwritten before
    /// it is read. Lowering still regards the operands as unmoved, because this code may be skipped.
    /// </summary>
    internal static void MoveValues(Lowering* l, uint count, uint to)
    {
        uint first = l->Count - count;
        for (uint i = first; i < l->Count; i++)
        {
            Operand* o = &l->Operands[i];
            Operands.Move(l, o, to);
            to += o->Slots;
        }
    }

    /// <summary>Whether a branch is a plain jump: it is not a return, and the values are where the label expects them.</summary>
    private static bool InPlace(Lowering* l, uint depth)
    {
        if (depth == l->Depth - 1) return false;
        uint count = LabelValues(l, depth, out uint slots);
        if (count == 0) return true;
        Operands.Flush(l, count);
        return l->Height - slots == l->Labels[l->Depth - 1 - depth].Height;
    }

    private static uint LabelValues(Lowering* l, uint depth, out uint slots)
    {
        Label* label = &l->Labels[l->Depth - 1 - depth];
        bool loop = label->Op == Opcode.Loop;
        byte* types = loop ? label->Type.Params : label->Type.Results;
        uint count = loop ? label->Type.ParamCount : label->Type.ResultCount;
        slots = BlockTypes.Slots(types, count);
        return count;
    }

    private static uint Target(Label* label) => label->Op == Opcode.Loop ? label->Start : 0;

    internal static void Jump(Lowering* l, uint target, uint* patches)
    {
        Emit.Op(l, l->Far != 0 ? RegOp.BrFar : RegOp.Br, 0);
        Emit.Offset(l, target, patches);
    }

    /// <summary>Branches if the condition, whose stack position is slot <paramref name="own"/>, is not zero.</summary>
    internal static void If(Lowering* l, Operand* condition, uint own, uint target, uint* patches) =>
        Test(l, condition, own, target, patches, true);

    internal static void Unless(Lowering* l, Operand* condition, uint own, uint target, uint* patches) =>
        Test(l, condition, own, target, patches, false);

    private static void Test(Lowering* l, Operand* condition, uint own, uint target, uint* patches, bool taken)
    {
        if (l->Far == 0)
        {
            Condition(l, condition, own, taken);
            Emit.Offset(l, target, patches);
            return;
        }
        // A conditional branch reaches 32 K units. For longer distances, the inverse branch skips a far jump.
        Condition(l, condition, own, !taken);
        Emit.ShortOffset(l, 1 + Emit.UnitsOf(l, RegOp.BrFar));
        Jump(l, target, patches);
    }

    /// <summary>Writes a conditional branch without its offset.</summary>
    private static void Condition(Lowering* l, Operand* condition, uint own, bool taken)
    {
        if (condition->Kind != OperandKind.Compare)
        {
            uint slot = Emit.Source(l, Operands.SlotOf(l, condition, own), false, 0);
            Emit.Op(l, taken ? RegOp.BrIf : RegOp.BrUnless, slot);
            return;
        }
        uint comparison = condition->Hi & 0xFF;
        if (!taken) comparison = Inverted(comparison);
        bool immediate = condition->Hi >> 8 != 0;
        uint a = Emit.Source(l, condition->Slot, false, 0);
        if (immediate && condition->Lo == 0 && comparison <= 1)
        {
            Emit.Op(l, comparison == 0 ? RegOp.BrUnless : RegOp.BrIf, a);
            return;
        }
        uint b = immediate ? condition->Lo : Emit.Source(l, condition->Lo, false, 1);
        Emit.Op(l, (immediate ? RegOp.BrEqI : RegOp.BrEq) + (byte)comparison, a);
        Emit.Unit(l, b & 0xFFFF);
    }
}
