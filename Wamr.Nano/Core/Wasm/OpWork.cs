// SPDX-License-Identifier: MIT
// What an instruction takes that is no single instruction of a processor: fuel is counted by it.
namespace Wamr.Nano.Core.Wasm;

internal static class OpWork
{
    /// <summary>
    /// In simple instructions, about, of a processor that has no arithmetic of that kind: a division or a root of 64 bits; other arithmetic
    /// on floats. The same on all, so that fuel is.
    /// </summary>
    private const int Slow = 64, Soft = 8;

    /// <summary>Work of an instruction beside that of a simple one.</summary>
    internal static int Beside(Opcode op) => op switch
    {
        Opcode.F64Sqrt or Opcode.F64Div or (>= Opcode.I64DivS and <= Opcode.I64RemU) => Slow,
        (>= Opcode.F32Eq and <= Opcode.F64Ge) or (>= Opcode.F32Abs and <= Opcode.F64Copysign) => Soft,
        (>= Opcode.I32TruncF32S and <= Opcode.F64PromoteF32) or (>= Opcode.I32TruncSatF32S and <= Opcode.I64TruncSatF64U) => Soft,
        _ => 0,
    };
}
