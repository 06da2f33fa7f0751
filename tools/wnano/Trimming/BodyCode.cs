// SPDX-License-Identifier: MIT
// The instructions of a function body, one after the other, with the details that trimming needs.
using System.Collections.Generic;

namespace Wamr.Nano.Tool.Trimming;

/// <summary>An instruction as far as it is looked at here.</summary>
/// <param name="Index">Global of global.get; offset of an access.</param>
/// <param name="Bits">Bits of a constant.</param>
internal readonly record struct CodeItem(Opcode Op, uint Offset, uint Index, ulong Bits)
{
    internal bool IsAccess => Op is >= Opcode.I32Load and <= Opcode.I64Store32;
}

/// <summary>The instructions of a function body.</summary>
internal static unsafe class BodyCode
{
    internal static IReadOnlyList<CodeItem> Of(Module* m, uint function)
    {
        List<CodeItem> items = [];
        ByteReader r = Read.Over(m->Bytes, m->Bytes + m->Functions[function].Entry, m->Bytes + m->Size);
        uint bytes = Read.U32(&r);
        byte* end = r.Pos + bytes;
        for (uint runs = Read.U32(&r); runs != 0; runs--)
        {
            Read.U32(&r);
            Read.U8(&r);
        }
        while (r.Pos < end)
        {
            Instr i;
            InstrReader.Next(&r, &i, Features.All);
            bool access = i.Op is >= Opcode.I32Load and <= Opcode.I64Store32;
            items.Add(new(i.Op, (uint)(i.Start - m->Bytes), access ? i.B : i.A, i.Bits));
        }
        return items;
    }
}
