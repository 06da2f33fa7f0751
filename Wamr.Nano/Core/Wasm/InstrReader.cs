// SPDX-License-Identifier: MIT
// Decodes one instruction (spec chapter 5.4). The only decoder: validator, precompiler, disassembler and XIP compiler call it.
namespace Wamr.Nano.Core;

/// <summary>A decoded instruction. Which fields hold something follows from the immediates column of <see cref="OpTable"/>.</summary>
internal unsafe struct Instr
{
    internal Opcode Op;

    /// <summary>Where the instruction starts.</summary>
    internal byte* Start;

    /// <summary>First index: label, function, type, local, global, table, segment; the alignment of a memarg; number of br_table labels.</summary>
    internal uint A;

    /// <summary>Second index: table of call_indirect and table.init, source of table.copy; the offset of a memarg.</summary>
    internal uint B;

    /// <summary>Bits of a constant (an i32 is sign-extended, an f32 is zero-extended), or the 33-bit number of a block type.</summary>
    internal ulong Bits;

    /// <summary>Labels of br_table, LEB128 encoded, the default one last; types of a typed select.</summary>
    internal byte* List;
}

internal static unsafe class InstrReader
{
    /// <summary>
    /// Reads the instruction at <paramref name="r"/> into <paramref name="i"/>. Malformed input leaves the reader failed.
    /// Indices are not checked here, features are.
    /// </summary>
    internal static void Next(ByteReader* r, Instr* i, Features features)
    {
        i->Start = r->Pos;
        int op = Read.U8(r);
        if (op == OpTable.PrefixByte) op = SubOpcode(r);
        byte imm = op < OpTable.Count ? OpTable.Immediates(op) : Imm.NoOpcode;
        i->Op = (Opcode)op;
        if (imm == Imm.None) return;
        if (imm == Imm.NoOpcode)
        {
            Read.FailAt(r, WasmError.BadOpcode, i->Start);
            return;
        }
        Immediates(r, i, imm, features);
    }

    /// <summary>Whether the feature of an opcode is on; validation asks once per instruction.</summary>
    internal static bool Enabled(Opcode op, Features features)
    {
        byte feature = OpTable.Feature((int)op);
        return feature == FeatureBit.Mvp || ((uint)features >> feature & 1) != 0;
    }

    private static int SubOpcode(ByteReader* r)
    {
        uint sub = Read.U32(r);
        return sub < OpTable.Count - OpTable.PrefixFC ? (int)(OpTable.PrefixFC + sub) : OpTable.Count;
    }

    private static void Immediates(ByteReader* r, Instr* i, byte imm, Features features)
    {
        switch (imm)
        {
            case Imm.BlockType:
                i->Bits = (ulong)Read.S33(r);
                break;
            case Imm.Label or Imm.Func or Imm.Local or Imm.Global or Imm.Table or Imm.Data or Imm.Elem:
                i->A = Read.U32(r);
                break;
            case Imm.BrTable:
                i->A = Read.U32(r);
                i->List = r->Pos;
                SkipIndices(r, i->A);
                break;
            case Imm.SelectTypes:
                i->A = Read.U32(r);
                i->List = Read.Bytes(r, i->A);
                break;
            case Imm.MemArg:
                i->A = Read.U32(r);
                i->B = Read.U32(r);
                // Bit 6 announces a memory index (multi-memory); beyond it there is no alignment.
                if (i->A >= 32) Read.FailAt(r, WasmError.BadMemArg, i->Start + 1);
                break;
            case Imm.I32:
                i->Bits = (ulong)Read.S32(r);
                break;
            case Imm.I64:
                i->Bits = (ulong)Read.S64(r);
                break;
            case Imm.F32:
                i->Bits = Read.Fixed32(r);
                break;
            case Imm.F64:
                i->Bits = Read.Fixed64(r);
                break;
            case Imm.RefType:
                i->A = Read.U8(r);
                if (!ValTypes.IsRef((ValType)i->A)) Read.FailAt(r, WasmError.BadValueType, r->Pos - 1);
                break;
            default:
                TwoIndices(r, i, imm, features);
                break;
        }
    }

    /// <summary>Immediates of two parts, and those of which one part must be zero until multi-memory.</summary>
    private static void TwoIndices(ByteReader* r, Instr* i, byte imm, Features features)
    {
        if (imm == Imm.Memory)
        {
            ZeroByte(r);
            return;
        }
        if (imm == Imm.MemoryMemory)
        {
            ZeroByte(r);
            ZeroByte(r);
            return;
        }
        i->A = Read.U32(r);
        // Before reference types the table of call_indirect was a reserved zero byte.
        if (imm == Imm.DataMemory || (imm == Imm.TypeTable && (features & Features.ReferenceTypes) == 0)) ZeroByte(r);
        else i->B = Read.U32(r);
    }

    private static void ZeroByte(ByteReader* r)
    {
        if (Read.U8(r) != 0) Read.FailAt(r, WasmError.ReservedByteNotZero, r->Pos - 1);
    }

    /// <summary>Passes over the labels of br_table: <paramref name="count"/> and the default one.</summary>
    private static void SkipIndices(ByteReader* r, uint count)
    {
        // A label takes a byte at least: a count beyond the bytes left must not keep the loop busy.
        if (count >= Read.Left(r))
        {
            Read.Fail(r, WasmError.UnexpectedEnd);
            return;
        }
        for (uint n = 0; n <= count; n++) Read.U32(r);
    }
}
