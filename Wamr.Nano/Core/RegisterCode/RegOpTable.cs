// SPDX-License-Identifier: MIT
// One row per register-code opcode: the shape of the instruction and which operands are 64 bits wide.
using System;

namespace Wamr.Nano.Core.RegisterCode;

/// <summary>
/// The layout of an instruction in 16-bit units. In the pictures, a unit is [low byte, high byte]. D, A, B and C are slots of the frame,
/// one byte each; d16 and a16 are slots in a whole unit; off is a signed distance in units from its own unit; - is an unused byte (0).
/// </summary>
internal static class Shape
{
    internal const byte None = 0;           // [op -]
    internal const byte Code = 1;           // [op -] [WasmError]
    internal const byte Off = 2;            // [op -] [off]
    internal const byte Off32 = 3;          // [op -] [off low] [off high]
    internal const byte AOff = 4;           // [op A] [off]
    internal const byte Table = 5;          // [op A] [n] n + 1 times [off]
    internal const byte Save = 6;           // [op -] [slot of the save area]
    internal const byte ASave = 7;          // [op A] [save]
    internal const byte SaveMany = 8;       // [op -] [save] [slots] [first slot]
    internal const byte Call = 9;           // [op -] [function] [callee's frame, slots from fp]
    internal const byte CallTable = 10;     // [op A] [type] [frame] [table]
    internal const byte CallSave = 11;      // [op -] [function] [frame] [save]
    internal const byte CallTableSave = 12; // [op A] [type] [frame] [table] [save]
    internal const byte Count = 13;         // [op RegOp] [function + 1 at its entry, else 0]
    internal const byte DA16 = 14;          // [op D] [a16]
    internal const byte AD16 = 15;          // [op A] [d16]
    internal const byte DI16 = 16;          // [op D] [signed]
    internal const byte DI32 = 17;          // [op D] [low] [high]
    internal const byte DI64 = 18;          // [op D] 4 times [bits, low first]
    internal const byte DABC = 19;          // [op D] [A B] [C -]
    internal const byte DGlobal = 20;       // [op D] [slot of the instance's globals]
    internal const byte AGlobal = 21;       // [op A] [slot of the instance's globals]
    internal const byte DImport = 22;       // [op D] [number of the imported global]
    internal const byte AImport = 23;       // [op A] [number of the imported global]
    internal const byte D = 24;             // [op D]
    internal const byte DA = 25;            // [op D] [A -]
    internal const byte DAB = 26;           // [op D] [A B]
    internal const byte DAI8 = 27;          // [op D] [A signed]
    internal const byte DABK = 28;          // [op D] [A B] [shift -]
    internal const byte ABOff = 29;         // [op A] [B -] [off]
    internal const byte AI16Off = 30;       // [op A] [signed] [off]
    internal const byte Load = 31;          // [op D] [A -] [end]: offset + bytes accessed
    internal const byte LoadAt = 32;        // [op D] [A B] [end]
    internal const byte Store = 33;         // [op D] [A -] [end]: D is the value stored
    internal const byte Far = 34;           // [op D] [A bytes] [offset low] [offset high]
    internal const byte Num = 35;           // [op Opcode] [D A] [B -]
    internal const byte Misc = 36;          // [op Opcode] [A B] [C D] [x] [y]
    internal const byte StoreAt = 37;       // [op D] [A B] [end]: D is the value stored
    internal const byte Fuel = 38;          // [op units of fuel]
}

/// <summary>Which operands of an instruction take two slots, and how many bytes of memory it accesses.</summary>
internal static class W
{
    internal const byte None = 0, D = 1, A = 2, B = 4;
    internal const byte Byte = 1 << AccessShift, Half = 2 << AccessShift, Word = 3 << AccessShift, Double = 4 << AccessShift;

    /// <summary>From this bit up: 1 more than the size of the access as a power of two; 0 for none.</summary>
    internal const int AccessShift = 4;
}

internal static class RegOpTable
{
    /// <summary>Number of opcodes.</summary>
    internal const int Count = 194;

    /// <summary>Layout of an instruction: a constant of <see cref="Core.RegisterCode.Shape"/>.</summary>
    internal static byte ShapeOf(RegOp op) => Rows[(int)op * 2];

    /// <summary>Bits of <see cref="W"/>. Numeric instructions take theirs from <c>OpTable</c>.</summary>
    internal static byte Wide(RegOp op) => Rows[(int)op * 2 + 1];

    /// <summary>Bytes of memory a load or store accesses; 0 of anything else.</summary>
    internal static uint AccessBytes(RegOp op) => (1u << (Rows[(int)op * 2 + 1] >> W.AccessShift)) >> 1;

    /// <summary>Units an instruction of a shape takes; of a branch table without its entries.</summary>
    internal static int Units(byte shape) => Lengths[shape];

    /// <summary>Units of the instruction at a place, whose opcode there is.</summary>
    internal static unsafe uint UnitsAt(ushort* at)
    {
        byte shape = ShapeOf((RegOp)(byte)*at);
        return Lengths[shape] + (shape == Shape.Table ? at[1] + 1u : 0);
    }

    private static ReadOnlySpan<byte> Lengths =>
    [
        1, 2, 2, 3, 2, 2, 2, 2, 4, 3, 4, 4, 5, 2, 2, 2, 2, 3, 5, 3,
        2, 2, 2, 2, 1, 2, 2, 2, 3, 3, 3, 3, 3, 3, 4, 3, 5, 3, 1,
    ];

    private static ReadOnlySpan<byte> Rows =>
    [
        // control
        Shape.Code, W.None, // 0x00 Trap
        Shape.Off, W.None, // 0x01 Br
        Shape.Off32, W.None, // 0x02 BrFar
        Shape.AOff, W.None, // 0x03 BrIf
        Shape.AOff, W.None, // 0x04 BrUnless
        Shape.Table, W.None, // 0x05 BrTable
        Shape.Save, W.None, // 0x06 Return
        Shape.ASave, W.None, // 0x07 Return32
        Shape.ASave, W.A, // 0x08 Return64
        Shape.SaveMany, W.None, // 0x09 ReturnMany
        Shape.Call, W.None, // 0x0A Call
        Shape.Call, W.None, // 0x0B CallImport
        Shape.CallTable, W.None, // 0x0C CallIndirect
        Shape.CallSave, W.None, // 0x0D TailCall
        Shape.CallTableSave, W.None, // 0x0E TailCallIndirect
        Shape.None, W.None, // 0x0F Exit
        Shape.None, W.None, // 0x10 Leave
        Shape.Count, W.None, // 0x11 Count
        // moves, constants, globals
        Shape.DA16, W.None, // 0x12 Copy32
        Shape.DA16, W.D | W.A, // 0x13 Copy64
        Shape.AD16, W.None, // 0x14 CopyTo32
        Shape.AD16, W.D | W.A, // 0x15 CopyTo64
        Shape.DI16, W.None, // 0x16 Const16
        Shape.DI32, W.None, // 0x17 Const32
        Shape.DI16, W.D, // 0x18 Const16To64
        Shape.DI64, W.D, // 0x19 Const64
        Shape.DABC, W.None, // 0x1A Select32
        Shape.DABC, W.D | W.A | W.B, // 0x1B Select64
        Shape.DGlobal, W.None, // 0x1C GlobalGet32
        Shape.DGlobal, W.D, // 0x1D GlobalGet64
        Shape.AGlobal, W.None, // 0x1E GlobalSet32
        Shape.AGlobal, W.A, // 0x1F GlobalSet64
        Shape.AGlobal, W.None, // 0x20 GlobalSetAux
        Shape.DImport, W.None, // 0x21 ImportGet32
        Shape.DImport, W.D, // 0x22 ImportGet64
        Shape.AImport, W.None, // 0x23 ImportSet32
        Shape.AImport, W.A, // 0x24 ImportSet64
        // memory
        Shape.D, W.None, // 0x25 MemorySize
        Shape.DA, W.None, // 0x26 MemoryGrow
        Shape.Far, W.None, // 0x27 FarAddress
        Shape.Load, W.Word, // 0x28 I32Load
        Shape.Load, W.D | W.Double, // 0x29 I64Load
        Shape.Load, W.Byte, // 0x2A I32Load8S
        Shape.Load, W.Byte, // 0x2B I32Load8U
        Shape.Load, W.Half, // 0x2C I32Load16S
        Shape.Load, W.Half, // 0x2D I32Load16U
        Shape.Load, W.D | W.Byte, // 0x2E I64Load8S
        Shape.Load, W.D | W.Byte, // 0x2F I64Load8U
        Shape.Load, W.D | W.Half, // 0x30 I64Load16S
        Shape.Load, W.D | W.Half, // 0x31 I64Load16U
        Shape.Load, W.D | W.Word, // 0x32 I64Load32S
        Shape.Load, W.D | W.Word, // 0x33 I64Load32U
        Shape.Store, W.Word, // 0x34 I32Store
        Shape.Store, W.D | W.Double, // 0x35 I64Store
        Shape.Store, W.Byte, // 0x36 I32Store8
        Shape.Store, W.Half, // 0x37 I32Store16
        Shape.LoadAt, W.Word, // 0x38 I32LoadAt
        Shape.LoadAt, W.D | W.Double, // 0x39 I64LoadAt
        Shape.LoadAt, W.Byte, // 0x3A I32Load8SAt
        Shape.LoadAt, W.Byte, // 0x3B I32Load8UAt
        Shape.LoadAt, W.Half, // 0x3C I32Load16SAt
        Shape.LoadAt, W.Half, // 0x3D I32Load16UAt
        Shape.StoreAt, W.Word, // 0x3E I32StoreAt
        Shape.StoreAt, W.D | W.Double, // 0x3F I64StoreAt
        Shape.StoreAt, W.Byte, // 0x40 I32Store8At
        Shape.StoreAt, W.Half, // 0x41 I32Store16At
        Shape.LoadAt, W.Word, // 0x42 I32LoadAt4
        Shape.LoadAt, W.D | W.Double, // 0x43 I64LoadAt8
        Shape.StoreAt, W.Word, // 0x44 I32StoreAt4
        Shape.StoreAt, W.D | W.Double, // 0x45 I64StoreAt8
        // everything rarer: a second opcode byte selects
        Shape.Num, W.None, // 0x46 Numeric
        Shape.Misc, W.None, // 0x47 Misc
        // compare and branch
        Shape.ABOff, W.None, // 0x48 BrEq
        Shape.ABOff, W.None, // 0x49 BrNe
        Shape.ABOff, W.None, // 0x4A BrLtS
        Shape.ABOff, W.None, // 0x4B BrLtU
        Shape.ABOff, W.None, // 0x4C BrGtS
        Shape.ABOff, W.None, // 0x4D BrGtU
        Shape.ABOff, W.None, // 0x4E BrLeS
        Shape.ABOff, W.None, // 0x4F BrLeU
        Shape.ABOff, W.None, // 0x50 BrGeS
        Shape.ABOff, W.None, // 0x51 BrGeU
        Shape.AI16Off, W.None, // 0x52 BrEqI
        Shape.AI16Off, W.None, // 0x53 BrNeI
        Shape.AI16Off, W.None, // 0x54 BrLtSI
        Shape.AI16Off, W.None, // 0x55 BrLtUI
        Shape.AI16Off, W.None, // 0x56 BrGtSI
        Shape.AI16Off, W.None, // 0x57 BrGtUI
        Shape.AI16Off, W.None, // 0x58 BrLeSI
        Shape.AI16Off, W.None, // 0x59 BrLeUI
        Shape.AI16Off, W.None, // 0x5A BrGeSI
        Shape.AI16Off, W.None, // 0x5B BrGeUI
        // i32
        Shape.DA, W.None, // 0x5C I32Eqz
        Shape.DAB, W.None, // 0x5D I32Eq
        Shape.DAB, W.None, // 0x5E I32Ne
        Shape.DAB, W.None, // 0x5F I32LtS
        Shape.DAB, W.None, // 0x60 I32LtU
        Shape.DAB, W.None, // 0x61 I32GtS
        Shape.DAB, W.None, // 0x62 I32GtU
        Shape.DAB, W.None, // 0x63 I32LeS
        Shape.DAB, W.None, // 0x64 I32LeU
        Shape.DAB, W.None, // 0x65 I32GeS
        Shape.DAB, W.None, // 0x66 I32GeU
        Shape.DAI8, W.None, // 0x67 I32EqI
        Shape.DAI8, W.None, // 0x68 I32NeI
        Shape.DAI8, W.None, // 0x69 I32LtSI
        Shape.DAI8, W.None, // 0x6A I32LtUI
        Shape.DAI8, W.None, // 0x6B I32GtSI
        Shape.DAI8, W.None, // 0x6C I32GtUI
        Shape.DAI8, W.None, // 0x6D I32LeSI
        Shape.DAI8, W.None, // 0x6E I32LeUI
        Shape.DAI8, W.None, // 0x6F I32GeSI
        Shape.DAI8, W.None, // 0x70 I32GeUI
        Shape.DAB, W.None, // 0x71 I32Add
        Shape.DAB, W.None, // 0x72 I32Sub
        Shape.DAB, W.None, // 0x73 I32Mul
        Shape.DAB, W.None, // 0x74 I32DivS
        Shape.DAB, W.None, // 0x75 I32DivU
        Shape.DAB, W.None, // 0x76 I32RemS
        Shape.DAB, W.None, // 0x77 I32RemU
        Shape.DAB, W.None, // 0x78 I32And
        Shape.DAB, W.None, // 0x79 I32Or
        Shape.DAB, W.None, // 0x7A I32Xor
        Shape.DAB, W.None, // 0x7B I32Shl
        Shape.DAB, W.None, // 0x7C I32ShrS
        Shape.DAB, W.None, // 0x7D I32ShrU
        Shape.DAB, W.None, // 0x7E I32Rotl
        Shape.DAB, W.None, // 0x7F I32Rotr
        Shape.DAI8, W.None, // 0x80 I32AddI
        Shape.DAI8, W.None, // 0x81 I32MulI
        Shape.DAI8, W.None, // 0x82 I32AndI
        Shape.DAI8, W.None, // 0x83 I32OrI
        Shape.DAI8, W.None, // 0x84 I32XorI
        Shape.DAI8, W.None, // 0x85 I32ShlI
        Shape.DAI8, W.None, // 0x86 I32ShrSI
        Shape.DAI8, W.None, // 0x87 I32ShrUI
        Shape.DAI8, W.None, // 0x88 I32RotlI
        Shape.DABK, W.None, // 0x89 I32AddShl
        Shape.DA, W.None, // 0x8A I32Clz
        Shape.DA, W.None, // 0x8B I32Ctz
        Shape.DA, W.None, // 0x8C I32Popcnt
        Shape.DA, W.None, // 0x8D I32Extend8S
        Shape.DA, W.None, // 0x8E I32Extend16S
        // i64
        Shape.DA, W.A, // 0x8F I64Eqz
        Shape.DAB, W.A | W.B, // 0x90 I64Eq
        Shape.DAB, W.A | W.B, // 0x91 I64Ne
        Shape.DAB, W.A | W.B, // 0x92 I64LtS
        Shape.DAB, W.A | W.B, // 0x93 I64LtU
        Shape.DAB, W.A | W.B, // 0x94 I64GtS
        Shape.DAB, W.A | W.B, // 0x95 I64GtU
        Shape.DAB, W.A | W.B, // 0x96 I64LeS
        Shape.DAB, W.A | W.B, // 0x97 I64LeU
        Shape.DAB, W.A | W.B, // 0x98 I64GeS
        Shape.DAB, W.A | W.B, // 0x99 I64GeU
        Shape.DAB, W.D | W.A | W.B, // 0x9A I64Add
        Shape.DAB, W.D | W.A | W.B, // 0x9B I64Sub
        Shape.DAB, W.D | W.A | W.B, // 0x9C I64Mul
        Shape.DAB, W.D | W.A | W.B, // 0x9D I64And
        Shape.DAB, W.D | W.A | W.B, // 0x9E I64Or
        Shape.DAB, W.D | W.A | W.B, // 0x9F I64Xor
        Shape.DAB, W.D | W.A | W.B, // 0xA0 I64Shl
        Shape.DAB, W.D | W.A | W.B, // 0xA1 I64ShrS
        Shape.DAB, W.D | W.A | W.B, // 0xA2 I64ShrU
        Shape.DAB, W.D | W.A | W.B, // 0xA3 I64Rotl
        Shape.DAB, W.D | W.A | W.B, // 0xA4 I64Rotr
        Shape.DA, W.D, // 0xA5 I64ExtendI32S
        Shape.DA, W.D, // 0xA6 I64ExtendI32U
        // f32
        Shape.DAB, W.None, // 0xA7 F32Eq
        Shape.DAB, W.None, // 0xA8 F32Ne
        Shape.DAB, W.None, // 0xA9 F32Lt
        Shape.DAB, W.None, // 0xAA F32Gt
        Shape.DAB, W.None, // 0xAB F32Le
        Shape.DAB, W.None, // 0xAC F32Ge
        Shape.DA, W.None, // 0xAD F32Abs
        Shape.DA, W.None, // 0xAE F32Neg
        Shape.DA, W.None, // 0xAF F32Sqrt
        Shape.DAB, W.None, // 0xB0 F32Add
        Shape.DAB, W.None, // 0xB1 F32Sub
        Shape.DAB, W.None, // 0xB2 F32Mul
        Shape.DAB, W.None, // 0xB3 F32Div
        // f64
        Shape.DAB, W.A | W.B, // 0xB4 F64Eq
        Shape.DAB, W.A | W.B, // 0xB5 F64Ne
        Shape.DAB, W.A | W.B, // 0xB6 F64Lt
        Shape.DAB, W.A | W.B, // 0xB7 F64Gt
        Shape.DAB, W.A | W.B, // 0xB8 F64Le
        Shape.DAB, W.A | W.B, // 0xB9 F64Ge
        Shape.DA, W.D | W.A, // 0xBA F64Abs
        Shape.DA, W.D | W.A, // 0xBB F64Neg
        Shape.DA, W.D | W.A, // 0xBC F64Sqrt
        Shape.DAB, W.D | W.A | W.B, // 0xBD F64Add
        Shape.DAB, W.D | W.A | W.B, // 0xBE F64Sub
        Shape.DAB, W.D | W.A | W.B, // 0xBF F64Mul
        Shape.DAB, W.D | W.A | W.B, // 0xC0 F64Div
        // fuel
        Shape.Fuel, W.None, // 0xC1 Poll
    ];
}
