// SPDX-License-Identifier: MIT
// Checks table, bulk and reference instructions of register code: their slots, and the indices the opcode's row in OpTable announces.
namespace Wamr.Nano.Core;

internal static unsafe class BytecodeMisc
{
    /// <summary>[Misc opcode] [A B] [C D] [x] [y]: see LowerMisc. A, B and C are read whether the opcode has operands or not.</summary>
    internal static bool Check(Checking* c, Opcode op, ushort* at)
    {
        if (!MiscOps.Is(op)) return false;
        uint pops = MiscOps.Pops(op);
        return Operand(c, BytecodeInstr.Low(at[1]), pops > 0) && Operand(c, BytecodeInstr.High(at[1]), pops > 1)
            && Operand(c, BytecodeInstr.Low(at[2]), pops > 2) && (!MiscOps.Pushes(op) || BytecodeInstr.Slots(c, BytecodeInstr.High(at[2]), 1))
            && Indices(c->Module, OpTable.Immediates((int)op), at[3], at[4]);
    }

    private static bool Operand(Checking* c, uint slot, bool used) => used ? BytecodeInstr.Slots(c, slot, 1) : slot < c->FrameSlots;

    private static bool Indices(Module* m, byte immediates, uint x, uint y)
    {
        bool memory = m->Info->Memory.Present != 0;
        switch (immediates)
        {
            case Imm.Table: return x < m->TableCount;
            case Imm.TableTable: return x < m->TableCount && y < m->TableCount && m->Tables[x].ElemType == m->Tables[y].ElemType;
            case Imm.ElemTable: return x < m->ElemCount && y < m->TableCount && ElemSegments.Type(m, x) == m->Tables[y].ElemType;
            case Imm.Elem: return x < m->ElemCount;
            case Imm.Data: return x < m->DataCount;
            case Imm.DataMemory: return x < m->DataCount && memory;
            case Imm.Memory or Imm.MemoryMemory: return memory;
            case Imm.Func: return x < m->FunctionCount;
            default: return false;
        }
    }
}
