// SPDX-License-Identifier: MIT
// A WebAssembly binary with an image's types, imports, exports and data, and with functions that do nothing, for tools that examine
// modules.
using System;
using System.Buffers.Binary;
using System.Collections.Generic;

namespace Wamr.Nano.Xip.Image;

/// <summary>Reads an image for any target, even with pointers of another size.</summary>
public static class ImageSkeleton
{
    private const int CountsAt = 0, FunctionsAt = 28, TablesAt = 36, StartAt = 56, MemoryAt = 60;

    /// <summary>The binary.</summary>
    /// <param name="image">A valid image.</param>
    /// <exception cref="CompileException">It is not an image, or is incomplete.</exception>
    public static byte[] Of(ReadOnlySpan<byte> image)
    {
        try
        {
            return Make(image);
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new CompileException("the image is cut off, or is not an image", e);
        }
    }

    private static byte[] Make(ReadOnlySpan<byte> image)
    {
        if (!NanoRuntime.IsImage(image)) throw new CompileException("the file is not an image");
        ReadOnlySpan<byte> info = image[(int)U32(image, 32)..];
        ReadOnlySpan<byte> bytes = image.Slice((int)U32(image, 36), (int)U32(image, 40));
        List<byte> binary = [.. bytes[..8]];
        SortedDictionary<int, byte[]> sections = [];
        List<byte> custom = [];
        for (int at = 8; at < bytes.Length;)
        {
            int start = at, id = bytes[at++], size = (int)Leb(bytes, ref at);
            if (id == 0) custom.AddRange(bytes[start..(at + size)]);
            else sections[Rank((byte)id)] = bytes[start..(at + size)].ToArray();
            at += size;
        }
        Add(sections, 3, Functions(info, out int count));
        Add(sections, 4, Tables(info));
        Add(sections, 5, Memory(info[MemoryAt..]));
        uint first = U32(info, StartAt);
        if (first != Module.NoIndex) Add(sections, 8, Unsigned([], first));
        Add(sections, 10, Bodies(count));
        foreach (byte[] section in sections.Values) binary.AddRange(section);
        return [.. binary, .. custom];
    }

    private static int Rank(byte id) => id;

    private static void Add(SortedDictionary<int, byte[]> sections, byte id, List<byte> contents)
    {
        if (contents.Count != 0) sections[Rank(id)] = [id, .. Unsigned([], (uint)contents.Count), .. contents];
    }

    private static List<byte> Functions(ReadOnlySpan<byte> info, out int count)
    {
        int all = U16(info, CountsAt + 2), imported = U16(info, CountsAt + 16), at = (int)U32(info, FunctionsAt);
        count = all - imported;
        List<byte> section = Unsigned([], (uint)count);
        for (int n = imported; n < all; n++) Unsigned(section, U16(info, at + 12 * n + 8));
        return count == 0 ? [] : section;
    }

    private static List<byte> Tables(ReadOnlySpan<byte> info)
    {
        int all = U16(info, CountsAt + 6), imported = U16(info, CountsAt + 20), at = (int)U32(info, TablesAt);
        List<byte> section = Unsigned([], (uint)(all - imported));
        for (int n = imported; n < all; n++)
        {
            section.Add(info[at + 16 * n + 12]);
            Limits(section, U32(info, at + 16 * n + 4), U32(info, at + 16 * n + 8), 0, 0);
        }
        return all == imported ? [] : section;
    }

    private static List<byte> Memory(ReadOnlySpan<byte> memory)
    {
        if (memory[17] == 0 || U32(memory, 0) != 0) return [];
        List<byte> section = Unsigned([], 1);
        byte shift = memory[16];
        Limits(section, U32(memory, 4), U32(memory, 8), shift == Config.PageShift ? (byte)0 : (byte)8, shift);
        return section;
    }

    private static void Limits(List<byte> to, uint min, uint max, byte flags, byte pageShift)
    {
        to.Add((byte)(flags | (max != MemoryType.Unlimited ? 1 : 0)));
        Unsigned(to, min);
        if (max != MemoryType.Unlimited) Unsigned(to, max);
        if (flags != 0) to.Add(pageShift);
    }

    /// <summary>No locals, unreachable, end.</summary>
    private static List<byte> Bodies(int count)
    {
        List<byte> section = count == 0 ? [] : Unsigned([], (uint)count);
        for (int n = 0; n < count; n++) section.AddRange([3, 0, 0, 0x0B]);
        return section;
    }

    private static List<byte> Unsigned(List<byte> to, uint value)
    {
        for (; value >= 0x80; value >>= 7) to.Add((byte)(value | 0x80));
        to.Add((byte)value);
        return to;
    }

    private static uint Leb(ReadOnlySpan<byte> bytes, ref int at)
    {
        uint value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte b = bytes[at++];
            value |= (uint)(b & 0x7F) << shift;
            if (b < 0x80) return value;
        }
    }

    private static ushort U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
}
