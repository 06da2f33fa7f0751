// SPDX-License-Identifier: MIT
// Checks table, bulk and reference instructions of register code: their slots, and the indices according to the opcode's row in OpTable.
using Wamr.Nano.Core.RegisterCode;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Image.Bytecode;

internal static unsafe class BytecodeMisc
{
    /// <summary>[Misc opcode] [A B] [C D] [x] [y]: see LowerMisc. A, B and C are read even if the opcode has no operands.</summary>
    internal static bool Check(Checking* c, Opcode op, ushort* at)
    {
        if (!MiscOps.Is(op)) return false;
        uint pops = MiscOps.Pops(op), a = BytecodeInstr.Low(at[1]), b = BytecodeInstr.High(at[1]);
        if (!Operand(c, a, pops > 0) || !Operand(c, b, pops > 1) || !Operand(c, BytecodeInstr.Low(at[2]), pops > 2)) return false;
        if (!Indices(c->Module, OpTable.Immediates((int)op), at[3], at[4])) return false;
        if (op is Opcode.TableSet or Opcode.TableFill or Opcode.TableGrow)
        {
            // The operand that must be a reference.
            uint slot = op == Opcode.TableGrow ? a : b;
            if (!BytecodeReferences.Is(c, slot, SlotContent.Of(c->Module->Tables[at[3]].ElemType))) return false;
        }
        return !MiscOps.Pushes(op) || BytecodeInstr.Writes(c, BytecodeInstr.High(at[2]), 1, Result(c->Module, op, at[3]));
    }

    private static byte Result(Module* m, Opcode op, uint x) => op switch
    {
        Opcode.RefFunc => SlotContent.Func,
        Opcode.TableGet => SlotContent.Of(m->Tables[x].ElemType),
        _ => SlotContent.Number,
    };

    private static bool Operand(Checking* c, uint slot, bool used) => used ? BytecodeInstr.Reads(c, slot, 1) : slot < c->FrameSlots;

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
