// SPDX-License-Identifier: MIT
// Which file lowers which instruction.
using Wamr.Nano.Core.RegisterCode;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Load.Precompile;

internal static unsafe class LowerInstr
{
    internal static void Lower(Lowering* l)
    {
        Opcode op = l->Instr.Op;
        if (NumericOps.IsWide(op)) LowerWide.Lower(l, op);
        else if (NumericOps.Is(op)) LowerNumeric.Lower(l, op);
        else if (op is >= Opcode.I32Load and <= Opcode.I64Load32U) LowerMemory.Load(l, op);
        else if (op is >= Opcode.I32Store and <= Opcode.I64Store32) LowerMemory.Store(l, op);
        else if (op is >= Opcode.I32Const and <= Opcode.F64Const) LowerVariables.Const(l, op);
        else if (op >= Opcode.MemoryInit) LowerMisc.Lower(l, op);
        else Structured(l, op);
    }

    private static void Structured(Lowering* l, Opcode op)
    {
        uint index = l->Instr.A;
        switch (op)
        {
            case Opcode.Nop: break;
            case Opcode.Unreachable:
                Emit.Op(l, RegOp.Trap, 0);
                Emit.Unit(l, (uint)WasmError.Unreachable);
                LowerControl.Die(l);
                break;
            case Opcode.Block or Opcode.Loop or Opcode.If: LowerControl.OpenBlock(l, op); break;
            case Opcode.Else: LowerControl.Else(l); break;
            case Opcode.End: LowerControl.End(l); break;
            case Opcode.Br: LowerBranch.Br(l, index); break;
            case Opcode.BrIf: LowerBranch.BrIf(l, index); break;
            case Opcode.BrTable: LowerBranch.BrTable(l); break;
            case Opcode.Return:
                LowerControl.Return(l);
                LowerControl.Die(l);
                break;
            case Opcode.Call: LowerCalls.Call(l, index, false); break;
            case Opcode.CallIndirect: LowerCalls.Indirect(l, false); break;
            case Opcode.ReturnCall: LowerCalls.Call(l, index, true); break;
            case Opcode.ReturnCallIndirect: LowerCalls.Indirect(l, true); break;
            case Opcode.Drop: Operands.Pop(l); break;
            case Opcode.Select or Opcode.SelectT: LowerVariables.Select(l); break;
            case Opcode.LocalGet: LowerVariables.LocalGet(l, index); break;
            case Opcode.LocalSet: LowerVariables.LocalSet(l, index, false); break;
            case Opcode.LocalTee: LowerVariables.LocalSet(l, index, true); break;
            case Opcode.GlobalGet: LowerVariables.GlobalGet(l, index); break;
            case Opcode.GlobalSet: LowerVariables.GlobalSet(l, index); break;
            case Opcode.MemorySize: LowerMisc.MemorySize(l); break;
            case Opcode.MemoryGrow: LowerMisc.MemoryGrow(l); break;
            case Opcode.RefNull: Operands.PushConst(l, 1, 0, 0); break;
            case Opcode.RefIsNull: LowerNumeric.Lower(l, Opcode.I32Eqz); break;
            default: LowerMisc.Lower(l, op); break;
        }
    }
}
