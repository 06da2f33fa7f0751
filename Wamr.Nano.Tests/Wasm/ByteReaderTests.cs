// SPDX-License-Identifier: MIT
// LEB128 to the last bit (spec chapter 5.2.2), vectors, and stickiness.
using System;
using Xunit;

namespace Wamr.Nano.Tests.Wasm;

public unsafe class ByteReaderTests
{
    private delegate T Reading<T>(ByteReader* reader);

    [Theory]
    [InlineData("00", 0u)]
    [InlineData("7F", 127u)]
    [InlineData("8001", 128u)]
    [InlineData("8000", 0u)]
    [InlineData("8080808000", 0u)]
    [InlineData("FFFFFFFF0F", 0xFFFFFFFFu)]
    public void Unsigned_32(string hex, uint expected) => Reads(hex, r => Read.U32(r), expected);

    [Theory]
    [InlineData("FFFFFFFF1F", WasmError.BadLeb128)]
    [InlineData("808080808000", WasmError.BadLeb128)]
    [InlineData("80808080", WasmError.UnexpectedEnd)]
    [InlineData("", WasmError.UnexpectedEnd)]
    public void Unsigned_32_is_refused(string hex, WasmError expected) => Refuses(hex, r => Read.U32(r), expected);

    [Theory]
    [InlineData("3F", 63)]
    [InlineData("40", -64)]
    [InlineData("7F", -1)]
    [InlineData("FF7F", -1)]
    [InlineData("C000", 64)]
    [InlineData("FFFFFFFF07", int.MaxValue)]
    [InlineData("8080808078", int.MinValue)]
    public void Signed_32(string hex, int expected) => Reads(hex, r => Read.S32(r), expected);

    [Theory]
    [InlineData("FFFFFFFF0F")]
    [InlineData("8080808070")]
    [InlineData("FFFFFFFF4F")]
    [InlineData("808080808000")]
    public void Signed_32_with_wrong_unused_bits_is_refused(string hex) => Refuses(hex, r => Read.S32(r), WasmError.BadLeb128);

    [Theory]
    [InlineData("FFFFFFFFFFFFFFFFFF00", long.MaxValue)]
    [InlineData("8080808080808080807F", long.MinValue)]
    [InlineData("7F", -1L)]
    public void Signed_64(string hex, long expected) => Reads(hex, r => Read.S64(r), expected);

    [Theory]
    [InlineData("8080808080808080807E")]
    [InlineData("80808080808080808002")]
    [InlineData("8080808080808080808000")]
    public void Signed_64_with_wrong_unused_bits_is_refused(string hex) => Refuses(hex, r => Read.S64(r), WasmError.BadLeb128);

    [Theory]
    [InlineData("40", -64L)]
    [InlineData("FFFFFFFF0F", 0xFFFFFFFFL)]
    public void Signed_33(string hex, long expected) => Reads(hex, r => Read.S33(r), expected);

    [Theory]
    [InlineData("FFFFFFFFFFFFFFFFFF01", ulong.MaxValue)]
    public void Unsigned_64(string hex, ulong expected) => Reads(hex, r => Read.U64(r), expected);

    [Fact]
    public void Vector_longer_than_the_bytes_left_is_refused_at_its_length()
    {
        fixed (byte* bytes = Convert.FromHexString("0003AABB"))
        {
            ByteReader r = Read.Over(bytes, bytes + 1, bytes + 4);
            Assert.Equal(0u, Read.Count(&r));
            Assert.Equal(WasmError.UnexpectedEnd, r.Error);
            Assert.Equal(1u, r.ErrorOffset);
        }
    }

    [Fact]
    public void First_failure_is_kept_and_later_reads_yield_zero()
    {
        fixed (byte* bytes = Convert.FromHexString("80808080FF010203"))
        {
            ByteReader r = Read.Over(bytes, bytes, bytes + 8);
            Read.U32(&r);
            Read.Fail(&r, WasmError.BadMagic);
            Assert.Equal(0u, (uint)Read.U8(&r) + Read.U32(&r) + Read.Fixed32(&r));
            Assert.Equal(0ul, Read.Fixed64(&r));
            Assert.Equal(WasmError.BadLeb128, r.Error);
            Assert.Equal(0u, r.ErrorOffset);
        }
    }

    private static void Reads<T>(string hex, Reading<T> read, T expected)
    {
        byte[] bytes = Convert.FromHexString(hex);
        fixed (byte* start = bytes)
        {
            ByteReader r = Read.Over(start, start, start + bytes.Length);
            Assert.Equal(expected, read(&r));
            Assert.Equal(WasmError.None, r.Error);
            Assert.Equal(0u, Read.Left(&r));
        }
    }

    private static void Refuses<T>(string hex, Reading<T> read, WasmError expected)
    {
        byte[] bytes = Convert.FromHexString(hex);
        fixed (byte* start = bytes)
        {
            ByteReader r = Read.Over(start, start, start + bytes.Length);
            Assert.Equal(default, read(&r));
            Assert.Equal(expected, r.Error);
        }
    }
}
