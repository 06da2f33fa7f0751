// SPDX-License-Identifier: MIT
// call, call_indirect and their tail forms (spec chapter 3.3.8).
using Wamr.Nano.Core.Platform;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Load.Validate;

internal static unsafe class Calling
{
    internal static void Call(Validation* v)
    {
        FuncType* type = Direct(v);
        if (type != null) Apply(v, type);
    }

    internal static void CallIndirect(Validation* v)
    {
        FuncType* type = Indirect(v);
        if (type != null) Apply(v, type);
    }

    internal static void ReturnCall(Validation* v)
    {
        FuncType* type = Direct(v);
        if (type != null) Leave(v, type);
    }

    internal static void ReturnCallIndirect(Validation* v)
    {
        FuncType* type = Indirect(v);
        if (type != null) Leave(v, type);
    }

    /// <summary>The type of the function that the instruction names, or null.</summary>
    private static FuncType* Direct(Validation* v)
    {
        uint function = v->Instr.A;
        if (function < v->Module->FunctionCount) return &v->Module->Types[v->Module->Functions[function].TypeIndex];
        Validator.Fail(v, WasmError.UnknownFunction, function);
        return null;
    }

    /// <summary>The type that the instruction names, or null. Pops the index into the table.</summary>
    private static FuncType* Indirect(Validation* v)
    {
        uint type = v->Instr.A, table = v->Instr.B;
        if (table >= v->Module->TableCount) Validator.Fail(v, WasmError.UnknownTable, table);
        else if (v->Module->Tables[table].ElemType != ValType.FuncRef) Validator.Fail(v, WasmError.TypeMismatch);
        else if (type >= v->Module->TypeCount) Validator.Fail(v, WasmError.UnknownType, type);
        else
        {
            OperandStack.Pop(v, ValType.I32);
            return &v->Module->Types[type];
        }
        return null;
    }

    private static void Apply(Validation* v, FuncType* type)
    {
        OperandStack.PopAll(v, FuncTypes.Params(type), type->ParamCount);
        OperandStack.PushAll(v, FuncTypes.Results(type), type->ResultCount);
    }

    /// <summary>A tail call returns the callee's results. If the callee is a host function, they lie on this stack for a moment.</summary>
    private static void Leave(Validation* v, FuncType* type)
    {
        Apply(v, type);
        if (type->ResultCount != v->Type->ResultCount || !Raw.Equal(FuncTypes.Results(type), FuncTypes.Results(v->Type), type->ResultCount))
            Validator.Fail(v, WasmError.TypeMismatch);
        OperandStack.Unreachable(v);
    }
}
