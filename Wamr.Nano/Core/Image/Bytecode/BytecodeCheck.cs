// SPDX-License-Identifier: MIT
// Checks the register code of an image from any source, before any of it runs. Afterwards, the interpreter, which checks nothing, cannot
// leave its frame, its code or its instance. docs/SECURITY.md lists the checks and their reasons.
using Wamr.Nano.Core.Memory;
using Wamr.Nano.Core.Platform;
using Wamr.Nano.Core.RegisterCode;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Image.Bytecode;

/// <summary>The function that is being checked.</summary>
internal unsafe struct Checking
{
    /// <summary>Allocates what the check needs, and receives the description of a failure.</summary>
    internal Allocator* Allocator;
    internal Module* Module;
    internal FuncType* Type;

    /// <summary>Its header. Positions are units from here, up to <see cref="Units"/>.</summary>
    internal ushort* Code;
    internal uint Units;

    /// <summary>The positions of its first instruction, and of the current one.</summary>
    internal uint First;
    internal uint Position;

    /// <summary>The number of slots of the frame, where its save area begins, and where the operands begin.</summary>
    internal uint FrameSlots;
    internal uint SaveSlot;
    internal uint OperandSlot;

    /// <summary>One bit per unit: set if an instruction begins there.</summary>
    internal byte* Starts;

    /// <summary>References in slots; see <see cref="BytecodeReferences"/>.</summary>
    internal FrameContents Slots;
}

internal static unsafe class BytecodeCheck
{
    /// <summary>
    /// Checks all functions of a module whose tables are valid. The time is proportional to the size of the code. Meanwhile, it uses one
    /// bit of the pool for each 16-bit unit of the longest function, and two bits for each slot of the largest frame with references.
    /// </summary>
    /// <returns>
    /// <see cref="WasmError.BadRegisterCode"/>, with function and offset in the allocator's error; <see cref="WasmError.OutOfMemory"/>.
    /// </returns>
    internal static WasmError Check(Allocator* allocator, Module* m, ImageHeader* image)
    {
        uint end = m->CodeSize / sizeof(ushort);
        ReferenceEntry* first = (ReferenceEntry*)((byte*)image + image->ReferencesAt), last = first + image->ReferenceCount, next = first;
        for (uint i = m->ImportedFunctions; i < m->FunctionCount; i++)
        {
            // Functions must lie in the order of their indices, because finding the function of an address depends on that.
            uint at = m->Functions[i].Code;
            uint behind = i + 1 < m->FunctionCount ? m->Functions[i + 1].Code : end;
            if (at % 2 != 0 || behind <= at || behind > end) return Fail(allocator, i, at);
            WasmError error = Function(allocator, m, i, behind - at, first, last, &next);
            if (error != WasmError.None) return error;
        }
        return next == last ? WasmError.None : Fail(allocator, ErrorInfo.Unknown, end);
    }

    private static WasmError Fail(Allocator* allocator, uint function, uint unit) =>
        ErrorInfo.Fail(allocator->Error, WasmError.BadRegisterCode, unit * sizeof(ushort), function);

    private static WasmError Function(
        Allocator* allocator, Module* m, uint function, uint units, ReferenceEntry* first, ReferenceEntry* last, ReferenceEntry** next)
    {
        Checking checking = default;
        Checking* c = &checking;
        uint start = m->Functions[function].Code;
        WasmError error = Begin(c, allocator, m, function, units);
        if (error != WasmError.None) return error;
        error = BytecodeReferences.Open(c, start, *next, first, last);
        if (error == WasmError.None && !Instructions(c)) error = Fail(allocator, function, start + c->Position);
        *next = c->Slots.Next;
        End(c);
        return error;
    }

    /// <summary>
    /// Checks the header of a function of <paramref name="units"/> units, and finds its instructions. On success, the caller must call
    /// <see cref="End"/>.
    /// </summary>
    internal static WasmError Begin(Checking* c, Allocator* allocator, Module* m, uint function, uint units)
    {
        uint start = m->Functions[function].Code;
        c->Allocator = allocator;
        c->Module = m;
        c->Type = &m->Types[m->Functions[function].TypeIndex];
        c->Code = RegCode.Of(m, function);
        c->Units = units;
        if (!Header(c)) return Fail(allocator, function, start);
        uint bytes = (units + 7) / 8;
        c->Starts = (byte*)Allocator.AllocTransient(allocator, bytes, MemoryCategory.Module);
        if (c->Starts == null) return allocator->Error->Code;
        Raw.Fill(c->Starts, 0, bytes);
        if (Mark(c)) return WasmError.None;
        End(c);
        return Fail(allocator, function, start + c->Position);
    }

    /// <summary>Frees what was allocated for the function.</summary>
    internal static void End(Checking* c)
    {
        if (c->Slots.Words != null) Allocator.Free(c->Allocator, c->Slots.Words);
        Allocator.Free(c->Allocator, c->Starts);
    }

    /// <summary>The frame has room for its parts, and its parameters are those of the type.</summary>
    private static bool Header(Checking* c)
    {
        if (c->Units < RegCode.HeaderUnits) return false;
        uint constants = c->Code[RegCode.ConstSlots];
        c->First = RegCode.HeaderUnits + constants * 2;
        c->FrameSlots = c->Code[RegCode.FrameSlots];
        c->SaveSlot = (uint)c->Code[RegCode.ParamSlots] + c->Code[RegCode.ZeroSlots] + constants;
        c->OperandSlot = c->SaveSlot + SaveArea.SlotsOf(c->Module);
        return c->First < c->Units && c->OperandSlot <= c->FrameSlots && c->Code[RegCode.ParamSlots] == c->Type->ParamSlots;
    }

    /// <summary>
    /// Walks over the instructions once, and notes where they begin. Execution must not continue after the last one. At most, a zero
    /// follows for alignment.
    /// </summary>
    private static bool Mark(Checking* c)
    {
        bool falls = true;
        for (c->Position = c->First; c->Position < c->Units;)
        {
            ushort* at = c->Code + c->Position;
            uint left = c->Units - c->Position;
            if (left == 1 && *at == 0 && !falls) break;
            if ((byte)*at >= RegOpTable.Count) return false;
            byte shape = RegOpTable.ShapeOf((RegOp)(byte)*at);
            if (RegOpTable.Units(shape) > left) return false;
            uint units = RegOpTable.UnitsAt(at);
            if (units > left) return false;
            c->Starts[c->Position >> 3] |= (byte)(1 << (int)(c->Position & 7));
            falls = BytecodeInstr.Falls(shape);
            c->Position += units;
        }
        return !falls;
    }

    /// <summary>Checks the instructions one by one, in order.</summary>
    internal static bool Instructions(Checking* c)
    {
        bool falls = true;
        for (c->Position = c->First; IsStart(c, c->Position);)
        {
            ushort* at = c->Code + c->Position;
            RegOp op = (RegOp)(byte)*at;
            byte shape = RegOpTable.ShapeOf(op);
            if (!BytecodeReferences.Arrive(c, falls) || !BytecodeInstr.Check(c, op, shape, at)) return false;
            falls = BytecodeInstr.Falls(shape);
            c->Position += RegOpTable.UnitsAt(at);
        }
        return true;
    }

    /// <summary>Whether an instruction of the function begins at a position, which may be any number.</summary>
    internal static bool IsStart(Checking* c, uint position) =>
        position >= c->First && position < c->Units && (c->Starts[position >> 3] >> (int)(position & 7) & 1) != 0;
}
