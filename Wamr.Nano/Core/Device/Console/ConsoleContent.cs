// SPDX-License-Identifier: MIT
// The content of a request, read, and of its answer, written (docs/CONSOLE.md, "Requests and answers").
using Wamr.Nano.Core.Platform;

namespace Wamr.Nano.Core.Device.Console;

/// <summary>Reading past the end sets <see cref="Short"/> and returns 0. There is room for every answer.</summary>
internal unsafe struct ConsoleContent
{
    internal byte* In;
    internal uint InBytes;
    internal byte* Out;
    internal uint OutBytes;
    internal bool Short;

    internal static byte Byte(ConsoleContent* content)
    {
        byte* p = Take(content, 1);
        return p == null ? (byte)0 : *p;
    }

    internal static uint Word(ConsoleContent* content)
    {
        byte* p = Take(content, sizeof(uint));
        return p == null ? 0 : Raw.Load32(p);
    }

    internal static void AddByte(ConsoleContent* content, byte value) => content->Out[content->OutBytes++] = value;

    internal static void AddWord(ConsoleContent* content, uint value)
    {
        Raw.Store32(content->Out + content->OutBytes, value);
        content->OutBytes += sizeof(uint);
    }

    internal static void AddBytes(ConsoleContent* content, byte* bytes, uint size)
    {
        Raw.Copy(content->Out + content->OutBytes, bytes, size);
        content->OutBytes += size;
    }

    private static byte* Take(ConsoleContent* content, uint size)
    {
        if (content->InBytes < size)
        {
            content->Short = true;
            content->InBytes = 0;
            return null;
        }
        byte* p = content->In;
        content->In += size;
        content->InBytes -= size;
        return p;
    }
}
