// SPDX-License-Identifier: MIT
// Frames between zeros: COBS code and CRC (docs/CONSOLE.md, "On the wire"). Both sides use this file.
using Wamr.Nano.Core.Platform;

namespace Wamr.Nano.Core.Device.Console;

internal static unsafe class ConsoleFrame
{
    /// <summary>The largest body (command, number, content, CRC) for which one byte of code is enough.</summary>
    internal const uint MaxBody = 254, HeaderBytes = 2, CrcBytes = 4;
    internal const uint MaxContent = MaxBody - HeaderBytes - CrcBytes;

    /// <summary>Code and both delimiters.</summary>
    internal const uint MaxWire = MaxBody + 3, MaxCode = MaxBody + 1;

    internal const byte AnswerBit = 0x80;

    /// <summary>Makes a frame.</summary>
    /// <param name="body">Command, number and content. The CRC goes to the four bytes after them.</param>
    /// <param name="size">Size of the body without the CRC.</param>
    /// <param name="wire">Room for <see cref="MaxWire"/> bytes.</param>
    /// <returns>The size of the frame in bytes.</returns>
    internal static uint Encode(byte* body, uint size, byte* wire)
    {
        Raw.Store32(body + size, Crc32.Of(body, size));
        size += CrcBytes;
        byte* code = wire + 1;
        uint at = 2;
        *wire = 0;
        for (uint i = 0; i < size; i++)
        {
            if (body[i] != 0)
            {
                wire[at++] = body[i];
                continue;
            }
            *code = (byte)(wire + at - code);
            code = wire + at++;
        }
        *code = (byte)(wire + at - code);
        wire[at++] = 0;
        return at;
    }

    /// <summary>Decodes the body from the bytes between two zeros, in place.</summary>
    /// <returns>The size of the body without the CRC; 0 if it is not a frame.</returns>
    internal static uint Decode(byte* bytes, uint size)
    {
        if (size > MaxCode) return 0;
        uint to = 0;
        for (uint at = 0; at < size;)
        {
            uint run = (uint)bytes[at++] - 1;
            if (run > size - at) return 0;
            Raw.Copy(bytes + to, bytes + at, run);
            to += run;
            at += run;
            if (at < size) bytes[to++] = 0;
        }
        if (to < HeaderBytes + CrcBytes) return 0;
        to -= CrcBytes;
        return Crc32.Of(bytes, to) == Raw.Load32(bytes + to) ? to : 0;
    }
}
