// SPDX-License-Identifier: MIT
// Decodes one instruction (spec chapter 5.4). The only decoder: validator, precompiler, disassembler and XIP compiler call it.
namespace Wamr.Nano.Core.Wasm;

/// <summary>A decoded instruction. The immediates column of <see cref="OpTable"/> determines which fields are set.</summary>
internal unsafe struct Instr
{
    internal Opcode Op;

    /// <summary>Where the instruction starts.</summary>
    internal byte* Start;

    /// <summary>
    /// First index: label, function, type, local, global, table, segment, memory; the alignment of a memarg; the type of ref.null;
    /// number of br_table labels, without the default one.
    /// </summary>
    internal uint A;

    /// <summary>
    /// Second index: table of call_indirect and table.init, source of table.copy and memory.copy, memory of memory.init; the offset of a
    /// memarg.
    /// </summary>
    internal uint B;

    /// <summary>Bits of a constant (an i32 is sign-extended, an f32 is zero-extended), or the 33-bit number of a block type.</summary>
    internal ulong Bits;

    /// <summary>Labels of br_table, LEB128 encoded, the default one last; types of a typed select.</summary>
    internal byte* List;
}

internal static unsafe class InstrReader
{
    /// <summary>
    /// Reads the instruction at <paramref name="r"/> into <paramref name="i"/>. If the input is malformed or its feature is off, the reader
    /// fails. Indices are not checked here.
    /// </summary>
    internal static void Next(ByteReader* r, Instr* i, Features features)
    {
        i->Start = r->Pos;
        int op = Read.U8(r);
        if (op >= OpTable.PrefixFC) op = op == OpTable.PrefixByte ? SubOpcode(r) : OpTable.Count;
        i->Op = (Opcode)op;
        byte imm = op < OpTable.Count ? OpTable.Immediates(op) : Imm.NoOpcode;
        if (imm == Imm.NoOpcode)
        {
            NoOpcode(r, i->Start);
            return;
        }
        // The two most frequent kinds come first.
        if (imm == Imm.Local) i->A = Read.U32(r);
        else if (imm != Imm.None) Immediates(r, i, imm, features);
        int feature = OpTable.Feature(op);
        if (feature != FeatureBit.Mvp) Read.Require(r, (Features)(1u << feature), features, i->Start);
    }

    /// <summary>
    /// Like <see cref="Next"/>, inside a constant expression, which allows few instructions. It needs no table, so a firmware that reads
    /// nothing else contains none.
    /// </summary>
    internal static void Constant(ByteReader* r, Instr* i, Features features)
    {
        i->Start = r->Pos;
        i->Op = (Opcode)Read.U8(r);
        switch (i->Op)
        {
            case Opcode.End or Opcode.I32Add or Opcode.I32Sub or Opcode.I32Mul or Opcode.I64Add or Opcode.I64Sub or Opcode.I64Mul:
                break;
            case Opcode.I32Const:
                i->Bits = (ulong)Read.S32(r);
                break;
            case Opcode.I64Const:
                i->Bits = (ulong)Read.S64(r);
                break;
            case Opcode.F32Const:
                i->Bits = Read.Fixed32(r);
                break;
            case Opcode.F64Const:
                i->Bits = Read.Fixed64(r);
                break;
            case Opcode.GlobalGet:
                i->A = Read.U32(r);
                break;
            case Opcode.RefNull:
                i->A = (uint)ReadType.Reference(r, features);
                Read.Require(r, Features.ReferenceTypes, features, i->Start);
                break;
            case Opcode.RefFunc:
                i->A = Read.U32(r);
                Read.Require(r, Features.ReferenceTypes, features, i->Start);
                break;
            default:
                Read.FailAt(r, NotConstant((byte)i->Op), i->Start);
                break;
        }
    }

    /// <summary>The error for the first byte of an instruction that a constant expression does not allow.</summary>
    private static WasmError NotConstant(byte first)
    {
        if (first is 0xFB or 0xFD or 0xFE) return WasmError.UnsupportedFeature;
        return first > (byte)Opcode.RefFunc && first != OpTable.PrefixByte ? WasmError.BadOpcode : WasmError.ConstantExpressionRequired;
    }

    private static int SubOpcode(ByteReader* r)
    {
        uint sub = Read.U32(r);
        return sub < OpTable.Count - OpTable.PrefixFC ? (int)(OpTable.PrefixFC + sub) : OpTable.Count;
    }

    /// <summary>An opcode without a row belongs to an unsupported feature, or does not exist.</summary>
    private static void NoOpcode(ByteReader* r, byte* start)
    {
        // Exceptions, typed references, garbage collection, SIMD, threads.
        bool known = *start is (>= 0x06 and <= 0x0A) or 0x14 or 0x15 or 0x18 or 0x19 or 0x1F or (>= 0xD3 and <= 0xD6) or 0xFB or 0xFD
            or 0xFE;
        Read.FailAt(r, known ? WasmError.UnsupportedFeature : WasmError.BadOpcode, start);
    }

    private static void Immediates(ByteReader* r, Instr* i, byte imm, Features features)
    {
        switch (imm)
        {
            case Imm.BlockType:
                BlockType(r, i, features);
                break;
            case Imm.Label or Imm.Func or Imm.Global or Imm.Table or Imm.Data or Imm.Elem or Imm.Memory:
                i->A = Read.U32(r);
                break;
            case Imm.BrTable:
                i->A = Read.U32(r);
                i->List = r->Pos;
                SkipIndices(r, i->A);
                break;
            case Imm.SelectTypes:
                i->A = Read.Count(r);
                i->List = r->Pos;
                for (uint n = 0; n < i->A && r->Error == WasmError.None; n++) ReadType.Value(r, features);
                break;
            case Imm.MemArg:
                MemArg(r, i);
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
                i->A = (uint)ReadType.Reference(r, features);
                break;
            default:
                i->A = Read.U32(r);
                // Before reference types, a reserved zero byte stood for the table of call_indirect.
                if (imm == Imm.TypeTable && (features & Features.ReferenceTypes) == 0) ZeroByte(r, i);
                else i->B = Read.U32(r);
                break;
        }
    }

    /// <summary>Empty or one value type, both a single byte, or the index of a function type as a positive 33-bit number.</summary>
    private static void BlockType(ByteReader* r, Instr* i, Features features)
    {
        byte* at = r->Pos;
        byte first = at < r->End ? *at : (byte)0;
        if (first is > 0x40 and < 0x80) i->Bits = (ulong)((long)ReadType.Value(r, features) - 0x80);
        else i->Bits = (ulong)Read.S33(r);
        if ((long)i->Bits >= 0) Read.Require(r, Features.MultiValue, features, at);
        else if (first >= 0x80) Read.FailAt(r, WasmError.BadBlockType, at);
    }

    /// <summary>Alignment and offset. The offset has 64 bits in the format, of which a 32-bit memory uses the lower half.</summary>
    private static void MemArg(ByteReader* r, Instr* i)
    {
        byte* at = r->Pos;
        i->A = Read.U32(r);
        byte* offsetAt = r->Pos;
        ulong offset = Read.U64(r);
        i->B = (uint)offset;
        // Six bits of alignment, of which validation allows only few values; bit 6 announces a memory index (multi-memory).
        if (i->A >= 0x40) Read.FailAt(r, i->A < 0x80 ? WasmError.UnsupportedFeature : WasmError.BadMemArg, at);
        if (offset > uint.MaxValue) Read.FailAt(r, WasmError.OffsetOutOfRange, offsetAt);
    }

    private static void ZeroByte(ByteReader* r, Instr* i)
    {
        i->B = 0;
        if (Read.U8(r) != 0) Read.FailAt(r, WasmError.ReservedByteNotZero, r->Pos - 1);
    }

    /// <summary>Skips the labels of br_table: <paramref name="count"/> labels and the default one.</summary>
    private static void SkipIndices(ByteReader* r, uint count)
    {
        // A label takes at least one byte. A count beyond the bytes left must not keep the loop busy.
        if (count >= Read.Left(r))
        {
            Read.Fail(r, WasmError.UnexpectedEnd);
            return;
        }
        for (uint n = 0; n <= count && r->Error == WasmError.None; n++) Read.U32(r);
    }
}
