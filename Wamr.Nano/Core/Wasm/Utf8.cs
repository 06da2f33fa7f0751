// SPDX-License-Identifier: MIT
// Names (spec chapter 5.2.4): UTF-8 as Unicode defines it - shortest form only, no surrogates, nothing above U+10FFFF.
using Wamr.Nano.Core.Platform;

namespace Wamr.Nano.Core.Wasm;

internal static unsafe class Utf8
{
    /// <summary>Reads a name: its first byte and its length. Bytes that are not UTF-8 are malformed.</summary>
    internal static byte* Name(ByteReader* r, uint* length)
    {
        uint count = Read.Count(r);
        *length = count;
        byte* name = Read.Bytes(r, count);
        byte* end = name + count;
        byte* p = name;
        while (p < end)
        {
            // Most names are ASCII, so this reads four bytes at a time.
            uint size = 4;
            if (end - p < 4 || (Raw.Load32(p) & 0x80808080) != 0) size = *p < 0x80 ? 1 : Character(p, (uint)(end - p));
            if (size == 0)
            {
                Read.FailAt(r, WasmError.BadUtf8, p);
                return name;
            }
            p += size;
        }
        return name;
    }

    /// <summary>
    /// The length of the non-ASCII character at <paramref name="p"/>, of which <paramref name="left"/> bytes may be read (at least one); 0
    /// if it is invalid.
    /// </summary>
    private static uint Character(byte* p, uint left)
    {
        uint first = *p;
        uint size = first < 0xE0 ? 2u : first < 0xF0 ? 3u : 4u;
        if (first < 0xC2 || first > 0xF4 || size > left) return 0;
        for (uint n = 1; n < size; n++)
            if ((p[n] & 0xC0) != 0x80) return 0;

        // The second byte excludes forms that are too long (E0, F0), surrogates (ED), and characters above U+10FFFF (F4).
        uint second = p[1];
        bool outside = first switch
        {
            0xE0 => second < 0xA0,
            0xED => second > 0x9F,
            0xF0 => second < 0x90,
            0xF4 => second > 0x8F,
            _ => false,
        };
        return outside ? 0 : size;
    }
}
