// SPDX-License-Identifier: MIT
// The source's operand stack during lowering: which operand is in which slot, and which constants and locals are not copied yet.
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Load.Precompile;

internal static unsafe class Operands
{
    internal static Operand* Push(Lowering* l, OperandKind kind, uint slots, uint slot)
    {
        Operand* o = &l->Operands[l->Count++];
        o->Kind = kind;
        o->Slots = (byte)slots;
        o->Slot = (ushort)slot;
        l->Height += slots;
        if (ReadsLocal(kind)) l->LocalOperands++;
        return o;
    }

    /// <summary>Pushes a value that is in the slot of its stack position; returns that slot.</summary>
    internal static uint PushTemp(Lowering* l, uint slots)
    {
        uint slot = l->Height;
        Push(l, OperandKind.Temp, slots, slot);
        return slot;
    }

    internal static void PushConst(Lowering* l, uint slots, uint lo, uint hi)
    {
        Operand* o = Push(l, OperandKind.Const, slots, 0);
        o->Lo = lo;
        o->Hi = hi;
    }

    /// <summary>Pops the top operand. The result is valid until the next push. Its stack position is the new Height.</summary>
    internal static Operand* Pop(Lowering* l)
    {
        Operand* o = &l->Operands[--l->Count];
        if (l->Settled > l->Count) l->Settled = l->Count;
        l->Height -= o->Slots;
        if (ReadsLocal(o->Kind)) l->LocalOperands--;
        return o;
    }

    /// <summary>
    /// Pops a value and returns its slot: the one where it is or, for a constant that is in no slot yet, the slot of its stack position.
    /// </summary>
    internal static uint PopSlot(Lowering* l)
    {
        Operand* o = Pop(l);
        return SlotOf(l, o, l->Height);
    }

    /// <summary>The slot of an operand. If it has none yet, it is written to <paramref name="own"/>. It must not be a comparison.</summary>
    internal static uint SlotOf(Lowering* l, Operand* o, uint own)
    {
        if (o->Kind == OperandKind.Const)
        {
            uint slot = ConstSlot(l, o);
            if (slot != 0) return slot;
        }
        else if (!LowerAddress.IsLazy(o)) return o->Slot;
        Move(l, o, own);
        return own;
    }

    /// <summary>
    /// The slot for the result of an instruction. If a local.set or local.tee follows immediately, it is included: the result goes to the
    /// local.
    /// </summary>
    internal static uint Result(Lowering* l, uint slots)
    {
        Opcode next = Peek(l);
        if (next is not (Opcode.LocalSet or Opcode.LocalTee)) return PushTemp(l, slots);
        Read.U8(&l->Reader);
        uint slot = LocalSlot(l, Read.U32(&l->Reader));
        Preserve(l, slot);
        if (next == Opcode.LocalTee) Push(l, OperandKind.Local, slots, slot);
        return slot;
    }

    /// <summary>The first byte of the next instruction, which validated code always has.</summary>
    internal static Opcode Peek(Lowering* l) => (Opcode)(*l->Reader.Pos);

    internal static uint LocalSlot(Lowering* l, uint index)
    {
        if (index < l->Type->ParamCount) return l->ParamSlots[index] >> 1;
        LocalRun* run = LocalRuns.Find(l->Runs, l->RunCount, index);
        return run->Slot + (index - run->First) * ValTypes.Slots(run->Type);
    }

    internal static uint LocalWidth(Lowering* l, uint index) => index < l->Type->ParamCount
        ? (l->ParamSlots[index] & 1) + 1
        : ValTypes.Slots(LocalRuns.Find(l->Runs, l->RunCount, index)->Type);

    /// <summary>How many operands below the topmost one each change of a local examines.</summary>
    private const uint NearOperands = 64;

    /// <summary>Called before a local changes: copies operands that are still in its slot to their own slots.</summary>
    internal static void Preserve(Lowering* l, uint slot)
    {
        uint own = l->Height;
        uint left = l->LocalOperands;
        for (uint i = l->Count; left != 0 && i-- != 0;)
        {
            Operand* o = &l->Operands[i];
            own -= o->Slots;
            if (!ReadsLocal(o->Kind)) continue;
            left--;
            // A deep operand is copied in any case. Then it need not be examined again, so the time does not grow with the stack.
            if (l->Count - i > NearOperands || o->Slot == slot || (o->Kind == OperandKind.Sum && o->Lo == slot)) Settle(l, o, own);
        }
    }

    /// <summary>
    /// Moves the topmost <paramref name="count"/> operands to the slots of their stack positions. Operands that are known to be there are
    /// not examined again, because an app may open many blocks above many operands.
    /// </summary>
    internal static void Flush(Lowering* l, uint count)
    {
        uint own = l->Height, low = l->Count - count;
        for (uint i = l->Count; i > low && i > l->Settled; i--)
        {
            Operand* o = &l->Operands[i - 1];
            own -= o->Slots;
            Settle(l, o, own);
        }
        if (low <= l->Settled) l->Settled = l->Count;
    }

    /// <summary>Drops operands down to <paramref name="count"/>. The stack then ends at slot <paramref name="height"/>.</summary>
    internal static void Truncate(Lowering* l, uint count, uint height)
    {
        while (l->Count > count) Pop(l);
        l->Height = height;
    }

    private static void Settle(Lowering* l, Operand* o, uint own)
    {
        if (o->Kind == OperandKind.Temp) return;
        Move(l, o, own);
        if (ReadsLocal(o->Kind)) l->LocalOperands--;
        o->Kind = OperandKind.Temp;
        o->Slot = (ushort)own;
    }

    /// <summary>Writes an operand to a slot.</summary>
    internal static void Move(Lowering* l, Operand* o, uint to)
    {
        if (o->Kind == OperandKind.Const) Emit.Const(l, to, o->Lo, o->Hi, o->Slots == 2);
        else if (LowerAddress.IsLazy(o)) LowerAddress.Write(l, o, to);
        else Emit.Copy(l, to, o->Slot, o->Slots == 2);
    }

    private static bool ReadsLocal(OperandKind kind) => kind is OperandKind.Local or OperandKind.Sum or OperandKind.Shifted;

    /// <summary>The slot among the frame's constants that has the value of a constant operand, or 0.</summary>
    internal static uint ConstSlot(Lowering* l, Operand* o)
    {
        for (uint i = 0; i + o->Slots <= l->ConstCount; i++)
            if (l->Consts[i] == o->Lo && (o->Slots == 1 || l->Consts[i + 1] == o->Hi)) return l->ConstBase + i;
        return 0;
    }
}
