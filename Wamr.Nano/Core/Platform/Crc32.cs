// SPDX-License-Identifier: MIT
// CRC-32 of IEEE 802.3: four bits at a time, with a table of 64 bytes.
using System;

namespace Wamr.Nano.Core.Platform;

internal static unsafe class Crc32
{
    /// <summary>
    /// The remainders of four bits, little-endian. They are bytes because every compiler of this code leaves constant bytes in flash.
    /// </summary>
    private static ReadOnlySpan<byte> Nibbles =>
    [
        0x00, 0x00, 0x00, 0x00, 0x64, 0x10, 0xB7, 0x1D, 0xC8, 0x20, 0x6E, 0x3B, 0xAC, 0x30, 0xD9, 0x26,
        0x90, 0x41, 0xDC, 0x76, 0xF4, 0x51, 0x6B, 0x6B, 0x58, 0x61, 0xB2, 0x4D, 0x3C, 0x71, 0x05, 0x50,
        0x20, 0x83, 0xB8, 0xED, 0x44, 0x93, 0x0F, 0xF0, 0xE8, 0xA3, 0xD6, 0xD6, 0x8C, 0xB3, 0x61, 0xCB,
        0xB0, 0xC2, 0x64, 0x9B, 0xD4, 0xD2, 0xD3, 0x86, 0x78, 0xE2, 0x0A, 0xA0, 0x1C, 0xF2, 0xBD, 0xBD,
    ];

    internal static uint Of(byte* bytes, uint size) => Add(0, bytes, size);

    /// <summary>The CRC of all bytes so far and these bytes. The CRC of no bytes is 0.</summary>
    internal static uint Add(uint crc, byte* bytes, uint size)
    {
        crc = ~crc;
        fixed (byte* table = Nibbles)
        {
            for (uint i = 0; i < size; i++)
            {
                crc ^= bytes[i];
                crc = Raw.Load32(table + (crc & 15) * 4) ^ crc >> 4;
                crc = Raw.Load32(table + (crc & 15) * 4) ^ crc >> 4;
            }
        }
        return ~crc;
    }
}
