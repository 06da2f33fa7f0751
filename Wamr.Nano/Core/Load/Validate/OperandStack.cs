// SPDX-License-Identifier: MIT
// The stack of operand types (spec appendix "Validation Algorithm": push_val, pop_val).
using System.Runtime.CompilerServices;
using Wamr.Nano.Core.Load.Sections;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Load.Validate;

internal static unsafe class OperandStack
{
    private const uint FirstCapacity = 64;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Push(Validation* v, ValType type)
    {
        if (v->Top == v->Limit && !Reserve(v, 1)) return;
        *v->Top++ = (byte)type;
        v->Slots += ValTypes.Slots(type);
        if (v->Slots > v->MaxSlots) v->MaxSlots = v->Slots;
    }

    /// <summary>Pops a value of any type; after an unconditional branch, it may be <see cref="ValType.Unknown"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ValType Pop(Validation* v)
    {
        if (v->Top == v->Floor) return Underflow(v);
        ValType type = (ValType)(*--v->Top);
        v->Slots -= ValTypes.Slots(type);
        return type;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Pop(Validation* v, ValType expected)
    {
        ValType type = Pop(v);
        if (type != expected) Mismatch(v, type, expected);
    }

    internal static void PushAll(Validation* v, byte* types, uint count)
    {
        for (uint i = 0; i < count; i++) Push(v, (ValType)types[i]);
    }

    internal static void PopAll(Validation* v, byte* types, uint count)
    {
        while (count != 0) Pop(v, (ValType)types[--count]);
    }

    /// <summary>Fails unless the topmost operands could be popped as <paramref name="types"/>. Does not pop them.</summary>
    internal static void Check(Validation* v, byte* types, uint count)
    {
        byte* top = v->Top;
        while (count != 0 && top != v->Floor)
        {
            ValType type = (ValType)(*--top), expected = (ValType)types[--count];
            if (type != expected) Mismatch(v, type, expected);
        }
        if (count != 0) Underflow(v);
    }

    /// <summary>Drops all operands of the innermost block, because its end cannot be reached any more.</summary>
    internal static void Unreachable(Validation* v)
    {
        ControlFrame* frame = &v->Controls[v->Depth - 1];
        frame->Unreachable = true;
        v->Top = v->Floor;
        v->Slots = frame->Slots;
    }

    /// <summary>
    /// Makes room for <paramref name="count"/> more types on top. It refuses more types than a frame can have slots, which limits the size
    /// of the block.
    /// </summary>
    internal static bool Reserve(Validation* v, uint count)
    {
        uint used = (uint)(v->Top - v->Types);
        if (used + count <= (uint)(v->Limit - v->Types)) return true;
        if (used >= Config.MaxFrameSlots)
        {
            Validator.Fail(v, WasmError.TooManySlots);
            return false;
        }
        uint capacity = used + count + used / 2;
        if (capacity < FirstCapacity) capacity = FirstCapacity;
        byte* block = (byte*)(v->Types == null ? Loads.Allocate(&v->Load, capacity) : Loads.Resize(&v->Load, v->Types, capacity));
        if (block == null)
        {
            Validator.Fail(v, v->Load.Allocator->Error->Code);
            return false;
        }
        v->Operands = block + (v->Operands - v->Types);
        v->Floor = block + (v->Floor - v->Types);
        v->Top = block + used;
        v->Limit = block + capacity;
        v->Types = block;
        return true;
    }

    private static ValType Underflow(Validation* v)
    {
        if (!v->Controls[v->Depth - 1].Unreachable) Validator.Fail(v, WasmError.TypeMismatch);
        return ValType.Unknown;
    }

    private static void Mismatch(Validation* v, ValType type, ValType expected)
    {
        if (type != ValType.Unknown && expected != ValType.Unknown) Validator.Fail(v, WasmError.TypeMismatch);
    }
}
