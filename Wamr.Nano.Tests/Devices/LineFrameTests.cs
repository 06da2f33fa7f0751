// SPDX-License-Identifier: MIT
// Frames and text on one line: docs/CONSOLE.md, "On the wire".
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Wamr.Nano.Tool.Devices;
using Xunit;

namespace Wamr.Nano.Tests.Devices;

public sealed unsafe class LineFrameTests
{
    private static byte[] Encode(params byte[] body)
    {
        byte[] room = [.. body, 0, 0, 0, 0], wire = new byte[ConsoleFrame.MaxWire];
        fixed (byte* from = room, to = wire) return wire[..(int)ConsoleFrame.Encode(from, (uint)body.Length, to)];
    }

    private static byte[]? Decode(byte[] code)
    {
        byte[] copy = [.. code, 0xEE];
        fixed (byte* bytes = copy)
        {
            uint size = ConsoleFrame.Decode(bytes, (uint)code.Length);
            Assert.Equal(0xEE, copy[^1]);
            return size == 0 ? null : copy[..(int)size];
        }
    }

    [Fact]
    public void Frames_have_these_bytes()
    {
        Assert.Equal("00080107017415C5C600", Convert.ToHexString(Encode(1, 7, 1)));
        Assert.Equal("00028B0101060511827E7000", Convert.ToHexString(Encode(0x8B, 0, 0, 0, 5)));
    }

    [Fact]
    public void Every_body_comes_back_and_its_code_holds_no_zero()
    {
        Random random = new(1);
        foreach (int size in Enumerable.Range(2, 249))
            foreach (int zeros in new[] { 0, 2, 256 })
            {
                byte[] body =
                    [.. Enumerable.Range(0, size).Select(_ => zeros == 0 || random.Next(zeros) != 0 ? (byte)random.Next(1, 256) : (byte)0)];
                byte[] wire = Encode(body);
                Assert.Equal((0, 0), (wire[0], wire[^1]));
                Assert.True(wire.Length <= ConsoleFrame.MaxWire);
                Assert.DoesNotContain((byte)0, wire[1..^1]);
                Assert.Equal(body, Decode(wire[1..^1]));
            }
    }

    [Fact]
    public void Changed_truncated_and_foreign_bytes_are_no_frame()
    {
        byte[] code = Encode(3, 9, 0, 0, 1, 2, 3, 0, 5)[1..^1];
        for (int bit = 0; bit < 8 * code.Length; bit++)
        {
            byte[] changed = [.. code];
            changed[bit / 8] ^= (byte)(1 << bit % 8);
            if (changed[bit / 8] != 0) Assert.Null(Decode(changed));
        }
        for (int size = 0; size < code.Length; size++) Assert.Null(Decode(code[..size]));
        Assert.Null(Decode([.. Enumerable.Repeat((byte)0xFF, 300)]));
        Assert.Null(Decode([0xFF]));
    }

    [Fact]
    public void Text_and_answers_are_separated_in_any_portions()
    {
        byte[] answer = Encode(0x82, 5, 0, 0), request = Encode(2, 5, 0, 0);
        byte[] line = [.. "one "u8, .. answer, .. "two "u8, 0, .. "three "u8, .. request, .. answer, .. "four"u8];
        foreach (int portion in new[] { 1, 2, 3, 7, 100 })
        {
            List<byte[]> frames = [];
            StringBuilder text = new();
            LineSplitter splitter = new(frames.Add, bytes => text.Append(Encoding.Latin1.GetString(bytes)));
            foreach (byte[] part in line.Chunk(portion)) splitter.Take(part);
            splitter.Flush();
            Assert.Equal(2, frames.Count);
            Assert.All(frames, body => Assert.Equal([0x82, 5, 0, 0], body));
            Assert.StartsWith("one two three ", text.ToString(), StringComparison.Ordinal);
            Assert.EndsWith("four", text.ToString(), StringComparison.Ordinal);
        }
    }
}
