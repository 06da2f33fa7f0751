// SPDX-License-Identifier: MIT
// Names of opcodes become the mnemonics of the text format.
using Wamr.Nano.Tool.Dump;
using Xunit;

namespace Wamr.Nano.Tests.Cli;

public class MnemonicTests
{
    [Theory]
    [InlineData(Opcode.Unreachable, "unreachable")]
    [InlineData(Opcode.BrIf, "br_if")]
    [InlineData(Opcode.CallIndirect, "call_indirect")]
    [InlineData(Opcode.SelectT, "select")]
    [InlineData(Opcode.LocalGet, "local.get")]
    [InlineData(Opcode.I32Load8U, "i32.load8_u")]
    [InlineData(Opcode.I64Store32, "i64.store32")]
    [InlineData(Opcode.I64ExtendI32S, "i64.extend_i32_s")]
    [InlineData(Opcode.I32TruncSatF64U, "i32.trunc_sat_f64_u")]
    [InlineData(Opcode.I32Extend16S, "i32.extend16_s")]
    [InlineData(Opcode.RefIsNull, "ref.is_null")]
    [InlineData(Opcode.DataDrop, "data.drop")]
    [InlineData(Opcode.MemoryCopy, "memory.copy")]
    internal void Opcode_has_the_mnemonic_of_the_text_format(Opcode op, string mnemonic) => Assert.Equal(mnemonic, Mnemonic.Of(op));
}
