// SPDX-License-Identifier: MIT
// Types by their byte in the binary format (spec chapter 5.3).
namespace Wamr.Nano.Core.Wasm;

/// <summary>Value type; the number is its byte in the binary format.</summary>
internal enum ValType : byte
{
    /// <summary>Only in the validator: a value of any type, after an unconditional branch (spec appendix "Validation Algorithm").</summary>
    Unknown = 0,
    I32 = 0x7F,
    I64 = 0x7E,
    F32 = 0x7D,
    F64 = 0x7C,
    FuncRef = 0x70,
    ExternRef = 0x6F,
}

/// <summary>Kind of an import or export; the number is its byte in the binary format.</summary>
internal enum ExternKind : byte
{
    Func = 0,
    Table = 1,
    Memory = 2,
    Global = 3,
}

internal static class ValTypes
{
    internal static bool IsRef(ValType t) => t is ValType.FuncRef or ValType.ExternRef;

    internal static bool IsNumeric(ValType t) => t is ValType.I32 or ValType.I64 or ValType.F32 or ValType.F64;

    /// <summary>The number of 32-bit slots that a value takes: two for i64 and f64, one for all others.</summary>
    internal static uint Slots(ValType t) => t is ValType.I64 or ValType.F64 ? 2u : 1u;
}

/// <summary>Reads types (spec chapter 5.3). This is the only place that knows which are allowed.</summary>
internal static unsafe class ReadType
{
    internal static ValType Value(ByteReader* r, Features features)
    {
        byte* at = r->Pos;
        ValType t = (ValType)Read.U8(r);
        if (!ValTypes.IsNumeric(t)) CheckReference(r, t, at, features);
        return t;
    }

    internal static ValType Reference(ByteReader* r, Features features)
    {
        byte* at = r->Pos;
        ValType t = (ValType)Read.U8(r);
        CheckReference(r, t, at, features);
        return t;
    }

    internal static byte Mutability(ByteReader* r)
    {
        byte mutable = Read.U8(r);
        if (mutable > 1) Read.FailAt(r, WasmError.BadMutability, r->Pos - 1);
        return mutable;
    }

    private static void CheckReference(ByteReader* r, ValType t, byte* at, Features features)
    {
        if (ValTypes.IsRef(t)) Read.Require(r, Features.ReferenceTypes, features, at);
        else Read.FailAt(r, OfLaterFeature((byte)t) ? WasmError.UnsupportedFeature : WasmError.BadValueType, at);
    }

    /// <summary>v128, typed references, and the heap types of garbage collection and exceptions.</summary>
    private static bool OfLaterFeature(byte b) => b is 0x7B or 0x63 or 0x64 or (>= 0x69 and <= 0x74);
}
