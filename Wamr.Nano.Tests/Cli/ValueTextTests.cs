// SPDX-License-Identifier: MIT
// Arguments of functions as text, and results: what is printed can be given again, to the bit.
using System;
using Wamr.Nano.Tool;
using Wamr.Nano.Tool.Usage;
using Xunit;

namespace Wamr.Nano.Tests.Cli;

public class ValueTextTests
{
    [Theory]
    [InlineData(WasmType.I32, "0xffffffff", 0xFFFF_FFFF)]
    [InlineData(WasmType.I32, "-0x80000000", 0x8000_0000)]
    [InlineData(WasmType.I32, "+1_000", 1000)]
    [InlineData(WasmType.I64, "-1", ulong.MaxValue)]
    [InlineData(WasmType.I64, "0xFFFF_FFFF_FFFF_FFFF", ulong.MaxValue)]
    [InlineData(WasmType.F32, "1.5", 0x3FC0_0000)]
    [InlineData(WasmType.F32, "0x1.8p3", 0x4140_0000)]
    [InlineData(WasmType.F32, "-0", 0x8000_0000)]
    [InlineData(WasmType.F32, "-inf", 0xFF80_0000)]
    [InlineData(WasmType.F32, "nan", 0x7FC0_0000)]
    [InlineData(WasmType.F32, "-nan:0x1", 0xFF80_0001)]
    [InlineData(WasmType.F32, "0x1p-149", 1)]
    [InlineData(WasmType.F32, "0x1p-150", 0)]
    [InlineData(WasmType.F32, "0x1.8p-150", 1)]
    [InlineData(WasmType.F32, "0x1000001", 0x4B80_0000)]
    [InlineData(WasmType.F32, "0x1000003", 0x4B80_0002)]
    [InlineData(WasmType.F64, "0x1.fffffffffffffp1023", 0x7FEF_FFFF_FFFF_FFFF)]
    [InlineData(WasmType.F64, "0x0.0000000000001p-1022", 1)]
    [InlineData(WasmType.F64, "0x0.fffffffffffff8p-1022", 0x0010_0000_0000_0000)]
    [InlineData(WasmType.F64, "nan:0x4", 0x7FF0_0000_0000_0004)]
    [InlineData(WasmType.ExternRef, "null", 0)]
    [InlineData(WasmType.ExternRef, "0x10", 16)]
    [InlineData(WasmType.FuncRef, "ref.null", 0)]
    public void Text_is_read_to_the_bit(WasmType type, string text, ulong bits)
    {
        WasmValue value = ValueText.Parse(text, type);
        Assert.Equal((type, bits), (value.Type, value.Bits));
        Assert.Equal(value, ValueText.Parse(value.ToString(), type));
    }

    [Theory]
    [InlineData(WasmType.I32, "4294967296")]
    [InlineData(WasmType.I32, "-2147483649")]
    [InlineData(WasmType.I32, "0x")]
    [InlineData(WasmType.I32, "1__0")]
    [InlineData(WasmType.I32, "")]
    [InlineData(WasmType.I32, "1.5")]
    [InlineData(WasmType.I64, "18446744073709551616")]
    [InlineData(WasmType.F32, "1e39")]
    [InlineData(WasmType.F32, "0x1.ffffffp127")]
    [InlineData(WasmType.F32, "nan:0x800000")]
    [InlineData(WasmType.F32, "0x1p")]
    [InlineData(WasmType.F64, "nan:0x0")]
    [InlineData(WasmType.F64, "0x1p999999")]
    [InlineData(WasmType.F64, "1,5")]
    [InlineData(WasmType.FuncRef, "5")]
    public void What_is_no_value_of_the_type_is_refused_with_an_example(WasmType type, string text) =>
        Assert.StartsWith($"'{text}' is not a valid {type}: write ",
            Assert.Throws<UsageException>(() => ValueText.Parse(text, type)).Message, StringComparison.Ordinal);

    /// <summary>Against .NET's own reading of decimals, which is right to the bit.</summary>
    [Fact]
    public void Random_floats_are_read_from_hexadecimal_as_from_decimal()
    {
        Random random = new(1);
        for (int i = 0; i < 20_000; i++)
        {
            ulong mantissa = (ulong)random.NextInt64() >> random.Next(64);
            int power = random.Next(-1200, 1100);
            double expected = Math.ScaleB((double)(mantissa >> 11), power); // exact before it is scaled
            string text = $"0x{mantissa >> 11:x}p{power}";
            if (double.IsInfinity(expected)) Assert.Throws<UsageException>(() => ValueText.Parse(text, WasmType.F64));
            else Assert.Equal(BitConverter.DoubleToUInt64Bits(expected), ValueText.Parse(text, WasmType.F64).Bits);
        }
    }
}
