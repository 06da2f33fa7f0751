// SPDX-License-Identifier: MIT
// LEB128 numbers (spec chapter 5.2.2) in .NET's memory: read by the core's reader, and written.
using System;
using System.Collections.Generic;
using Wamr.Nano.Core;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano;

internal static unsafe class Leb
{
    /// <summary>The unsigned number at <paramref name="at"/>, which moves behind it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The bytes end before the number does, or it is larger than 64 bits.</exception>
    internal static ulong Unsigned(ReadOnlySpan<byte> bytes, ref int at)
    {
        fixed (byte* start = bytes)
        {
            ByteReader r = Read.Over(start, start + at, start + bytes.Length);
            ulong value = Read.U64(&r);
            return Moved(&r, ref at) ? value : throw new ArgumentOutOfRangeException(nameof(bytes));
        }
    }

    /// <summary>As <see cref="Unsigned(ReadOnlySpan{byte}, ref int)"/>, of a signed number.</summary>
    internal static long Signed(ReadOnlySpan<byte> bytes, ref int at)
    {
        fixed (byte* start = bytes)
        {
            ByteReader r = Read.Over(start, start + at, start + bytes.Length);
            long value = Read.S64(&r);
            return Moved(&r, ref at) ? value : throw new ArgumentOutOfRangeException(nameof(bytes));
        }
    }

    private static bool Moved(ByteReader* r, ref int at)
    {
        at = (int)Read.Offset(r);
        return r->Error == WasmError.None;
    }

    /// <summary>Appends an unsigned number.</summary>
    /// <returns><paramref name="to"/>.</returns>
    internal static List<byte> Add(List<byte> to, uint value)
    {
        for (; value >= 0x80; value >>= 7) to.Add((byte)(value | 0x80));
        to.Add((byte)value);
        return to;
    }

    /// <summary>The bytes of an unsigned number.</summary>
    internal static byte[] Bytes(uint value) => [.. Add([], value)];

    /// <summary>The bytes of a signed number.</summary>
    internal static byte[] SignedBytes(int value)
    {
        List<byte> bytes = [];
        for (; value is < -64 or > 63; value >>= 7) bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)(value & 0x7F));
        return [.. bytes];
    }
}
