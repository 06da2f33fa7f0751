// SPDX-License-Identifier: MIT
// Reference instructions, and table instructions whose operands depend on the table (spec chapters 3.3.3, 3.3.6).
using Wamr.Nano.Core.Load.Sections;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Load.Validate;

internal static unsafe class References
{
    internal static void Instruction(Validation* v)
    {
        switch (v->Instr.Op)
        {
            case Opcode.RefNull:
                OperandStack.Push(v, (ValType)v->Instr.A);
                break;
            case Opcode.RefIsNull:
                ValType type = OperandStack.Pop(v);
                if (!ValTypes.IsRef(type) && type != ValType.Unknown) Validator.Fail(v, WasmError.TypeMismatch);
                OperandStack.Push(v, ValType.I32);
                break;
            case Opcode.RefFunc:
                RefFunc(v);
                break;
            default:
                if (v->Instr.A >= v->Module->TableCount) Validator.Fail(v, WasmError.UnknownTable, v->Instr.A);
                else Table(v, v->Module->Tables[v->Instr.A].ElemType);
                break;
        }
    }

    /// <summary>Only functions that are named outside function bodies may be referenced (spec chapter 3.3.3.3).</summary>
    private static void RefFunc(Validation* v)
    {
        uint function = v->Instr.A;
        if (function >= v->Module->FunctionCount) Validator.Fail(v, WasmError.UnknownFunction, function);
        else if (!Loads.IsDeclared(&v->Load, function)) Validator.Fail(v, WasmError.UndeclaredFunctionReference, function);
        else OperandStack.Push(v, ValType.FuncRef);
    }

    private static void Table(Validation* v, ValType element)
    {
        switch (v->Instr.Op)
        {
            case Opcode.TableGet:
                OperandStack.Pop(v, ValType.I32);
                OperandStack.Push(v, element);
                break;
            case Opcode.TableSet:
                OperandStack.Pop(v, element);
                OperandStack.Pop(v, ValType.I32);
                break;
            case Opcode.TableGrow:
                OperandStack.Pop(v, ValType.I32);
                OperandStack.Pop(v, element);
                OperandStack.Push(v, ValType.I32);
                break;
            default: // table.fill
                OperandStack.Pop(v, ValType.I32);
                OperandStack.Pop(v, element);
                OperandStack.Pop(v, ValType.I32);
                break;
        }
    }
}
