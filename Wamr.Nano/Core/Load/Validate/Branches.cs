// SPDX-License-Identifier: MIT
// br, br_if, br_table, return (spec chapter 3.3.8).
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Load.Validate;

internal static unsafe class Branches
{
    internal static void Br(Validation* v)
    {
        uint count;
        byte* types = ControlStack.Label(v, v->Instr.A, &count);
        OperandStack.PopAll(v, types, count);
        OperandStack.Unreachable(v);
    }

    internal static void BrIf(Validation* v)
    {
        OperandStack.Pop(v, ValType.I32);
        uint count;
        byte* types = ControlStack.Label(v, v->Instr.A, &count);
        OperandStack.PopAll(v, types, count);
        OperandStack.PushAll(v, types, count);
    }

    /// <summary>All labels take as many values as the default label, and the values on the stack fit each of them.</summary>
    internal static void BrTable(Validation* v)
    {
        OperandStack.Pop(v, ValType.I32);
        ByteReader* r = v->Reader;
        ByteReader labels = Read.Over(r->Base, v->Instr.List, r->Pos);
        uint first = 0;
        for (uint i = 0; i <= v->Instr.A && r->Error == WasmError.None; i++)
        {
            uint count;
            byte* types = ControlStack.Label(v, Read.U32(&labels), &count);
            if (i == 0) first = count;
            else if (count != first) Validator.Fail(v, WasmError.TypeMismatch);
            OperandStack.Check(v, types, count);
        }
        OperandStack.Unreachable(v);
    }

    internal static void Return(Validation* v)
    {
        OperandStack.PopAll(v, FuncTypes.Results(v->Type), v->Type->ResultCount);
        OperandStack.Unreachable(v);
    }
}
