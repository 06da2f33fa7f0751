// SPDX-License-Identifier: MIT
// The register opcode of each numeric instruction of WebAssembly: one row per opcode, for the code that writes register code and the code
// that checks it.
using R = Wamr.Nano.Core.RegisterCode.RegOp;
using System;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.RegisterCode;

internal static class NumericOps
{
    /// <summary>Only the type of the bits changes, so there is no instruction.</summary>
    internal const byte Same = 0xFF;

    /// <summary>Opcode of register code; <see cref="R.Numeric"/> where the second opcode byte is <paramref name="op"/> itself.</summary>
    internal static byte Of(Opcode op) => op <= Opcode.I64Extend32S ? Rows[op - Opcode.I32Eqz] : (byte)R.Numeric;

    /// <summary>Whether it is a numeric instruction at all.</summary>
    internal static bool Is(Opcode op) =>
        op is >= Opcode.I32Eqz and <= Opcode.I64Extend32S or >= Opcode.I32TruncSatF32S and <= Opcode.I64TruncSatF64U || IsWide(op);

    /// <summary>
    /// Whether it is one of wide arithmetic: two operands of <see cref="WideOperands"/> i64 each, low half first, and a result of 128 bits.
    /// </summary>
    internal static bool IsWide(Opcode op) => op >= Opcode.I64Add128;

    /// <summary>Values of type i64 that make each of the two operands of wide arithmetic.</summary>
    internal static uint WideOperands(Opcode op) => op <= Opcode.I64Sub128 ? 2u : 1u;

    /// <summary>Values of type i64 that make a result of wide arithmetic.</summary>
    internal const uint WideResults = 2;

    /// <summary>The slots of the operands, and of the value pushed, for all except wide arithmetic.</summary>
    internal static uint OperandSlots(byte signature) => signature % Sig.Second is 2 or 4 ? 2u : 1u;

    internal static uint ResultSlots(byte signature) => signature / Sig.Result is 2 or 4 ? 2u : 1u;

    /// <summary>From i32.eqz on.</summary>
    private static ReadOnlySpan<byte> Rows =>
    [
        (byte)R.I32Eqz, (byte)R.I32Eq, (byte)R.I32Ne, (byte)R.I32LtS, (byte)R.I32LtU, (byte)R.I32GtS, (byte)R.I32GtU, (byte)R.I32LeS,
        (byte)R.I32LeU, (byte)R.I32GeS, (byte)R.I32GeU, (byte)R.I64Eqz, (byte)R.I64Eq, (byte)R.I64Ne, (byte)R.I64LtS, (byte)R.I64LtU,
        (byte)R.I64GtS, (byte)R.I64GtU, (byte)R.I64LeS, (byte)R.I64LeU, (byte)R.I64GeS, (byte)R.I64GeU, (byte)R.F32Eq, (byte)R.F32Ne,
        (byte)R.F32Lt, (byte)R.F32Gt, (byte)R.F32Le, (byte)R.F32Ge, (byte)R.F64Eq, (byte)R.F64Ne, (byte)R.F64Lt, (byte)R.F64Gt,
        (byte)R.F64Le, (byte)R.F64Ge, (byte)R.I32Clz, (byte)R.I32Ctz, (byte)R.I32Popcnt, (byte)R.I32Add, (byte)R.I32Sub, (byte)R.I32Mul,
        (byte)R.I32DivS, (byte)R.I32DivU, (byte)R.I32RemS, (byte)R.I32RemU, (byte)R.I32And, (byte)R.I32Or, (byte)R.I32Xor, (byte)R.I32Shl,
        (byte)R.I32ShrS, (byte)R.I32ShrU, (byte)R.I32Rotl, (byte)R.I32Rotr, (byte)R.Numeric, (byte)R.Numeric, (byte)R.Numeric,
        (byte)R.I64Add, (byte)R.I64Sub, (byte)R.I64Mul, (byte)R.Numeric, (byte)R.Numeric, (byte)R.Numeric, (byte)R.Numeric,
        (byte)R.I64And, (byte)R.I64Or, (byte)R.I64Xor, (byte)R.I64Shl, (byte)R.I64ShrS, (byte)R.I64ShrU, (byte)R.I64Rotl, (byte)R.I64Rotr,
        (byte)R.F32Abs, (byte)R.F32Neg, (byte)R.Numeric, (byte)R.Numeric, (byte)R.Numeric, (byte)R.Numeric, (byte)R.F32Sqrt,
        (byte)R.F32Add, (byte)R.F32Sub, (byte)R.F32Mul, (byte)R.F32Div, (byte)R.Numeric, (byte)R.Numeric, (byte)R.Numeric, (byte)R.F64Abs,
        (byte)R.F64Neg, (byte)R.Numeric, (byte)R.Numeric, (byte)R.Numeric, (byte)R.Numeric, (byte)R.F64Sqrt, (byte)R.F64Add,
        (byte)R.F64Sub, (byte)R.F64Mul, (byte)R.F64Div, (byte)R.Numeric, (byte)R.Numeric, (byte)R.Numeric, Same, (byte)R.Numeric,
        (byte)R.Numeric, (byte)R.Numeric, (byte)R.Numeric, (byte)R.I64ExtendI32S, (byte)R.I64ExtendI32U, (byte)R.Numeric, (byte)R.Numeric,
        (byte)R.Numeric, (byte)R.Numeric, (byte)R.Numeric, (byte)R.Numeric, (byte)R.Numeric, (byte)R.Numeric, (byte)R.Numeric,
        (byte)R.Numeric, (byte)R.Numeric, (byte)R.Numeric, (byte)R.Numeric, (byte)R.Numeric, Same, Same, Same, Same, (byte)R.I32Extend8S,
        (byte)R.I32Extend16S, (byte)R.Numeric, (byte)R.Numeric, (byte)R.Numeric,
    ];
}
