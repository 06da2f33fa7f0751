// SPDX-License-Identifier: MIT
// Reads an ELF file, little-endian, of 32 or 64 bits: images are taken out of it, sizes are counted from it, boards are flashed with it.
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace Wamr.Nano.Xip.Elf;

/// <summary>Each part is read when it is first asked for: what flashes a file must not stumble over its symbols.</summary>
internal sealed class ElfFile
{
    /// <summary>Numbers of processors.</summary>
    internal const ushort Arm = 40, X64 = 62, Xtensa = 94, RiscV = 243;

    private const int MachineAt = 18, HeaderBytes32 = 52;
    private const uint Loadable = 1;

    private byte[] _bytes;
    private IReadOnlyList<ElfSection>? _sections;
    private IReadOnlyList<ElfSymbol>? _symbols;

    /// <exception cref="InvalidDataException">It is no little-endian ELF file.</exception>
    internal ElfFile(byte[] bytes, string name)
    {
        if (!IsElf(bytes)) throw new InvalidDataException($"{name} is not an ELF file");
        _bytes = bytes;
        Is64 = bytes[4] == 2;
        Machine = U16(bytes, MachineAt);
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">It is no little-endian ELF file.</exception>
    internal static ElfFile Of(string file) => new(File.ReadAllBytes(file), file);

    internal static bool IsElf(ReadOnlySpan<byte> bytes) =>
        bytes.Length > HeaderBytes32 && bytes.StartsWith("\u007FELF"u8) && bytes[5] == 1;

    internal bool Is64 { get; }

    /// <summary>The number of the processor.</summary>
    internal ushort Machine { get; }

    internal IReadOnlyList<ElfSection> Sections => _sections ??= ReadSections();

    internal IReadOnlyList<ElfSymbol> Symbols => _symbols ??= ReadSymbols();

    /// <summary>
    /// Names of all functions. A part that the compiler split off (f1.part.0) has the name of its function. Assembly may leave out that a
    /// symbol is a function.
    /// </summary>
    internal IReadOnlyCollection<string> Functions => [.. Symbols
        .Where(s => s.Name.Length != 0 && s.Name[0] != '$' && s.Name[0] != '.')
        .Where(s => s.Section is not (ElfSymbol.Undefined or ElfSymbol.Absolute))
        .Where(s => s.IsFunction || s.Name.StartsWith("__", StringComparison.Ordinal))
        .Select(s => s.Name.Split('.')[0]).Distinct()];

    /// <summary>Leaves out what debuggers read, which is most of the file.</summary>
    internal ElfFile WithoutDebugging()
    {
        ElfFile less = (ElfFile)MemberwiseClone();
        less._symbols = Symbols;
        less._sections = [.. Sections.Select(s => s.Name.Contains(".debug", StringComparison.Ordinal) ? s with { Contents = [] } : s)];
        less._bytes = [];
        return less;
    }

    internal ElfSection? Section(string name) => Sections.FirstOrDefault(s => s.Name == name);

    internal ulong SizeOf(string section) => Section(section)?.Size ?? 0;

    internal bool IsIn(ElfSection section, ElfSymbol symbol) => symbol.Section < Sections.Count && Sections[symbol.Section] == section;

    /// <summary>The loadable segments.</summary>
    internal IEnumerable<ElfSegment> Segments()
    {
        int table = (int)Word(_bytes, Is64 ? 32 : 28), entry = U16(_bytes, Is64 ? 54 : 42), count = U16(_bytes, Is64 ? 56 : 44);
        for (int n = 0; n < count; n++)
        {
            int at = table + n * entry;
            if (U32(_bytes, at) != Loadable) continue;
            yield return Is64
                ? new(U64(_bytes, at + 8), U64(_bytes, at + 24), U64(_bytes, at + 32))
                : new(U32(_bytes, at + 4), U32(_bytes, at + 12), U32(_bytes, at + 16));
        }
    }

    /// <summary>The relocations of a section. The linker keeps them on request (--emit-relocs).</summary>
    internal IEnumerable<ElfRelocation> RelocationsOf(ElfSection section)
    {
        int index = Sections.ToList().IndexOf(section);
        foreach (ElfSection s in Sections)
        {
            if (s.Type is not (ElfSection.Relocations or ElfSection.RelocationsWithAddend) || s.Info != index) continue;
            int size = (Is64 ? 16 : 8) + (s.Type == ElfSection.RelocationsWithAddend ? Is64 ? 8 : 4 : 0);
            for (int at = 0; at + size <= s.Contents.Length; at += size)
            {
                ulong offset = Word(s.Contents, at), info = Word(s.Contents, at + (Is64 ? 8 : 4));
                yield return new(offset, (uint)(Is64 ? info & 0xFFFFFFFF : info & 0xFF), Symbols[(int)(Is64 ? info >> 32 : info >> 8)]);
            }
        }
    }

    private List<ElfSection> ReadSections()
    {
        ulong table = Is64 ? U64(_bytes, 40) : U32(_bytes, 32);
        int entry = U16(_bytes, Is64 ? 58 : 46), count = U16(_bytes, Is64 ? 60 : 48), names = U16(_bytes, Is64 ? 62 : 50);
        List<(uint Name, ElfSection Section)> raw = [];
        for (int n = 0; n < count; n++)
        {
            ReadOnlySpan<byte> h = _bytes.AsSpan((int)table + n * entry, entry);
            uint type = U32(h, 4), link = U32(h, Is64 ? 40 : 24), info = U32(h, Is64 ? 44 : 28);
            ulong flags = Word(h, 8), address = Word(h, Is64 ? 16 : 12), offset = Word(h, Is64 ? 24 : 16), size = Word(h, Is64 ? 32 : 20);
            byte[] contents = type == ElfSection.NoBits ? [] : _bytes.AsSpan((int)offset, (int)size).ToArray();
            raw.Add((U32(h, 0), new("", type, flags, address, offset, size, contents, link, info)));
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
        int size = Is64 ? 24 : 16;
        for (int at = 0; at + size <= table.Contents.Length; at += size)
        {
            ReadOnlySpan<byte> s = table.Contents.AsSpan(at, size);
            ElfSymbol symbol = Is64
                ? new(Text(strings, U32(s, 0)), U64(s, 8), U64(s, 8), U64(s, 16), (byte)(s[4] & 15), U16(s, 6))
                : new(Text(strings, U32(s, 0)), U32(s, 4), U32(s, 4), U32(s, 8), (byte)(s[12] & 15), U16(s, 14));
            symbols.Add(symbol.IsFunction && Machine == Arm
                ? symbol with { Address = CodeAddress.Of(symbol.Value, ImageMachine.Thumb) }
                : symbol);
        }
        return symbols;
    }

    private ulong Word(ReadOnlySpan<byte> bytes, int at) => Is64 ? U64(bytes, at) : U32(bytes, at);

    private static ushort U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static ulong U64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]);

    private static string Text(byte[] strings, uint at)
    {
        int end = Array.IndexOf(strings, (byte)0, (int)at);
        return Encoding.UTF8.GetString(strings, (int)at, end - (int)at);
    }
}
