// SPDX-License-Identifier: MIT
// Types by their byte in the binary format (spec chapter 5.3).
namespace Wamr.Nano.Core;

/// <summary>Value type; the number is its byte in the binary format.</summary>
internal enum ValType : byte
{
    /// <summary>In the validator alone: a value of any type, below an unconditional branch (spec appendix "Validation Algorithm").</summary>
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

    /// <summary>32-bit slots a value takes: two for i64 and f64, one for everything else.</summary>
    internal static uint Slots(ValType t) => t is ValType.I64 or ValType.F64 ? 2u : 1u;
}
