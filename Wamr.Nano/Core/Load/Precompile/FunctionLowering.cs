// SPDX-License-Identifier: MIT
// Lowers one function: lays out its frame, then walks through its body once. The same walk measures, writes or locates.
using Wamr.Nano.Core.Memory;
using Wamr.Nano.Core.RegisterCode;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Load.Precompile;

internal static unsafe class FunctionLowering
{
    /// <summary>
    /// Adds the size of a function to <paramref name="units"/>, and keeps it in the function's Code field until the function is written.
    /// </summary>
    internal static WasmError Measure(Allocator* allocator, Module* m, uint function, uint* units)
    {
        uint size = 0;
        WasmError error = Walk(allocator, m, function, null, false, Lowering.NoWatch, &size);
        if (error == WasmError.None && size > Emit.NearUnits) error = Walk(allocator, m, function, null, true, Lowering.NoWatch, &size);
        m->Functions[function].Code = size;
        *units += size;
        return error;
    }

    /// <summary>Writes a measured function at <paramref name="to"/>, and advances that.</summary>
    internal static WasmError Write(Allocator* allocator, Module* m, uint function, ushort** to)
    {
        uint size = m->Functions[function].Code;
        WasmError error = Walk(allocator, m, function, *to, size > Emit.NearUnits, Lowering.NoWatch, &size);
        m->Functions[function].Code = (uint)(*to - m->Code);
        *to += size;
        return error;
    }

    /// <summary>
    /// The module offset of the wasm instruction from which the register code at unit <paramref name="position"/> of a function was made.
    /// Lowers the function again instead of keeping a map. <see cref="ErrorInfo.Unknown"/> if the pool has no room for that, or if an image
    /// contains no wasm code.
    /// </summary>
    internal static uint Locate(Allocator* allocator, Module* m, uint function, uint position)
    {
        if (m->Functions[function].Entry == 0) return ErrorInfo.Unknown;
        uint size = 0;
        WasmError error = Walk(allocator, m, function, null, false, Lowering.NoWatch, &size);
        if (error == WasmError.None) error = Walk(allocator, m, function, null, size > Emit.NearUnits, position, &size);
        return error == WasmError.None ? size : ErrorInfo.Unknown;
    }

    /// <summary>
    /// Makes one walk. <paramref name="result"/> is the size of the function in units, an even number, or the offset for a position.
    /// </summary>
    private static WasmError Walk(Allocator* allocator, Module* m, uint function, ushort* to, bool far, uint watch, uint* result)
    {
        Lowering* l = (Lowering*)Allocator.AllocTransient(allocator, (uint)sizeof(Lowering), MemoryCategory.Module);
        if (l == null) return WasmError.OutOfMemory;
        *l = default;
        l->Allocator = allocator;
        l->Module = m;
        l->Function = &m->Functions[function];
        l->Type = &m->Types[l->Function->TypeIndex];
        l->Out = to;
        l->Far = far ? (byte)1 : (byte)0;
        l->Watch = watch;
        l->Found = ErrorInfo.Unknown;
        WasmError error = WithFrame(l, function);
        *result = watch == Lowering.NoWatch ? l->Pos : l->Found;
        Allocator.Free(allocator, l);
        return error;
    }

    private static WasmError WithFrame(Lowering* l, uint function)
    {
        Module* m = l->Module;
        l->Reader = Read.Over(m->Bytes, m->Bytes + l->Function->Entry, m->Bytes + m->Size);
        uint bytes = Read.U32(&l->Reader);
        l->Reader.End = l->Reader.Pos + bytes;
        ByteReader runs = l->Reader;
        uint runBytes = PassLocals(&l->Reader) * (uint)sizeof(LocalRun);
        WasmError error = ConstScan.Scan(l);
        if (error != WasmError.None) return Frame.Refuse(l, error, 0, 0);

        uint operands = ((uint)l->Function->MaxStack + 1) * (uint)sizeof(Operand);
        uint labels = l->MaxDepth * (uint)sizeof(Label);
        uint parameters = l->Type->ParamCount * (uint)sizeof(uint);
        byte* block = (byte*)Allocator.AllocTransient(l->Allocator, labels + operands + runBytes + parameters, MemoryCategory.Module);
        if (block == null) return WasmError.OutOfMemory;
        l->Labels = (Label*)block;
        l->Operands = (Operand*)(block + labels);
        l->Runs = (LocalRun*)(block + labels + operands);
        l->ParamSlots = (uint*)(block + labels + operands + runBytes);
        error = Frame.Lay(l, &runs);
        if (error == WasmError.None) error = Body(l, function);
        Allocator.Free(l->Allocator, block);
        return error;
    }

    /// <summary>Skips the declared locals. Returns the number of runs, without the empty ones, of which there may be any number.</summary>
    internal static uint PassLocals(ByteReader* r)
    {
        uint runs = 0;
        for (uint left = Read.U32(r); left != 0; left--)
        {
            if (Read.U32(r) != 0) runs++;
            Read.U8(r);
        }
        return runs;
    }

    private static WasmError Body(Lowering* l, uint function)
    {
        Frame.WriteHeader(l);
        // Code before the first instruction of the source counts as part of that instruction.
        l->Found = (uint)(l->Reader.Pos - l->Module->Bytes);
        if (l->Module->Profiled != 0)
        {
            Emit.Pair(l, (uint)RegOp.Count, 0);
            Emit.Unit(l, function + 1);
        }
        PollDistance.Set(l, 0);
        Frame.MoveParams(l);
        BlockType type;
        BlockTypes.OfFunction(l->Type, &type);
        type.ParamCount = 0;
        LowerControl.Open(l, Opcode.Block, &type, 0);
        while (l->Depth != 0 && l->Refused == WasmError.None)
        {
            if (l->Pos > Precompiler.MaxUnits) l->Refused = WasmError.FunctionTooLarge;
            InstrReader.Next(&l->Reader, &l->Instr, Features.All);
            if (l->Pos <= l->Watch) l->Found = (uint)(l->Instr.Start - l->Module->Bytes);
            if (l->Dead == 0) LowerInstr.Lower(l);
            else PassDead(l);
            if (l->Dead == 0 && l->Depth != 0) PollDistance.Behind(l);
        }
        // Functions begin 4-aligned.
        if ((l->Pos & 1) != 0) Emit.Unit(l, 0);
        return l->Refused == WasmError.None ? WasmError.None : Frame.Refuse(l, l->Refused, 0, 0);
    }

    /// <summary>Code after an unconditional branch is validated, but not lowered.</summary>
    private static void PassDead(Lowering* l)
    {
        Opcode op = l->Instr.Op;
        if (op is Opcode.Block or Opcode.Loop or Opcode.If) l->DeadDepth++;
        else if (op == Opcode.Else && l->DeadDepth == 0) LowerControl.Else(l);
        else if (op == Opcode.End)
        {
            if (l->DeadDepth != 0) l->DeadDepth--;
            else LowerControl.End(l);
        }
    }
}
