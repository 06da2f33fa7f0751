// SPDX-License-Identifier: MIT
// LEB128 writer (spec chapter 5.2.2).
using System.Collections.Generic;

namespace Wamr.Nano.Tests.TestKit;

internal static class Leb128
{
    public static void Unsigned(List<byte> to, ulong value)
    {
        for (; value >= 0x80; value >>= 7) to.Add((byte)(value | 0x80));
        to.Add((byte)value);
    }

    public static byte[] Unsigned(ulong value)
    {
        List<byte> bytes = [];
        Unsigned(bytes, value);
        return [.. bytes];
    }

    public static void Signed(List<byte> to, long value)
    {
        for (; value is < -64 or > 63; value >>= 7) to.Add((byte)(value | 0x80));
        to.Add((byte)(value & 0x7F));
    }
}
