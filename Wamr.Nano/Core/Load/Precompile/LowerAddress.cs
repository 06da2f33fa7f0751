// SPDX-License-Identifier: MIT
// Sums and shifts stay unevaluated as long as their slots do not change, because most become the address of a load or store.
using R = Wamr.Nano.Core.RegisterCode.RegOp;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Load.Precompile;

internal static unsafe class LowerAddress
{
    /// <summary>Whether the operand still has to be computed.</summary>
    internal static bool IsLazy(Operand* o) => o->Kind is OperandKind.Sum or OperandKind.Shifted;

    /// <summary>Computes a kept sum or shift into a slot.</summary>
    internal static void Write(Lowering* l, Operand* o, uint to)
    {
        if (o->Kind == OperandKind.Shifted) Emit.Da(l, R.I32ShlI, to, o->Slot, o->Lo);
        else if (o->Hi == 0) Emit.Dab(l, R.I32Add, to, o->Slot, o->Lo);
        else AddShifted(l, to, o->Slot, o->Lo, o->Hi);
    }

    /// <summary>
    /// Keeps <paramref name="a"/> &lt;&lt; <paramref name="shift"/> unevaluated; false if the result goes to a local at once.
    /// </summary>
    internal static bool KeepShift(Lowering* l, uint a, uint shift)
    {
        if (SetsLocal(l)) return false;
        Operands.Push(l, OperandKind.Shifted, 1, a)->Lo = shift;
        return true;
    }

    /// <summary>
    /// Keeps the sum of two operands that were just popped, with their own slots <paramref name="ownA"/> and <paramref name="ownB"/>. False
    /// if the sum must be computed now, because a slot would change before it is used.
    /// </summary>
    internal static bool KeepSum(Lowering* l, Operand* a, uint ownA, Operand* b, uint ownB)
    {
        bool load = LowerMemory.FusesSum(Operands.Peek(l));
        if (SetsLocal(l) || (b->Kind == OperandKind.Const && !load && b->Lo == (uint)(sbyte)b->Lo)) return false;
        if (b->Kind == OperandKind.Const && Operands.ConstSlot(l, b) == 0) return false;
        // The sum takes the lower of the two positions. The upper one is free for the next operand.
        uint own = ownA < ownB ? ownA : ownB;
        if (a->Kind == OperandKind.Shifted && b->Kind != OperandKind.Shifted) return KeepShifted(l, b, ownB, a, own, load);
        if (b->Kind == OperandKind.Shifted) return KeepShifted(l, a, ownA, b, own, load);
        if (!load && !(Stays(l, a, own) && Stays(l, b, own))) return false;
        uint first = Operands.SlotOf(l, a, ownA);
        Operands.Push(l, OperandKind.Sum, 1, first)->Lo = Operands.SlotOf(l, b, ownB);
        l->Operands[l->Count - 1].Hi = 0;
        return true;
    }

    private static bool KeepShifted(Lowering* l, Operand* plain, uint ownPlain, Operand* shifted, uint own, bool load)
    {
        bool stays = shifted->Slot < l->SaveSlot || shifted->Slot == own;
        if (!load && !(stays && Stays(l, plain, own))) return false;
        uint slot = Operands.SlotOf(l, plain, ownPlain);
        Operand* sum = Operands.Push(l, OperandKind.Sum, 1, slot);
        sum->Lo = shifted->Slot;
        sum->Hi = shifted->Lo;
        return true;
    }

    /// <summary>Adds, and shifts the second or first operand at the same time; false if neither is a kept shift.</summary>
    internal static bool AddShift(Lowering* l, Operand* a, uint ownA, Operand* b, uint ownB)
    {
        if (a->Kind == OperandKind.Shifted && b->Kind != OperandKind.Shifted)
        {
            Operand* plain = b;
            b = a;
            a = plain;
            ownA = ownB;
        }
        if (b->Kind != OperandKind.Shifted) return false;
        uint slot = Operands.SlotOf(l, a, ownA);
        AddShifted(l, Operands.Result(l, 1), slot, b->Slot, b->Lo);
        return true;
    }

    private static void AddShifted(Lowering* l, uint d, uint a, uint b, uint shift)
    {
        a = Emit.Source(l, a, false, 0);
        b = Emit.Source(l, b, false, 1);
        Emit.Op(l, R.I32AddShl, Emit.Target(l, d));
        Emit.Pair(l, a, b);
        Emit.Unit(l, shift);
        Emit.Finish(l, d, false);
    }

    /// <summary>
    /// Whether the operand's slot keeps its value until the operand is used: the slot of a local, of a constant, or of the position itself.
    /// </summary>
    private static bool Stays(Lowering* l, Operand* o, uint own) => o->Kind switch
    {
        OperandKind.Local => true,
        OperandKind.Const => true,
        OperandKind.Temp => o->Slot == own,
        _ => false,
    };

    private static bool SetsLocal(Lowering* l) => Operands.Peek(l) is Opcode.LocalSet or Opcode.LocalTee;
}
