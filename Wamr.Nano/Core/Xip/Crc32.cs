// SPDX-License-Identifier: MIT
// CRC-32 of IEEE 802.3: four bits at a time, with a table of 64 bytes.
using System;

namespace Wamr.Nano.Core;

internal static unsafe class Crc32
{
    private static ReadOnlySpan<uint> Nibbles =>
    [
        0x00000000, 0x1DB71064, 0x3B6E20C8, 0x26D930AC, 0x76DC4190, 0x6B6B51F4, 0x4DB26158, 0x5005713C,
        0xEDB88320, 0xF00F9344, 0xD6D6A3E8, 0xCB61B38C, 0x9B64C2B0, 0x86D3D2D4, 0xA00AE278, 0xBDBDF21C,
    ];

    internal static uint Of(byte* bytes, uint size)
    {
        uint crc = 0xFFFFFFFF;
        for (uint i = 0; i < size; i++)
        {
            crc ^= bytes[i];
            crc = Nibbles[(int)(crc & 15)] ^ crc >> 4;
            crc = Nibbles[(int)(crc & 15)] ^ crc >> 4;
        }
        return ~crc;
    }
}
