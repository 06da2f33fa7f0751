// SPDX-License-Identifier: MIT
// select, without and with a type (spec chapter 3.3.4).
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Load.Validate;

internal static unsafe class Selection
{
    /// <summary>The untyped form chooses between two numbers of the same type.</summary>
    internal static void Select(Validation* v)
    {
        OperandStack.Pop(v, ValType.I32);
        ValType second = OperandStack.Pop(v);
        ValType first = OperandStack.Pop(v);
        bool references = ValTypes.IsRef(first) || ValTypes.IsRef(second);
        if (references || (first != second && first != ValType.Unknown && second != ValType.Unknown))
            Validator.Fail(v, WasmError.TypeMismatch);
        OperandStack.Push(v, first == ValType.Unknown ? second : first);
    }

    internal static void SelectTyped(Validation* v)
    {
        if (v->Instr.A != 1)
        {
            Validator.Fail(v, WasmError.BadResultArity, v->Instr.A);
            return;
        }
        ValType type = (ValType)(*v->Instr.List);
        OperandStack.Pop(v, ValType.I32);
        OperandStack.Pop(v, type);
        OperandStack.Pop(v, type);
        OperandStack.Push(v, type);
    }
}
