// SPDX-License-Identifier: MIT
// A WebAssembly binary with an image's types, imports, exports and data, and with functions that do nothing, for tools that examine
// modules.
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Wamr.Nano.Xip.Image;

/// <summary>Reads an image for any target, even with pointers of another size.</summary>
public static class ImageSkeleton
{
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
        ImageHeader header = At<ImageHeader>(image, 0);
        ReadOnlySpan<byte> tables = image[(int)header.InfoAt..], bytes = image.Slice((int)header.BytesAt, (int)header.BytesSize);
        ModuleInfo info = At<ModuleInfo>(tables, 0);
        List<byte> binary = [.. bytes[..8]];
        SortedDictionary<int, byte[]> sections = [];
        List<byte> custom = [];
        for (int at = 8; at < bytes.Length;)
        {
            int start = at, id = bytes[at++], size = (int)Leb.Unsigned(bytes, ref at);
            if (id == 0) custom.AddRange(bytes[start..(at + size)]);
            else sections[id] = bytes[start..(at + size)].ToArray();
            at += size;
        }
        int count = info.FunctionCount - info.ImportedFunctions;
        Add(sections, SectionId.Function, Functions(info, tables));
        Add(sections, SectionId.Table, Tables(info, tables));
        Add(sections, SectionId.Memory, Memory(info.Memory));
        if (info.StartFunction != Module.NoIndex) Add(sections, SectionId.Start, Leb.Add([], info.StartFunction));
        Add(sections, SectionId.Code, Bodies(count));
        foreach (byte[] section in sections.Values) binary.AddRange(section);
        return [.. binary, .. custom];
    }

    private static void Add(SortedDictionary<int, byte[]> sections, SectionId id, List<byte> contents)
    {
        if (contents.Count != 0) sections[(int)id] = [(byte)id, .. Leb.Add([], (uint)contents.Count), .. contents];
    }

    private static unsafe List<byte> Functions(in ModuleInfo info, ReadOnlySpan<byte> tables)
    {
        uint all = info.FunctionCount, imported = info.ImportedFunctions;
        List<byte> section = Leb.Add([], all - imported);
        for (uint n = imported; n < all; n++)
            Leb.Add(section, At<Function>(tables, info.FunctionsAt + n * (uint)sizeof(Function)).TypeIndex);
        return all == imported ? [] : section;
    }

    private static unsafe List<byte> Tables(in ModuleInfo info, ReadOnlySpan<byte> tables)
    {
        uint all = info.TableCount, imported = info.ImportedTables;
        List<byte> section = Leb.Add([], all - imported);
        for (uint n = imported; n < all; n++)
        {
            TableType table = At<TableType>(tables, info.TablesAt + n * (uint)sizeof(TableType));
            section.Add((byte)table.ElemType);
            Limits(section, table.Min, table.Max, 0, 0);
        }
        return all == imported ? [] : section;
    }

    private static List<byte> Memory(in MemoryType memory)
    {
        if (memory.Present == 0 || memory.Import != 0) return [];
        List<byte> section = Leb.Add([], 1);
        Limits(section, memory.Min, memory.Max, memory.PageShift == Config.PageShift ? (byte)0 : (byte)8, memory.PageShift);
        return section;
    }

    private static void Limits(List<byte> to, uint min, uint max, byte flags, byte pageShift)
    {
        to.Add((byte)(flags | (max != MemoryType.Unlimited ? 1 : 0)));
        Leb.Add(to, min);
        if (max != MemoryType.Unlimited) Leb.Add(to, max);
        if (flags != 0) to.Add(pageShift);
    }

    /// <summary>No locals, unreachable, end.</summary>
    private static List<byte> Bodies(int count)
    {
        List<byte> section = count == 0 ? [] : Leb.Add([], (uint)count);
        for (int n = 0; n < count; n++) section.AddRange([3, 0, 0, 0x0B]);
        return section;
    }

    private static T At<T>(ReadOnlySpan<byte> bytes, uint at) where T : unmanaged => MemoryMarshal.Read<T>(bytes[(int)at..]);
}
