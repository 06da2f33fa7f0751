// SPDX-License-Identifier: MIT
// The global that the name section calls C's stack pointer (tool conventions, extended name section). Boards do not use names, because
// names cost flash.
using System;
using Wamr.Nano.Core;
using Wamr.Nano.Core.Load.Sections;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano;

internal static unsafe class StackName
{
    private const byte GlobalNames = 7;

    /// <summary>
    /// 1 + its index, as <see cref="LoadRules.StackPointer"/> has it; 0 if no global has the name, or the section is damaged.
    /// </summary>
    /// <param name="bytes">A binary that is not yet checked.</param>
    /// <param name="size">Its bytes.</param>
    internal static ushort Find(byte* bytes, uint size)
    {
        Module unread = new() { Bytes = bytes, Size = size };
        byte* data;
        uint dataBytes;
        fixed (byte* section = "name"u8)
            if (size < 8 || !CustomSections.Find(&unread, section, 4, &data, &dataBytes)) return 0;
        ByteReader r = Read.Over(bytes, data, data + dataBytes);
        while (r.Pos < r.End)
        {
            byte id = Read.U8(&r);
            uint subsectionBytes = Read.U32(&r);
            byte* contents = Read.Bytes(&r, subsectionBytes);
            if (r.Error != WasmError.None) return 0;
            if (id == GlobalNames) return InMap(Read.Over(bytes, contents, r.Pos));
        }
        return 0;
    }

    private static ushort InMap(ByteReader map)
    {
        for (uint count = Read.Count(&map); count != 0; count--)
        {
            uint index = Read.U32(&map), length = Read.U32(&map);
            byte* name = Read.Bytes(&map, length);
            if (map.Error != WasmError.None) return 0;
            if (new ReadOnlySpan<byte>(name, (int)length).SequenceEqual("__stack_pointer"u8))
                return index + 1 < LoadRules.UncheckedStack ? (ushort)(index + 1) : (ushort)0;
        }
        return 0;
    }
}
