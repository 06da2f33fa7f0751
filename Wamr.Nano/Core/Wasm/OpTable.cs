// SPDX-License-Identifier: MIT
// One row per opcode (spec chapters 3.3, 5.4): immediates, stack signature, feature. The row number is the opcode.
using F = Wamr.Nano.Core.Wasm.FeatureBit;
using System;

namespace Wamr.Nano.Core.Wasm;

/// <summary>What follows an opcode in the binary format.</summary>
internal static class Imm
{
    /// <summary>There is no such opcode.</summary>
    internal const byte NoOpcode = 0;
    internal const byte None = 1;
    internal const byte BlockType = 2;
    internal const byte Label = 3;
    internal const byte BrTable = 4;
    internal const byte Func = 5;
    internal const byte TypeTable = 6;
    internal const byte SelectTypes = 7;
    internal const byte Local = 8;
    internal const byte Global = 9;
    internal const byte Table = 10;
    internal const byte MemArg = 11;
    internal const byte Memory = 12;
    internal const byte I32 = 13;
    internal const byte I64 = 14;
    internal const byte F32 = 15;
    internal const byte F64 = 16;
    internal const byte RefType = 17;
    internal const byte DataMemory = 18;
    internal const byte Data = 19;
    internal const byte MemoryMemory = 20;
    internal const byte ElemTable = 21;
    internal const byte Elem = 22;
    internal const byte TableTable = 23;
}

/// <summary>
/// The stack signature in a byte: the values that an instruction pops (in the order they were pushed) and the value that it pushes, as
/// digits in base 5 (0 none, 1 i32, 2 i64, 3 f32, 4 f64). The names read the same way: IL_ pops i32 and i64 and pushes nothing.
/// </summary>
internal static class Sig
{
    private const byte I32 = 1, I64 = 2, F32 = 3, F64 = 4;
    internal const byte Second = 5, Result = 25, ThirdI32 = 125;

    /// <summary>The signature depends on the module or the stack, so the validator has a case for it.</summary>
    internal const byte Special = 255;

    internal const byte I_I = I32 + Result * I32;
    internal const byte I_L = I32 + Result * I64;
    internal const byte I_F = I32 + Result * F32;
    internal const byte I_D = I32 + Result * F64;
    internal const byte II_ = I32 + Second * I32;
    internal const byte IL_ = I32 + Second * I64;
    internal const byte IF_ = I32 + Second * F32;
    internal const byte ID_ = I32 + Second * F64;
    internal const byte _I = Result * I32;
    internal const byte _L = Result * I64;
    internal const byte _F = Result * F32;
    internal const byte _D = Result * F64;
    internal const byte II_I = I32 + Second * I32 + Result * I32;
    internal const byte L_I = I64 + Result * I32;
    internal const byte LL_I = I64 + Second * I64 + Result * I32;
    internal const byte FF_I = F32 + Second * F32 + Result * I32;
    internal const byte DD_I = F64 + Second * F64 + Result * I32;
    internal const byte L_L = I64 + Result * I64;
    internal const byte LL_L = I64 + Second * I64 + Result * I64;
    internal const byte F_F = F32 + Result * F32;
    internal const byte FF_F = F32 + Second * F32 + Result * F32;
    internal const byte D_D = F64 + Result * F64;
    internal const byte DD_D = F64 + Second * F64 + Result * F64;
    internal const byte F_I = F32 + Result * I32;
    internal const byte D_I = F64 + Result * I32;
    internal const byte F_L = F32 + Result * I64;
    internal const byte D_L = F64 + Result * I64;
    internal const byte L_F = I64 + Result * F32;
    internal const byte D_F = F64 + Result * F32;
    internal const byte L_D = I64 + Result * F64;
    internal const byte F_D = F32 + Result * F64;
    internal const byte III_ = I32 + Second * I32 + ThirdI32;
    internal const byte _ = 0;
}

/// <summary>Column of the feature an opcode belongs to: the bit number of <see cref="Features"/>.</summary>
internal static class FeatureBit
{
    /// <summary>WebAssembly 1.0: always on.</summary>
    internal const byte Mvp = 0;
    internal const byte SignExtension = 2;
    internal const byte SaturatingConversions = 3;
    internal const byte BulkMemory = 5;
    internal const byte ReferenceTypes = 6;
    internal const byte TailCalls = 8;
    internal const byte WideArithmetic = 10;
}

/// <summary>The table of opcodes.</summary>
internal static class OpTable
{
    /// <summary>Row of the first opcode with the 0xFC prefix.</summary>
    internal const byte PrefixFC = 0xE0;

    /// <summary>The prefix byte, which a sub-opcode follows.</summary>
    internal const byte PrefixByte = 0xFC;

    /// <summary>Number of rows.</summary>
    internal const int Count = 0xF7;

    /// <summary>The immediates byte holds, from this bit up, the natural alignment of an access as a power of two.</summary>
    internal const int AlignShift = 6;

    private const int Columns = 3;

    /// <summary>What follows opcode <paramref name="op"/>: a constant of <see cref="Imm"/>.</summary>
    internal static byte Immediates(int op) => (byte)(Rows[op * Columns] & ((1 << AlignShift) - 1));

    /// <summary>Natural alignment of the access of a load or store, as a power of two.</summary>
    internal static int AlignLog2(int op) => Rows[op * Columns] >> AlignShift;

    /// <summary>Stack signature: see <see cref="Sig"/>.</summary>
    internal static byte Signature(int op) => Rows[op * Columns + 1];

    /// <summary>Feature that must be on, or 0.</summary>
    internal static byte Feature(int op) => Rows[op * Columns + 2];

    private static ReadOnlySpan<byte> Rows =>
    [
        Imm.None, Sig.Special, F.Mvp, // 0x00 Unreachable
        Imm.None, Sig.Special, F.Mvp, // 0x01 Nop
        Imm.BlockType, Sig.Special, F.Mvp, // 0x02 Block
        Imm.BlockType, Sig.Special, F.Mvp, // 0x03 Loop
        Imm.BlockType, Sig.Special, F.Mvp, // 0x04 If
        Imm.None, Sig.Special, F.Mvp, // 0x05 Else
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, // 0x06-0x0A none
        Imm.None, Sig.Special, F.Mvp, // 0x0B End
        Imm.Label, Sig.Special, F.Mvp, // 0x0C Br
        Imm.Label, Sig.Special, F.Mvp, // 0x0D BrIf
        Imm.BrTable, Sig.Special, F.Mvp, // 0x0E BrTable
        Imm.None, Sig.Special, F.Mvp, // 0x0F Return
        Imm.Func, Sig.Special, F.Mvp, // 0x10 Call
        Imm.TypeTable, Sig.Special, F.Mvp, // 0x11 CallIndirect
        Imm.Func, Sig.Special, F.TailCalls, // 0x12 ReturnCall
        Imm.TypeTable, Sig.Special, F.TailCalls, // 0x13 ReturnCallIndirect
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, // 0x14-0x19 none
        Imm.None, Sig.Special, F.Mvp, // 0x1A Drop
        Imm.None, Sig.Special, F.Mvp, // 0x1B Select
        Imm.SelectTypes, Sig.Special, F.ReferenceTypes, // 0x1C SelectT
        0, 0, 0, 0, 0, 0, 0, 0, 0, // 0x1D-0x1F none
        Imm.Local, Sig.Special, F.Mvp, // 0x20 LocalGet
        Imm.Local, Sig.Special, F.Mvp, // 0x21 LocalSet
        Imm.Local, Sig.Special, F.Mvp, // 0x22 LocalTee
        Imm.Global, Sig.Special, F.Mvp, // 0x23 GlobalGet
        Imm.Global, Sig.Special, F.Mvp, // 0x24 GlobalSet
        Imm.Table, Sig.Special, F.ReferenceTypes, // 0x25 TableGet
        Imm.Table, Sig.Special, F.ReferenceTypes, // 0x26 TableSet
        0, 0, 0, // 0x27-0x27 none
        Imm.MemArg | 2 << OpTable.AlignShift, Sig.I_I, F.Mvp, // 0x28 I32Load
        Imm.MemArg | 3 << OpTable.AlignShift, Sig.I_L, F.Mvp, // 0x29 I64Load
        Imm.MemArg | 2 << OpTable.AlignShift, Sig.I_F, F.Mvp, // 0x2A F32Load
        Imm.MemArg | 3 << OpTable.AlignShift, Sig.I_D, F.Mvp, // 0x2B F64Load
        Imm.MemArg | 0 << OpTable.AlignShift, Sig.I_I, F.Mvp, // 0x2C I32Load8S
        Imm.MemArg | 0 << OpTable.AlignShift, Sig.I_I, F.Mvp, // 0x2D I32Load8U
        Imm.MemArg | 1 << OpTable.AlignShift, Sig.I_I, F.Mvp, // 0x2E I32Load16S
        Imm.MemArg | 1 << OpTable.AlignShift, Sig.I_I, F.Mvp, // 0x2F I32Load16U
        Imm.MemArg | 0 << OpTable.AlignShift, Sig.I_L, F.Mvp, // 0x30 I64Load8S
        Imm.MemArg | 0 << OpTable.AlignShift, Sig.I_L, F.Mvp, // 0x31 I64Load8U
        Imm.MemArg | 1 << OpTable.AlignShift, Sig.I_L, F.Mvp, // 0x32 I64Load16S
        Imm.MemArg | 1 << OpTable.AlignShift, Sig.I_L, F.Mvp, // 0x33 I64Load16U
        Imm.MemArg | 2 << OpTable.AlignShift, Sig.I_L, F.Mvp, // 0x34 I64Load32S
        Imm.MemArg | 2 << OpTable.AlignShift, Sig.I_L, F.Mvp, // 0x35 I64Load32U
        Imm.MemArg | 2 << OpTable.AlignShift, Sig.II_, F.Mvp, // 0x36 I32Store
        Imm.MemArg | 3 << OpTable.AlignShift, Sig.IL_, F.Mvp, // 0x37 I64Store
        Imm.MemArg | 2 << OpTable.AlignShift, Sig.IF_, F.Mvp, // 0x38 F32Store
        Imm.MemArg | 3 << OpTable.AlignShift, Sig.ID_, F.Mvp, // 0x39 F64Store
        Imm.MemArg | 0 << OpTable.AlignShift, Sig.II_, F.Mvp, // 0x3A I32Store8
        Imm.MemArg | 1 << OpTable.AlignShift, Sig.II_, F.Mvp, // 0x3B I32Store16
        Imm.MemArg | 0 << OpTable.AlignShift, Sig.IL_, F.Mvp, // 0x3C I64Store8
        Imm.MemArg | 1 << OpTable.AlignShift, Sig.IL_, F.Mvp, // 0x3D I64Store16
        Imm.MemArg | 2 << OpTable.AlignShift, Sig.IL_, F.Mvp, // 0x3E I64Store32
        Imm.Memory, Sig._I, F.Mvp, // 0x3F MemorySize
        Imm.Memory, Sig.I_I, F.Mvp, // 0x40 MemoryGrow
        Imm.I32, Sig._I, F.Mvp, // 0x41 I32Const
        Imm.I64, Sig._L, F.Mvp, // 0x42 I64Const
        Imm.F32, Sig._F, F.Mvp, // 0x43 F32Const
        Imm.F64, Sig._D, F.Mvp, // 0x44 F64Const
        Imm.None, Sig.I_I, F.Mvp, // 0x45 I32Eqz
        Imm.None, Sig.II_I, F.Mvp, // 0x46 I32Eq
        Imm.None, Sig.II_I, F.Mvp, // 0x47 I32Ne
        Imm.None, Sig.II_I, F.Mvp, // 0x48 I32LtS
        Imm.None, Sig.II_I, F.Mvp, // 0x49 I32LtU
        Imm.None, Sig.II_I, F.Mvp, // 0x4A I32GtS
        Imm.None, Sig.II_I, F.Mvp, // 0x4B I32GtU
        Imm.None, Sig.II_I, F.Mvp, // 0x4C I32LeS
        Imm.None, Sig.II_I, F.Mvp, // 0x4D I32LeU
        Imm.None, Sig.II_I, F.Mvp, // 0x4E I32GeS
        Imm.None, Sig.II_I, F.Mvp, // 0x4F I32GeU
        Imm.None, Sig.L_I, F.Mvp, // 0x50 I64Eqz
        Imm.None, Sig.LL_I, F.Mvp, // 0x51 I64Eq
        Imm.None, Sig.LL_I, F.Mvp, // 0x52 I64Ne
        Imm.None, Sig.LL_I, F.Mvp, // 0x53 I64LtS
        Imm.None, Sig.LL_I, F.Mvp, // 0x54 I64LtU
        Imm.None, Sig.LL_I, F.Mvp, // 0x55 I64GtS
        Imm.None, Sig.LL_I, F.Mvp, // 0x56 I64GtU
        Imm.None, Sig.LL_I, F.Mvp, // 0x57 I64LeS
        Imm.None, Sig.LL_I, F.Mvp, // 0x58 I64LeU
        Imm.None, Sig.LL_I, F.Mvp, // 0x59 I64GeS
        Imm.None, Sig.LL_I, F.Mvp, // 0x5A I64GeU
        Imm.None, Sig.FF_I, F.Mvp, // 0x5B F32Eq
        Imm.None, Sig.FF_I, F.Mvp, // 0x5C F32Ne
        Imm.None, Sig.FF_I, F.Mvp, // 0x5D F32Lt
        Imm.None, Sig.FF_I, F.Mvp, // 0x5E F32Gt
        Imm.None, Sig.FF_I, F.Mvp, // 0x5F F32Le
        Imm.None, Sig.FF_I, F.Mvp, // 0x60 F32Ge
        Imm.None, Sig.DD_I, F.Mvp, // 0x61 F64Eq
        Imm.None, Sig.DD_I, F.Mvp, // 0x62 F64Ne
        Imm.None, Sig.DD_I, F.Mvp, // 0x63 F64Lt
        Imm.None, Sig.DD_I, F.Mvp, // 0x64 F64Gt
        Imm.None, Sig.DD_I, F.Mvp, // 0x65 F64Le
        Imm.None, Sig.DD_I, F.Mvp, // 0x66 F64Ge
        Imm.None, Sig.I_I, F.Mvp, // 0x67 I32Clz
        Imm.None, Sig.I_I, F.Mvp, // 0x68 I32Ctz
        Imm.None, Sig.I_I, F.Mvp, // 0x69 I32Popcnt
        Imm.None, Sig.II_I, F.Mvp, // 0x6A I32Add
        Imm.None, Sig.II_I, F.Mvp, // 0x6B I32Sub
        Imm.None, Sig.II_I, F.Mvp, // 0x6C I32Mul
        Imm.None, Sig.II_I, F.Mvp, // 0x6D I32DivS
        Imm.None, Sig.II_I, F.Mvp, // 0x6E I32DivU
        Imm.None, Sig.II_I, F.Mvp, // 0x6F I32RemS
        Imm.None, Sig.II_I, F.Mvp, // 0x70 I32RemU
        Imm.None, Sig.II_I, F.Mvp, // 0x71 I32And
        Imm.None, Sig.II_I, F.Mvp, // 0x72 I32Or
        Imm.None, Sig.II_I, F.Mvp, // 0x73 I32Xor
        Imm.None, Sig.II_I, F.Mvp, // 0x74 I32Shl
        Imm.None, Sig.II_I, F.Mvp, // 0x75 I32ShrS
        Imm.None, Sig.II_I, F.Mvp, // 0x76 I32ShrU
        Imm.None, Sig.II_I, F.Mvp, // 0x77 I32Rotl
        Imm.None, Sig.II_I, F.Mvp, // 0x78 I32Rotr
        Imm.None, Sig.L_L, F.Mvp, // 0x79 I64Clz
        Imm.None, Sig.L_L, F.Mvp, // 0x7A I64Ctz
        Imm.None, Sig.L_L, F.Mvp, // 0x7B I64Popcnt
        Imm.None, Sig.LL_L, F.Mvp, // 0x7C I64Add
        Imm.None, Sig.LL_L, F.Mvp, // 0x7D I64Sub
        Imm.None, Sig.LL_L, F.Mvp, // 0x7E I64Mul
        Imm.None, Sig.LL_L, F.Mvp, // 0x7F I64DivS
        Imm.None, Sig.LL_L, F.Mvp, // 0x80 I64DivU
        Imm.None, Sig.LL_L, F.Mvp, // 0x81 I64RemS
        Imm.None, Sig.LL_L, F.Mvp, // 0x82 I64RemU
        Imm.None, Sig.LL_L, F.Mvp, // 0x83 I64And
        Imm.None, Sig.LL_L, F.Mvp, // 0x84 I64Or
        Imm.None, Sig.LL_L, F.Mvp, // 0x85 I64Xor
        Imm.None, Sig.LL_L, F.Mvp, // 0x86 I64Shl
        Imm.None, Sig.LL_L, F.Mvp, // 0x87 I64ShrS
        Imm.None, Sig.LL_L, F.Mvp, // 0x88 I64ShrU
        Imm.None, Sig.LL_L, F.Mvp, // 0x89 I64Rotl
        Imm.None, Sig.LL_L, F.Mvp, // 0x8A I64Rotr
        Imm.None, Sig.F_F, F.Mvp, // 0x8B F32Abs
        Imm.None, Sig.F_F, F.Mvp, // 0x8C F32Neg
        Imm.None, Sig.F_F, F.Mvp, // 0x8D F32Ceil
        Imm.None, Sig.F_F, F.Mvp, // 0x8E F32Floor
        Imm.None, Sig.F_F, F.Mvp, // 0x8F F32Trunc
        Imm.None, Sig.F_F, F.Mvp, // 0x90 F32Nearest
        Imm.None, Sig.F_F, F.Mvp, // 0x91 F32Sqrt
        Imm.None, Sig.FF_F, F.Mvp, // 0x92 F32Add
        Imm.None, Sig.FF_F, F.Mvp, // 0x93 F32Sub
        Imm.None, Sig.FF_F, F.Mvp, // 0x94 F32Mul
        Imm.None, Sig.FF_F, F.Mvp, // 0x95 F32Div
        Imm.None, Sig.FF_F, F.Mvp, // 0x96 F32Min
        Imm.None, Sig.FF_F, F.Mvp, // 0x97 F32Max
        Imm.None, Sig.FF_F, F.Mvp, // 0x98 F32Copysign
        Imm.None, Sig.D_D, F.Mvp, // 0x99 F64Abs
        Imm.None, Sig.D_D, F.Mvp, // 0x9A F64Neg
        Imm.None, Sig.D_D, F.Mvp, // 0x9B F64Ceil
        Imm.None, Sig.D_D, F.Mvp, // 0x9C F64Floor
        Imm.None, Sig.D_D, F.Mvp, // 0x9D F64Trunc
        Imm.None, Sig.D_D, F.Mvp, // 0x9E F64Nearest
        Imm.None, Sig.D_D, F.Mvp, // 0x9F F64Sqrt
        Imm.None, Sig.DD_D, F.Mvp, // 0xA0 F64Add
        Imm.None, Sig.DD_D, F.Mvp, // 0xA1 F64Sub
        Imm.None, Sig.DD_D, F.Mvp, // 0xA2 F64Mul
        Imm.None, Sig.DD_D, F.Mvp, // 0xA3 F64Div
        Imm.None, Sig.DD_D, F.Mvp, // 0xA4 F64Min
        Imm.None, Sig.DD_D, F.Mvp, // 0xA5 F64Max
        Imm.None, Sig.DD_D, F.Mvp, // 0xA6 F64Copysign
        Imm.None, Sig.L_I, F.Mvp, // 0xA7 I32WrapI64
        Imm.None, Sig.F_I, F.Mvp, // 0xA8 I32TruncF32S
        Imm.None, Sig.F_I, F.Mvp, // 0xA9 I32TruncF32U
        Imm.None, Sig.D_I, F.Mvp, // 0xAA I32TruncF64S
        Imm.None, Sig.D_I, F.Mvp, // 0xAB I32TruncF64U
        Imm.None, Sig.I_L, F.Mvp, // 0xAC I64ExtendI32S
        Imm.None, Sig.I_L, F.Mvp, // 0xAD I64ExtendI32U
        Imm.None, Sig.F_L, F.Mvp, // 0xAE I64TruncF32S
        Imm.None, Sig.F_L, F.Mvp, // 0xAF I64TruncF32U
        Imm.None, Sig.D_L, F.Mvp, // 0xB0 I64TruncF64S
        Imm.None, Sig.D_L, F.Mvp, // 0xB1 I64TruncF64U
        Imm.None, Sig.I_F, F.Mvp, // 0xB2 F32ConvertI32S
        Imm.None, Sig.I_F, F.Mvp, // 0xB3 F32ConvertI32U
        Imm.None, Sig.L_F, F.Mvp, // 0xB4 F32ConvertI64S
        Imm.None, Sig.L_F, F.Mvp, // 0xB5 F32ConvertI64U
        Imm.None, Sig.D_F, F.Mvp, // 0xB6 F32DemoteF64
        Imm.None, Sig.I_D, F.Mvp, // 0xB7 F64ConvertI32S
        Imm.None, Sig.I_D, F.Mvp, // 0xB8 F64ConvertI32U
        Imm.None, Sig.L_D, F.Mvp, // 0xB9 F64ConvertI64S
        Imm.None, Sig.L_D, F.Mvp, // 0xBA F64ConvertI64U
        Imm.None, Sig.F_D, F.Mvp, // 0xBB F64PromoteF32
        Imm.None, Sig.F_I, F.Mvp, // 0xBC I32ReinterpretF32
        Imm.None, Sig.D_L, F.Mvp, // 0xBD I64ReinterpretF64
        Imm.None, Sig.I_F, F.Mvp, // 0xBE F32ReinterpretI32
        Imm.None, Sig.L_D, F.Mvp, // 0xBF F64ReinterpretI64
        Imm.None, Sig.I_I, F.SignExtension, // 0xC0 I32Extend8S
        Imm.None, Sig.I_I, F.SignExtension, // 0xC1 I32Extend16S
        Imm.None, Sig.L_L, F.SignExtension, // 0xC2 I64Extend8S
        Imm.None, Sig.L_L, F.SignExtension, // 0xC3 I64Extend16S
        Imm.None, Sig.L_L, F.SignExtension, // 0xC4 I64Extend32S
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, // 0xC5-0xCF none
        0, 0, 0, 0, 0, 0, 0, 0, 0,
        Imm.RefType, Sig.Special, F.ReferenceTypes, // 0xD0 RefNull
        Imm.None, Sig.Special, F.ReferenceTypes, // 0xD1 RefIsNull
        Imm.Func, Sig.Special, F.ReferenceTypes, // 0xD2 RefFunc
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, // 0xD3-0xDF none
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        Imm.None, Sig.F_I, F.SaturatingConversions, // 0xE0 I32TruncSatF32S
        Imm.None, Sig.F_I, F.SaturatingConversions, // 0xE1 I32TruncSatF32U
        Imm.None, Sig.D_I, F.SaturatingConversions, // 0xE2 I32TruncSatF64S
        Imm.None, Sig.D_I, F.SaturatingConversions, // 0xE3 I32TruncSatF64U
        Imm.None, Sig.F_L, F.SaturatingConversions, // 0xE4 I64TruncSatF32S
        Imm.None, Sig.F_L, F.SaturatingConversions, // 0xE5 I64TruncSatF32U
        Imm.None, Sig.D_L, F.SaturatingConversions, // 0xE6 I64TruncSatF64S
        Imm.None, Sig.D_L, F.SaturatingConversions, // 0xE7 I64TruncSatF64U
        Imm.DataMemory, Sig.III_, F.BulkMemory, // 0xE8 MemoryInit
        Imm.Data, Sig._, F.BulkMemory, // 0xE9 DataDrop
        Imm.MemoryMemory, Sig.III_, F.BulkMemory, // 0xEA MemoryCopy
        Imm.Memory, Sig.III_, F.BulkMemory, // 0xEB MemoryFill
        Imm.ElemTable, Sig.III_, F.BulkMemory, // 0xEC TableInit
        Imm.Elem, Sig._, F.BulkMemory, // 0xED ElemDrop
        Imm.TableTable, Sig.III_, F.BulkMemory, // 0xEE TableCopy
        Imm.Table, Sig.Special, F.ReferenceTypes, // 0xEF TableGrow
        Imm.Table, Sig._I, F.ReferenceTypes, // 0xF0 TableSize
        Imm.Table, Sig.Special, F.ReferenceTypes, // 0xF1 TableFill
        0, 0, 0, // 0xF2-0xF2 none
        Imm.None, Sig.Special, F.WideArithmetic, // 0xF3 I64Add128
        Imm.None, Sig.Special, F.WideArithmetic, // 0xF4 I64Sub128
        Imm.None, Sig.Special, F.WideArithmetic, // 0xF5 I64MulWideS
        Imm.None, Sig.Special, F.WideArithmetic, // 0xF6 I64MulWideU
    ];
}
