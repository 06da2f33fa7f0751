// SPDX-License-Identifier: MIT
// Disassembly of WebAssembly code: one line an instruction, decoded by the core's own reader.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Wamr.Nano.Tool.Dump;

/// <summary>A line: its offset and its text.</summary>
internal sealed record Line(uint Offset, string Text);

internal static unsafe class WasmListing
{
    /// <summary>Lines of a defined function: declared locals, then instructions, indented by their nesting.</summary>
    internal static IEnumerable<Line> Function(NanoModule module, uint index)
    {
        List<Line> lines = [];
        Module* m = module.Pointer;
        ByteReader r = Read.Over(m->Bytes, m->Bytes + m->Functions[index].Entry, m->Bytes + m->Size);
        uint size = Read.U32(&r);
        r.End = r.Pos + size;
        Locals(&r, lines);
        int depth = 1;
        while (r.Pos < r.End)
        {
            uint offset = Read.Offset(&r);
            Instr i;
            InstrReader.Next(&r, &i, Features.All);
            if (i.Op is Opcode.End or Opcode.Else) depth--;
            lines.Add(new(offset, new string(' ', 2 * Math.Max(depth, 0)) + $"{Mnemonic.Of(i.Op)} {Operands(&i)}".TrimEnd()));
            if (i.Op is Opcode.Block or Opcode.Loop or Opcode.If or Opcode.Else) depth++;
        }
        return lines;
    }

    private static void Locals(ByteReader* r, List<Line> lines)
    {
        for (uint groups = Read.U32(r); groups != 0; groups--)
        {
            uint offset = Read.Offset(r), count = Read.U32(r);
            lines.Add(new(offset, $"  local {Types.Of((ValType)Read.U8(r))} x {count}"));
        }
    }

    private static string Operands(Instr* i) => OpTable.Immediates((int)i->Op) switch
    {
        Imm.None or Imm.Memory or Imm.MemoryMemory => "",
        Imm.BlockType => BlockType((long)i->Bits),
        Imm.BrTable => string.Join(' ', Labels(i->List, i->A + 1)),
        Imm.SelectTypes => string.Join(' ', Enumerable.Range(0, (int)i->A).Select(n => Types.Of((ValType)i->List[n])).ToArray()),
        Imm.MemArg => $"offset={i->B} align={1u << (int)i->A}",
        Imm.I32 => ((int)i->Bits).ToString(CultureInfo.InvariantCulture),
        Imm.I64 => ((long)i->Bits).ToString(CultureInfo.InvariantCulture),
        Imm.F32 => BitConverter.UInt32BitsToSingle((uint)i->Bits).ToString("R", CultureInfo.InvariantCulture),
        Imm.F64 => BitConverter.UInt64BitsToDouble(i->Bits).ToString("R", CultureInfo.InvariantCulture),
        Imm.RefType => Types.Of((ValType)i->A),
        Imm.TypeTable => $"type {i->A} table {i->B}",
        Imm.ElemTable or Imm.TableTable => $"{i->A} {i->B}",
        _ => i->A.ToString(CultureInfo.InvariantCulture),
    };

    private static string BlockType(long type)
    {
        const long empty = -64;
        if (type == empty) return "";
        return type < 0 ? Types.Of((ValType)(byte)(type & 0x7F)) : $"type {type}";
    }

    private static uint[] Labels(byte* list, uint count)
    {
        ByteReader r = Read.Over(list, list, list + count * 5);
        uint[] labels = new uint[count];
        for (uint n = 0; n < count; n++) labels[n] = Read.U32(&r);
        return labels;
    }
}
