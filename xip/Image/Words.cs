// SPDX-License-Identifier: MIT
// Little-endian numbers appended to a list of bytes.
using System.Collections.Generic;

namespace Wamr.Nano.Xip.Image;

internal sealed class Words
{
    private readonly List<byte> _bytes = [];

    internal int Count => _bytes.Count;

    internal byte[] ToArray() => [.. _bytes];

    internal Words U8(byte value)
    {
        _bytes.Add(value);
        return this;
    }

    internal Words U16(ushort value) => U8((byte)value).U8((byte)(value >> 8));

    internal Words U32(uint value) => U16((ushort)value).U16((ushort)(value >> 16));

    internal Words U64(ulong value) => U32((uint)value).U32((uint)(value >> 32));

    internal Words Bytes(IEnumerable<byte> bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    internal Words Align(int alignment)
    {
        while (_bytes.Count % alignment != 0) _bytes.Add(0);
        return this;
    }
}
