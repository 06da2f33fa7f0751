// SPDX-License-Identifier: MIT
// Lowers blocks and branches (spec chapter 3.4.10). At its end, a block has its results where its parameters were at its start.
using Wamr.Nano.Core.RegisterCode;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Load.Precompile;

internal static unsafe class LowerControl
{
    internal static void OpenBlock(Lowering* l, Opcode op)
    {
        BlockType type;
        BlockTypes.Resolve(l->Module, &l->Instr, &type);
        uint elsePatch = 0;
        if (op == Opcode.If)
        {
            Operand condition = *Operands.Pop(l);
            Operands.Flush(l, l->Count);
            LowerBranch.Unless(l, &condition, l->Height, 0, &elsePatch);
        }
        else Operands.Flush(l, l->Count);
        if (op == Opcode.Loop) PollDistance.BeforeLoop(l);
        Open(l, op, &type, elsePatch);
    }

    /// <summary>Opens a block. Its parameters are the top operands, all in their slots.</summary>
    internal static void Open(Lowering* l, Opcode op, BlockType* type, uint elsePatch)
    {
        Label* label = &l->Labels[l->Depth++];
        label->Op = op;
        label->Type = *type;
        label->Count = (ushort)(l->Count - type->ParamCount);
        label->Height = (ushort)(l->Height - BlockTypes.Slots(type->Params, type->ParamCount));
        label->Start = l->Pos;
        label->Patches = 0;
        label->ElsePatch = elsePatch;
        label->Units = 0;
        label->ElseUnits = PollDistance.Units(l);
    }

    internal static void Else(Lowering* l)
    {
        Label* label = &l->Labels[l->Depth - 1];
        if (l->Dead == 0)
        {
            Operands.Flush(l, label->Type.ResultCount);
            LowerBranch.Jump(l, 0, &label->Patches);
            PollDistance.Branch(l, label);
        }
        Emit.Bind(l, &label->ElsePatch);
        PollDistance.Set(l, label->ElseUnits);
        label->Op = Opcode.Else;
        Reset(l, label, label->Type.Params, label->Type.ParamCount);
    }

    internal static void End(Lowering* l)
    {
        Label* label = &l->Labels[l->Depth - 1];
        bool falls = l->Dead == 0;
        if (l->Depth == 1)
        {
            EndFunction(l, falls);
            return;
        }
        if (falls) Operands.Flush(l, label->Type.ResultCount);
        // Without an else, the false branch also ends here, and the parameters are the results.
        bool joined = falls || label->Patches != 0 || label->ElsePatch != 0;
        if (label->ElsePatch != 0 && label->ElseUnits > label->Units) label->Units = label->ElseUnits;
        PollDistance.Meet(l, label, falls);
        Emit.Bind(l, &label->ElsePatch);
        Emit.Bind(l, &label->Patches);
        l->Depth--;
        Reset(l, label, label->Type.Results, label->Type.ResultCount);
        l->Dead = joined ? (byte)0 : (byte)1;
    }

    private static void EndFunction(Lowering* l, bool falls)
    {
        Label* label = &l->Labels[0];
        // Branches to the function's label are already returns, so no offset waits for this place.
        if (falls) Return(l);
        l->Depth = 0;
        Reset(l, label, null, 0);
    }

    /// <summary>
    /// Sets the stack for the start of an arm, or for the end of a block: the operands below, then the given values in their slots.
    /// </summary>
    private static void Reset(Lowering* l, Label* label, byte* types, uint count)
    {
        l->Dead = 0;
        Operands.Truncate(l, label->Count, label->Height);
        for (uint i = 0; i < count; i++) Operands.PushTemp(l, ValTypes.Slots((ValType)types[i]));
    }

    /// <summary>
    /// Returns the function's results, which are the top operands. They stay on the stack, because the branch may be conditional.
    /// </summary>
    internal static void Return(Lowering* l)
    {
        uint count = l->Type->ResultCount;
        if (count == 0)
        {
            Emit.Op(l, RegOp.Return, 0);
            Emit.Unit(l, l->SaveSlot);
            return;
        }
        if (count > 1)
        {
            ReturnMany(l, count);
            return;
        }
        Operand* result = &l->Operands[l->Count - 1];
        uint slot = Operands.SlotOf(l, result, l->Height - result->Slots);
        Emit.A16(l, result->Slots == 2 ? RegOp.Return64 : RegOp.Return32, slot, l->SaveSlot);
    }

    private static void ReturnMany(Lowering* l, uint count)
    {
        uint slots = l->Type->ResultSlots;
        LowerBranch.MoveValues(l, count, l->Height - slots);
        Emit.Op(l, RegOp.ReturnMany, 0);
        Emit.Unit(l, l->SaveSlot);
        Emit.Unit(l, slots);
        Emit.Unit(l, l->Height - slots);
    }

    /// <summary>Marks the code up to the end of the block as unreachable.</summary>
    internal static void Die(Lowering* l)
    {
        l->Dead = 1;
        l->DeadDepth = 0;
    }
}
