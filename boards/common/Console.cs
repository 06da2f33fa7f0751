// SPDX-License-Identifier: MIT
// Text on the board's console: words, numbers, error codes.
using System;

namespace Wamr.Nano.Boards;

internal static unsafe class Console
{
    private const uint Output = 1;

    internal static void Text(ReadOnlySpan<byte> text)
    {
        fixed (byte* p = text) Board.Write(null, Output, p, (uint)text.Length);
    }

    /// <summary>A part of a text.</summary>
    internal static void Text(ReadOnlySpan<byte> text, int start, int length)
    {
        fixed (byte* p = text) Board.Write(null, Output, p + start, (uint)length);
    }

    internal static void Decimal(ulong value)
    {
        byte* digits = stackalloc byte[20];
        uint at = 20;
        do
        {
            uint digit;
            value = Wide.Divide(value, 10, &digit);
            digits[--at] = (byte)('0' + digit);
        }
        while (value != 0);
        Board.Write(null, Output, digits + at, 20 - at);
    }

    /// <summary>Hexadecimal with 0x, at least <paramref name="width"/> digits.</summary>
    internal static void Hex(ulong value, uint width)
    {
        byte* digits = stackalloc byte[16];
        uint at = 16;
        do
        {
            uint digit = (uint)value & 15;
            digits[--at] = (byte)(digit < 10 ? '0' + digit : 'a' - 10 + digit);
            value >>= 4;
        }
        while (value != 0 || 16 - at < width);
        Text("0x"u8);
        Board.Write(null, Output, digits + at, 16 - at);
    }

    /// <summary>A number after its name: <c> name=1</c>.</summary>
    internal static void Field(ReadOnlySpan<byte> name, ulong value)
    {
        Text(" "u8);
        Text(name);
        Text("="u8);
        Decimal(value);
    }

    /// <summary>Several numbers after their names: <c> used=1 high=2</c>; one text and one call for all of them.</summary>
    /// <param name="names">The names, each followed by a space.</param>
    /// <param name="values">As many numbers.</param>
    internal static void Fields(ReadOnlySpan<byte> names, ulong* values)
    {
        for (int start = 0, at = 0; at < names.Length; at++)
        {
            if (names[at] != ' ') continue;
            Text(" "u8);
            Text(names, start, at - start);
            Text("="u8);
            Decimal(*values++);
            start = at + 1;
        }
    }

    internal static void NewLine() => Text("\n"u8);
}
