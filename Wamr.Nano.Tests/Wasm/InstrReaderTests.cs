// SPDX-License-Identifier: MIT
// The instruction decoder: every opcode there is and every one there is not, features, block types, memory arguments.
using System;
using System.Linq;
using Xunit;

namespace Wamr.Nano.Tests.Wasm;

public unsafe class InstrReaderTests
{
    [Fact]
    public void Opcodes_and_rows_of_the_table_are_the_same()
    {
        int[] members = [.. Enum.GetValues<Opcode>().Select(op => (int)op)];
        int[] rows = [.. Enumerable.Range(0, OpTable.Count).Where(op => OpTable.Immediates(op) != Imm.NoOpcode)];
        Assert.Equal(members, rows);
    }

    [Fact]
    public void Every_byte_is_an_opcode_a_prefix_or_refused()
    {
        for (int op = 0; op < 256; op++)
        {
            bool known = op < OpTable.PrefixFC && Enum.IsDefined((Opcode)op);
            (WasmError error, _) = Decode(((byte)op).ToString("X2") + "00000000000000000000");
            // Zeros do for all immediates but the type of ref.null.
            if (known && op != (int)Opcode.RefNull) Assert.True(error is WasmError.None, $"{op:X2}: {error}");
            else if (op != OpTable.PrefixByte) Assert.NotEqual(WasmError.None, error);
        }
    }

    [Theory]
    [InlineData("FC11", WasmError.UnexpectedEnd)]
    [InlineData("FC12", WasmError.BadOpcode)]
    [InlineData("FC808080808000", WasmError.BadLeb128)]
    [InlineData("FC", WasmError.UnexpectedEnd)]
    [InlineData("E0", WasmError.BadOpcode)]
    [InlineData("F1", WasmError.BadOpcode)]
    [InlineData("FF", WasmError.BadOpcode)]
    [InlineData("27", WasmError.BadOpcode)]
    [InlineData("FD00", WasmError.UnsupportedFeature)]
    [InlineData("FE00", WasmError.UnsupportedFeature)]
    [InlineData("FB00", WasmError.UnsupportedFeature)]
    [InlineData("1F40", WasmError.UnsupportedFeature)]
    [InlineData("0640", WasmError.UnsupportedFeature)]
    [InlineData("1400", WasmError.UnsupportedFeature)]
    [InlineData("D500", WasmError.UnsupportedFeature)]
    [InlineData("D06E", WasmError.UnsupportedFeature)]
    [InlineData("D07F", WasmError.BadValueType)]
    [InlineData("0E05000000", WasmError.UnexpectedEnd)]
    [InlineData("0EFFFFFFFF0F00", WasmError.UnexpectedEnd)]
    [InlineData("1C017B", WasmError.UnsupportedFeature)]
    [InlineData("1C0175", WasmError.BadValueType)]
    [InlineData("430000", WasmError.UnexpectedEnd)]
    [InlineData("4400000000000000", WasmError.UnexpectedEnd)]
    public void Refused(string hex, WasmError expected) => Assert.Equal(expected, Decode(hex).Error);

    [Theory]
    [InlineData("0240", -64L)]
    [InlineData("027F", -1L)]
    [InlineData("026F", -17L)]
    [InlineData("0200", 0L)]
    [InlineData("02E400", 100L)]
    public void Block_types(string hex, long number) => Assert.Equal(number, (long)Decode(hex).Instruction.Bits);

    [Theory]
    [InlineData("02FF7F", WasmError.BadBlockType)]
    [InlineData("02C07F", WasmError.BadBlockType)]
    [InlineData("0241", WasmError.BadValueType)]
    [InlineData("027B", WasmError.UnsupportedFeature)]
    [InlineData("0264", WasmError.UnsupportedFeature)]
    public void Block_types_refused(string hex, WasmError expected) => Assert.Equal(expected, Decode(hex).Error);

    [Theory]
    [InlineData("280203", 2u, 3u, WasmError.None)]
    [InlineData("2802FFFFFFFF0F", 2u, 0xFFFFFFFFu, WasmError.None)]
    [InlineData("28028080808010", 2u, 0u, WasmError.OffsetOutOfRange)]
    [InlineData("284200", 0x42u, 0u, WasmError.UnsupportedFeature)]
    [InlineData("28800100", 0x80u, 0u, WasmError.BadMemArg)]
    public void Memory_arguments(string hex, uint alignment, uint offset, WasmError expected)
    {
        (WasmError error, Instr i) = Decode(hex);
        Assert.Equal((expected, alignment, offset), (error, i.A, i.B));
    }

    [Theory]
    [InlineData("C0", nameof(Features.SignExtension))]
    [InlineData("FC00", nameof(Features.SaturatingConversions))]
    [InlineData("FC0A0000", nameof(Features.BulkMemory))]
    [InlineData("FC1000", nameof(Features.ReferenceTypes))]
    [InlineData("1C017F", nameof(Features.ReferenceTypes))]
    [InlineData("D070", nameof(Features.ReferenceTypes))]
    [InlineData("1200", nameof(Features.TailCalls))]
    [InlineData("FC13", nameof(Features.WideArithmetic))]
    [InlineData("0205", nameof(Features.MultiValue))]
    public void Encoding_of_a_feature_that_is_off_is_refused_and_names_it(string hex, string name)
    {
        Features feature = Enum.Parse<Features>(name);
        Assert.Equal(WasmError.None, Decode(hex).Error);
        Assert.Equal(WasmError.None, Decode(hex, feature).Error);
        byte[] bytes = Convert.FromHexString(hex);
        fixed (byte* start = bytes)
        {
            ByteReader r = Read.Over(start, start, start + bytes.Length);
            Instr i = default;
            InstrReader.Next(&r, &i, Features.All & ~feature);
            Assert.Equal((WasmError.FeatureDisabled, (uint)feature), (r.Error, r.ErrorValue));
        }
    }

    [Fact]
    public void Table_of_call_indirect_is_a_reserved_zero_before_reference_types()
    {
        Assert.Equal(WasmError.ReservedByteNotZero, Decode("110001", Features.None).Error);
        Assert.Equal(WasmError.ReservedByteNotZero, Decode("118000" + "8000", Features.None).Error);
        Assert.Equal(1u, Decode("110001").Instruction.B);
    }

    [Fact]
    public void Branch_table_keeps_its_labels_where_they_are()
    {
        byte[] bytes = Convert.FromHexString("0E028101050077");
        fixed (byte* start = bytes)
        {
            ByteReader r = Read.Over(start, start, start + bytes.Length);
            Instr i = default;
            InstrReader.Next(&r, &i, Features.All);
            Assert.Equal((2u, 2L, 6L), (i.A, i.List - start, r.Pos - start));
        }
    }

    private static (WasmError Error, Instr Instruction) Decode(string hex, Features features = Features.All)
    {
        byte[] bytes = Convert.FromHexString(hex);
        fixed (byte* start = bytes)
        {
            ByteReader r = Read.Over(start, start, start + bytes.Length);
            Instr i = default;
            InstrReader.Next(&r, &i, features);
            return (r.Error, i);
        }
    }
}
