// SPDX-License-Identifier: MIT
// Buffered reading or writing of a file, little-endian.

namespace Wamr.Nano.Boards;

internal unsafe struct ByteStream
{
    private const uint BufferBytes = 512;

    private int _file;
    private uint _at;
    private uint _filled;
    private fixed byte _buffer[(int)BufferBytes];

    /// <summary>Set when a read has reached the end of the file.</summary>
    internal bool Ended;

    internal static bool Open(ByteStream* s, byte* name, byte write)
    {
        uint length = 0;
        while (name[length] != 0) length++;
        s->_at = 0;
        s->_filled = 0;
        s->Ended = false;
        s->_file = Files.Open(name, length, write);
        return s->_file >= 0;
    }

    internal static byte Byte(ByteStream* s)
    {
        if (s->_at == s->_filled)
        {
            s->_filled = Files.Read(s->_file, s->_buffer, BufferBytes);
            s->_at = 0;
            if (s->_filled == 0)
            {
                s->Ended = true;
                return 0;
            }
        }
        return s->_buffer[s->_at++];
    }

    internal static uint Word(ByteStream* s) => Byte(s) | (uint)Byte(s) << 8 | (uint)Byte(s) << 16 | (uint)Byte(s) << 24;

    internal static void Bytes(ByteStream* s, byte* to, uint size)
    {
        for (uint i = 0; i < size && !s->Ended; i++) to[i] = Byte(s);
    }

    internal static void Skip(ByteStream* s, uint size)
    {
        for (uint i = 0; i < size && !s->Ended; i++) Byte(s);
    }

    internal static void Put(ByteStream* s, byte value)
    {
        if (s->_at == BufferBytes) Flush(s);
        s->_buffer[s->_at++] = value;
    }

    internal static void PutHalf(ByteStream* s, uint value)
    {
        Put(s, (byte)value);
        Put(s, (byte)(value >> 8));
    }

    internal static void PutWord(ByteStream* s, uint value)
    {
        PutHalf(s, value);
        PutHalf(s, value >> 16);
    }

    /// <summary>Writes the buffered bytes to the file.</summary>
    internal static void Flush(ByteStream* s)
    {
        Files.Write(s->_file, s->_buffer, s->_at);
        s->_at = 0;
    }
}
