// SPDX-License-Identifier: MIT
// The part of the ELF format that a linked image needs: sections, symbols, relocations. Little-endian, 32 and 64 bits.
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Wamr.Nano.Xip.Image;

/// <summary>A section: its name, type and contents; for relocations, the section to which they belong.</summary>
internal sealed record ElfSection(string Name, uint Type, ulong Flags, ulong Address, byte[] Contents, uint Link, uint Info, ulong Size)
{
    internal const uint Symbols = 2, RelocationsWithAddend = 4, NoContents = 8, Relocations = 9;

    /// <summary>Flags: present at run time, writable there.</summary>
    internal const ulong Allocated = 2, Writable = 1;
}

/// <summary>A symbol with its address. <see cref="Section"/> is 0 if it is undefined, and 0xFFF1 if it is a plain number.</summary>
internal sealed record ElfSymbol(string Name, ulong Value, ulong Size, byte Type, ushort Section)
{
    internal const byte Function = 2, SectionType = 3;
    internal const ushort Undefined = 0, Absolute = 0xFFF1;
}

/// <summary>A relocation that the linker has applied.</summary>
internal sealed record ElfRelocation(ulong Offset, uint Type, ElfSymbol Symbol);

/// <summary>An ELF file in memory.</summary>
internal sealed class ElfFile
{
    private byte[] _bytes;
    private readonly bool _is64;

    /// <exception cref="CompileException">It is not a little-endian ELF file.</exception>
    internal ElfFile(byte[] bytes)
    {
        _bytes = bytes;
        if (bytes.Length < 64 || !bytes.AsSpan(0, 4).SequenceEqual("\u007FELF"u8) || bytes[5] != 1) throw new CompileException("the linker's output is not an ELF file");
        _is64 = bytes[4] == 2;
        Sections = ReadSections();
        Symbols = ReadSymbols();
    }

    internal IReadOnlyList<ElfSection> Sections { get; private set; }

    internal IReadOnlyList<ElfSymbol> Symbols { get; }

    /// <summary>
    /// The names of all functions. A part that the compiler split off a function (f1.part.0) has the name of that function. Functions from
    /// assembly may not be marked as functions.
    /// </summary>
    internal IReadOnlyCollection<string> Functions => [.. Symbols
        .Where(s => s.Name.Length != 0 && s.Name[0] != '$' && s.Name[0] != '.' && s.Section is not (ElfSymbol.Undefined or ElfSymbol.Absolute))
        .Where(s => s.Type == ElfSymbol.Function || s.Name.StartsWith("__", StringComparison.Ordinal)).Select(s => s.Name.Split('.')[0]).Distinct()];

    /// <summary>Removes debugging information, which is most of the file.</summary>
    internal ElfFile WithoutDebugging()
    {
        ElfFile less = (ElfFile)MemberwiseClone();
        less._bytes = [];
        less.Sections = [.. Sections.Select(s => s.Name.Contains(".debug", StringComparison.Ordinal) ? s with { Contents = [] } : s)];
        return less;
    }

    internal ElfSection? Section(string name) => Sections.FirstOrDefault(s => s.Name == name);

    /// <summary>The relocations of a section, which the linker keeps on request.</summary>
    internal IEnumerable<ElfRelocation> RelocationsOf(ElfSection section)
    {
        int index = Sections.ToList().IndexOf(section);
        foreach (ElfSection s in Sections)
        {
            if (s.Type is not (ElfSection.Relocations or ElfSection.RelocationsWithAddend) || s.Info != index) continue;
            int size = (_is64 ? 16 : 8) + (s.Type == ElfSection.RelocationsWithAddend ? _is64 ? 8 : 4 : 0);
            for (int at = 0; at + size <= s.Contents.Length; at += size)
            {
                ulong offset = Word(s.Contents.AsSpan(), at);
                ulong info = Word(s.Contents, at + (_is64 ? 8 : 4));
                yield return new(offset, (uint)(_is64 ? info & 0xFFFFFFFF : info & 0xFF), Symbols[(int)(_is64 ? info >> 32 : info >> 8)]);
            }
        }
    }

    private List<ElfSection> ReadSections()
    {
        ulong table = _is64 ? U64(_bytes, 40) : U32(_bytes, 32);
        int entry = U16(_bytes, _is64 ? 58 : 46), count = U16(_bytes, _is64 ? 60 : 48), names = U16(_bytes, _is64 ? 62 : 50);
        List<(uint Name, ElfSection Section)> raw = [];
        for (int n = 0; n < count; n++)
        {
            ReadOnlySpan<byte> h = _bytes.AsSpan((int)table + n * entry, entry);
            uint type = U32(h, 4), link = U32(h, _is64 ? 40 : 24), info = U32(h, _is64 ? 44 : 28);
            ulong flags = Word(h, 8), address = Word(h, _is64 ? 16 : 12), offset = Word(h, _is64 ? 24 : 16), size = Word(h, _is64 ? 32 : 20);
            byte[] contents = type == ElfSection.NoContents ? [] : _bytes.AsSpan((int)offset, (int)size).ToArray();
            raw.Add((U32(h, 0), new("", type, flags, address, contents, link, info, size)));
        }
        byte[] strings = raw[names].Section.Contents;
        return [.. raw.Select(r => r.Section with { Name = Text(strings, r.Name) })];
    }

    private List<ElfSymbol> ReadSymbols()
    {
        List<ElfSymbol> symbols = [];
        ElfSection? table = Sections.FirstOrDefault(s => s.Type == ElfSection.Symbols);
        if (table == null) return symbols;
        byte[] strings = Sections[(int)table.Link].Contents;
        int size = _is64 ? 24 : 16;
        for (int at = 0; at + size <= table.Contents.Length; at += size)
        {
            ReadOnlySpan<byte> s = table.Contents.AsSpan(at, size);
            string name = Text(strings, U32(s, 0));
            symbols.Add(_is64
                ? new(name, U64(s, 8), U64(s, 16), (byte)(s[4] & 15), U16(s, 6))
                : new(name, U32(s, 4), U32(s, 8), (byte)(s[12] & 15), U16(s, 14)));
        }
        return symbols;
    }

    private ulong Word(ReadOnlySpan<byte> bytes, int at) => _is64 ? U64(bytes, at) : U32(bytes, at);

    private static ushort U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static ulong U64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]);

    private static string Text(byte[] strings, uint at)
    {
        int end = Array.IndexOf(strings, (byte)0, (int)at);
        return Encoding.UTF8.GetString(strings, (int)at, end - (int)at);
    }
}
