// SPDX-License-Identifier: MIT
// The work of instructions that take a processor more than one instruction. It determines their fuel.
namespace Wamr.Nano.Core.Wasm;

internal static class OpWork
{
    /// <summary>
    /// The work in simple instructions, roughly, of a processor without hardware for it: for a 64-bit division or square root, and for
    /// other arithmetic on floats. It is the same on all processors, so that fuel is the same.
    /// </summary>
    private const int Slow = 64, Soft = 8;

    /// <summary>The work of an instruction in addition to that of a simple one.</summary>
    internal static int Beside(Opcode op) => op switch
    {
        Opcode.F64Sqrt or Opcode.F64Div or (>= Opcode.I64DivS and <= Opcode.I64RemU) => Slow,
        (>= Opcode.F32Eq and <= Opcode.F64Ge) or (>= Opcode.F32Abs and <= Opcode.F64Copysign) => Soft,
        (>= Opcode.I32TruncF32S and <= Opcode.F64PromoteF32) or (>= Opcode.I32TruncSatF32S and <= Opcode.I64TruncSatF64U) => Soft,
        _ => 0,
    };
}
