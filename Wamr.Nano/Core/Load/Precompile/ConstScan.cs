// SPDX-License-Identifier: MIT
// A first pass over a body finds how deep its blocks nest, and which constants its loops use. Those constants get slots, which each call
// fills once.
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Load.Precompile;

internal static unsafe class ConstScan
{
    /// <summary>Reads the whole body; sets the nesting depth and the constants of the frame. A branch table counts in 16 bits.</summary>
    internal static WasmError Scan(Lowering* l)
    {
        ByteReader reader = l->Reader;
        uint depth = 1, loops = 0;
        l->MaxDepth = 1;
        l->ConstCount = 0;
        while (depth != 0)
        {
            InstrReader.Next(&reader, &l->Instr, Features.All);
            Opcode op = l->Instr.Op;
            if (op is Opcode.Block or Opcode.Loop or Opcode.If)
            {
                if (++depth > l->MaxDepth) l->MaxDepth = depth;
                // Inside a loop, every block is counted, to find the end of the loop.
                if (loops != 0 || op == Opcode.Loop) loops++;
            }
            else if (op == Opcode.End)
            {
                depth--;
                if (loops != 0) loops--;
            }
            else if (op == Opcode.BrTable && l->Instr.A > 0xFFFF) return WasmError.FunctionTooLarge;
            else if (loops != 0) Note(l, reader.Pos);
        }
        return WasmError.None;
    }

    private static void Note(Lowering* l, byte* next)
    {
        Opcode op = l->Instr.Op;
        if (op is < Opcode.I32Const or > Opcode.F64Const) return;
        uint lo = (uint)l->Instr.Bits, hi = (uint)(l->Instr.Bits >> 32);
        bool wide = op is Opcode.I64Const or Opcode.F64Const;
        if (op == Opcode.I32Const && lo == (uint)(sbyte)lo && !WantsSlot(next)) return;
        uint slots = wide ? 2u : 1u;
        for (uint i = 0; i + slots <= l->ConstCount; i++)
            if (l->Consts[i] == lo && (!wide || l->Consts[i + 1] == hi)) return;
        if (l->ConstCount + slots > Lowering.MaxConsts) return;
        l->Consts[l->ConstCount++] = lo;
        if (wide) l->Consts[l->ConstCount++] = hi;
    }

    /// <summary>
    /// Small i32 constants mostly become immediates, except when they are stored, divided by, selected, or added to the address of a load.
    /// </summary>
    private static bool WantsSlot(byte* next)
    {
        Opcode op = (Opcode)(*next);
        return op is >= Opcode.I32Store and <= Opcode.I64Store32 or >= Opcode.I32DivS and <= Opcode.I32RemU or Opcode.Select
            || (op == Opcode.I32Add && LowerMemory.FusesSum((Opcode)next[1]));
    }
}
