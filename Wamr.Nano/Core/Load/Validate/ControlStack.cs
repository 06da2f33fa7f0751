// SPDX-License-Identifier: MIT
// The stack of open blocks (spec appendix "Validation Algorithm": push_ctrl, pop_ctrl, label_types). The pool limits its depth, and so does
// the range of sizes.
using Wamr.Nano.Core.Load.Sections;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Load.Validate;

internal static unsafe class ControlStack
{
    private const uint FirstCapacity = 8;

    /// <summary>The largest number of open blocks: more than any compiler nests, and few enough for sizes of 32 bits.</summary>
    private const uint MaxDepth = FirstCapacity << 14;

    /// <summary>Opens a block above the current operands.</summary>
    internal static void Push(Validation* v, Opcode op, FuncType* type, byte* result)
    {
        if (v->Depth == v->ControlCapacity && !Grow(v)) return;
        if (v->MaxSlots > Config.MaxFrameSlots) Validator.Fail(v, WasmError.TooManySlots, v->MaxSlots);
        ControlFrame* frame = &v->Controls[v->Depth++];
        frame->Op = op;
        frame->Type = type;
        frame->Result = result;
        frame->Height = (ushort)(v->Top - v->Operands);
        frame->Slots = v->Slots;
        frame->Unreachable = false;
        v->Floor = v->Top;
    }

    /// <summary>Closes the innermost block, and pops its results, which must be the only values on its stack.</summary>
    internal static void Pop(Validation* v, BlockType* type)
    {
        ControlFrame* frame = &v->Controls[v->Depth - 1];
        TypeOf(frame, type);
        OperandStack.PopAll(v, type->Results, type->ResultCount);
        if (v->Top != v->Floor) Validator.Fail(v, WasmError.TypeMismatch);
        v->Slots = frame->Slots;
        v->Top = v->Floor;
        if (--v->Depth != 0) v->Floor = v->Operands + v->Controls[v->Depth - 1].Height;
    }

    internal static void TypeOf(ControlFrame* frame, BlockType* type)
    {
        *type = default;
        if (frame->Type != null) BlockTypes.OfFunction(frame->Type, type);
        else if (frame->Result != null)
        {
            type->Results = frame->Result;
            type->ResultCount = 1;
        }
    }

    /// <summary>The types of the values that a branch to label <paramref name="index"/> takes along.</summary>
    internal static byte* Label(Validation* v, uint index, uint* count)
    {
        *count = 0;
        if (index >= v->Depth)
        {
            Validator.Fail(v, WasmError.UnknownLabel, index);
            return null;
        }
        ControlFrame* frame = &v->Controls[v->Depth - 1 - index];
        BlockType type;
        TypeOf(frame, &type);
        *count = frame->Op == Opcode.Loop ? type.ParamCount : type.ResultCount;
        return frame->Op == Opcode.Loop ? type.Params : type.Results;
    }

    private static bool Grow(Validation* v)
    {
        if (v->ControlCapacity >= MaxDepth)
        {
            Validator.Fail(v, WasmError.FunctionTooLarge, v->Depth);
            return false;
        }
        uint capacity = v->ControlCapacity == 0 ? FirstCapacity : v->ControlCapacity * 2;
        uint bytes = capacity * (uint)sizeof(ControlFrame);
        void* block = v->Controls == null ? Loads.Allocate(&v->Load, bytes) : Loads.Resize(&v->Load, v->Controls, bytes);
        if (block == null)
        {
            Validator.Fail(v, v->Load.Allocator->Error->Code);
            return false;
        }
        v->Controls = (ControlFrame*)block;
        v->ControlCapacity = capacity;
        return true;
    }
}
