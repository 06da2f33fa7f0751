// SPDX-License-Identifier: MIT
// block, loop, if, else, end (spec chapter 3.3.8).
using Wamr.Nano.Core.Platform;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Load.Validate;

internal static unsafe class Blocks
{
    internal static void Open(Validation* v)
    {
        long number = (long)v->Instr.Bits;
        if (number >= v->Module->TypeCount)
        {
            Validator.Fail(v, WasmError.UnknownType, (uint)number);
            return;
        }
        if (v->Instr.Op == Opcode.If) OperandStack.Pop(v, ValType.I32);
        BlockType type;
        BlockTypes.Resolve(v->Module, &v->Instr, &type);
        OperandStack.PopAll(v, type.Params, type.ParamCount);
        ControlStack.Push(v, v->Instr.Op, number >= 0 ? &v->Module->Types[number] : null, type.Results);
        OperandStack.PushAll(v, type.Params, type.ParamCount);
    }

    /// <summary>Closes the first arm of an if, and opens the second arm, which has the same type.</summary>
    internal static void Else(Validation* v)
    {
        ControlFrame* frame = &v->Controls[v->Depth - 1];
        if (frame->Op != Opcode.If)
        {
            Validator.Fail(v, WasmError.BadOpcode);
            return;
        }
        BlockType type;
        ControlStack.Pop(v, &type);
        ControlStack.Push(v, Opcode.Else, frame->Type, frame->Result);
        OperandStack.PushAll(v, type.Params, type.ParamCount);
    }

    internal static void End(Validation* v)
    {
        bool isIf = v->Controls[v->Depth - 1].Op == Opcode.If;
        BlockType type;
        ControlStack.Pop(v, &type);
        // Without an else, the parameters become the results, so their types must be equal.
        if (isIf && (type.ParamCount != type.ResultCount || !Raw.Equal(type.Params, type.Results, type.ParamCount)))
            Validator.Fail(v, WasmError.TypeMismatch);
        if (v->Depth != 0) OperandStack.PushAll(v, type.Results, type.ResultCount);
    }
}
