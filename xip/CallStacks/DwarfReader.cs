// SPDX-License-Identifier: MIT
// Reads the numbers and strings of DWARF debugging information (DWARF 4, chapter 7), little-endian.
using System;
using System.Buffers.Binary;
using System.Text;

namespace Wamr.Nano.Xip.CallStacks;

/// <summary>A position in a section, which advances with each read.</summary>
internal sealed class DwarfReader(byte[] bytes, int at = 0)
{
    internal int At { get; set; } = at;

    internal bool IsAtEnd => At >= bytes.Length;

    internal byte U8() => bytes[At++];

    internal ushort U16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    internal uint U32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    internal ulong U64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    /// <summary>A number with the given number of bytes.</summary>
    internal ulong Word(int size) => size switch { 1 => U8(), 2 => U16(), 4 => U32(), _ => U64() };

    internal ulong Unsigned()
    {
        int at = At;
        ulong value = Leb.Unsigned(bytes, ref at);
        At = at;
        return value;
    }

    internal long Signed()
    {
        int at = At;
        long value = Leb.Signed(bytes, ref at);
        At = at;
        return value;
    }

    internal string Text()
    {
        int end = Array.IndexOf(bytes, (byte)0, At);
        string text = Encoding.UTF8.GetString(bytes, At, end - At);
        At = end + 1;
        return text;
    }

    internal void Skip(ulong count) => At += (int)count;

    private ReadOnlySpan<byte> Take(int count)
    {
        At += count;
        return bytes.AsSpan(At - count, count);
    }
}
