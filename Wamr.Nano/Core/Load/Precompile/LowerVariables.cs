// SPDX-License-Identifier: MIT
// Lowers locals, globals, constants, drop and select (spec chapters 3.4.2, 3.4.4, 3.4.5).
using Wamr.Nano.Core.RegisterCode;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Load.Precompile;

internal static unsafe class LowerVariables
{
    internal static void LocalGet(Lowering* l, uint index) =>
        Operands.Push(l, OperandKind.Local, Operands.LocalWidth(l, index), Operands.LocalSlot(l, index));

    internal static void LocalSet(Lowering* l, uint index, bool tee)
    {
        uint slot = Operands.LocalSlot(l, index);
        Operand value = *Operands.Pop(l);
        Operands.Preserve(l, slot);
        Operands.Move(l, &value, slot);
        if (tee) Operands.Push(l, OperandKind.Local, value.Slots, slot);
    }

    internal static void GlobalGet(Lowering* l, uint index)
    {
        Global* global = &l->Module->Globals[index];
        uint slots = ValTypes.Slots(global->Type);
        uint d = Operands.Result(l, slots);
        bool import = index < l->Module->ImportedGlobals;
        RegOp op = import ? RegOp.ImportGet32 : RegOp.GlobalGet32;
        Emit.D16(l, op + (byte)(slots - 1), d, global->Slot);
    }

    internal static void GlobalSet(Lowering* l, uint index)
    {
        Global* global = &l->Module->Globals[index];
        uint slots = ValTypes.Slots(global->Type);
        uint a = Operands.PopSlot(l);
        bool import = index < l->Module->ImportedGlobals;
        RegOp op = import ? RegOp.ImportSet32 : RegOp.GlobalSet32;
        if (IsCheckedStack(l, index)) op = RegOp.GlobalSetAux;
        else op += (byte)(slots - 1);
        Emit.A16(l, op, a, global->Slot);
    }

    /// <summary>
    /// Whether a global is the stack pointer, so that setting it is checked. While functions are measured, it may still turn out to be
    /// another variable, but both instructions have the same size.
    /// </summary>
    private static bool IsCheckedStack(Lowering* l, uint global)
    {
        if (global != l->Module->Info->AuxStack.Global) return false;
        if (l->Out == null && l->StackLooked == 0)
        {
            l->StackLooked = 1;
            StackPointer.Look(l);
        }
        return l->Module->UncheckedStack == 0;
    }

    internal static void Const(Lowering* l, Opcode op)
    {
        bool wide = op is Opcode.I64Const or Opcode.F64Const;
        Operands.PushConst(l, wide ? 2u : 1u, (uint)l->Instr.Bits, (uint)(l->Instr.Bits >> 32));
    }

    internal static void Select(Lowering* l)
    {
        Operand condition = *Operands.Pop(l);
        uint ownCondition = l->Height;
        Operand other = *Operands.Pop(l);
        uint ownOther = l->Height;
        Operand first = *Operands.Pop(l);
        uint ownFirst = l->Height;
        bool wide = first.Slots == 2;
        uint a = Operands.SlotOf(l, &first, ownFirst);
        uint b = Operands.SlotOf(l, &other, ownOther);
        uint c = Operands.SlotOf(l, &condition, ownCondition);
        uint d = Operands.Result(l, first.Slots);
        a = Emit.Source(l, a, wide, 0);
        b = Emit.Source(l, b, wide, 1);
        c = Emit.Source(l, c, false, 2);
        Emit.Op(l, wide ? RegOp.Select64 : RegOp.Select32, Emit.Target(l, d));
        Emit.Pair(l, a, b);
        Emit.Unit(l, c);
        Emit.Finish(l, d, wide);
    }
}
