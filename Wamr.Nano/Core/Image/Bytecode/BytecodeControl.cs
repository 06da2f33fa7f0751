// SPDX-License-Identifier: MIT
// Checks branches, returns and calls of register code: where they lead, and which slots they pass.
using Wamr.Nano.Core.Platform;
using Wamr.Nano.Core.RegisterCode;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Image.Bytecode;

internal static unsafe class BytecodeControl
{
    internal static bool Check(Checking* c, RegOp op, byte shape, ushort* at)
    {
        uint a = BytecodeInstr.High(*at);
        uint results = c->Type->ResultSlots;
        switch (shape)
        {
            // With any other code, the app could pretend that the runtime reported an error.
            case Shape.Code: return at[1] == (ushort)WasmError.Unreachable;
            case Shape.Off: return BytecodeInstr.Target(c, 1, (short)at[1]);
            case Shape.Off32: return BytecodeInstr.Target(c, 1, (int)(at[1] | (uint)at[2] << 16));
            case Shape.AOff: return BytecodeInstr.Reads(c, a, 1) && BytecodeInstr.Target(c, 1, (short)at[1]);
            case Shape.Table: return BytecodeInstr.Reads(c, a, 1) && Entries(c, at);
            case Shape.Save: return at[1] == c->SaveSlot && results == 0;
            case Shape.ASave:
                uint slots = (RegOpTable.Wide(op) & W.A) != 0 ? 2u : 1u;
                return at[1] == c->SaveSlot && results == slots && Returns(c, a);
            case Shape.SaveMany: return at[1] == c->SaveSlot && at[2] == results && Returns(c, at[3]);
            case Shape.Call: return Callee(c, at[1], op == RegOp.CallImport) && Window(c, TypeOf(c, at[1]), at[2]);
            case Shape.CallSave: return Callee(c, at[1], false) && at[3] == c->SaveSlot && Tail(c, TypeOf(c, at[1]), at[2]);
            case Shape.CallTable: return BytecodeInstr.Reads(c, a, 1) && Indirect(c, at);
            case Shape.CallTableSave:
                // If the callee belongs to another instance, the call comes back, so an instruction must follow.
                return BytecodeInstr.Reads(c, a, 1) && Indirect(c, at) && at[4] == c->SaveSlot && SameResults(c, &c->Module->Types[at[1]]);
            default: return false;
        }
    }

    private static bool Entries(Checking* c, ushort* at)
    {
        for (uint n = 0; n <= at[1]; n++)
            if (!BytecodeInstr.Target(c, 2 + n, (short)at[2 + n])) return false;
        return true;
    }

    private static FuncType* TypeOf(Checking* c, uint function) => &c->Module->Types[c->Module->Functions[function].TypeIndex];

    private static bool Callee(Checking* c, uint function, bool imported) =>
        function < c->Module->FunctionCount && (function < c->Module->ImportedFunctions) == imported;

    private static bool Indirect(Checking* c, ushort* at)
    {
        Module* m = c->Module;
        return at[1] < m->TypeCount && m->Types[at[1]].Canonical == at[1] && at[3] < m->TableCount
            && m->Tables[at[3]].ElemType == ValType.FuncRef
            && Window(c, &m->Types[at[1]], at[2]);
    }

    private static bool Returns(Checking* c, uint slot) => BytecodeInstr.Reads(c, slot, c->Type->ResultSlots)
        && BytecodeReferences.Has(c, FuncTypes.Results(c->Type), c->Type->ResultCount, slot);

    /// <summary>
    /// Arguments and results must lie among the operands, in the frame, because the callee's frame begins there and overwrites what is
    /// above.
    /// </summary>
    private static bool Window(Checking* c, FuncType* type, uint frame)
    {
        if (!Arguments(c, type, frame) || frame + type->ResultSlots > c->FrameSlots) return false;
        FrameContents.Forget(&c->Slots, frame);
        BytecodeReferences.Give(c, FuncTypes.Results(type), type->ResultCount, frame);
        return true;
    }

    private static bool Arguments(Checking* c, FuncType* type, uint frame) =>
        frame >= c->OperandSlot && frame + type->ParamSlots <= c->FrameSlots
        && BytecodeReferences.Has(c, FuncTypes.Params(type), type->ParamCount, frame);

    /// <summary>The callee returns instead of this function.</summary>
    private static bool Tail(Checking* c, FuncType* type, uint frame) => Arguments(c, type, frame) && SameResults(c, type);

    private static bool SameResults(Checking* c, FuncType* type) => type->ResultCount == c->Type->ResultCount
        && Raw.Equal(FuncTypes.Results(type), FuncTypes.Results(c->Type), type->ResultCount);
}
