// SPDX-License-Identifier: MIT
// Sections and symbols of a little-endian ELF file, 32 or 64 bits, for sizes and reports.
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Wamr.Nano.Xip.Targets;

namespace Wamr.Nano.Tool.Measure;

/// <summary>A section; one of type <see cref="NoBits"/> takes no place in the file.</summary>
internal sealed record ElfSection(string Name, uint Type, ulong Flags, ulong Address, ulong Offset, ulong Size, uint Link)
{
    internal const uint Symbols = 2, NoBits = 8;

    /// <summary>Whether it is in the machine's memory, and whether the program writes to it.</summary>
    internal bool IsLoaded => (Flags & 2) != 0;

    internal bool IsWritable => (Flags & 1) != 0;
}

internal sealed record ElfSymbol(string Name, int Section, ulong Address, ulong Size, bool IsFunction);

internal sealed class ElfFile
{
    private const uint Magic = 0x464C457F, Arm = 40;

    private readonly byte[] _bytes;
    private readonly bool _is64;
    private readonly ImageMachine _machine;

    /// <exception cref="InvalidDataException">The file is not such an ELF file.</exception>
    internal ElfFile(string file)
    {
        _bytes = File.ReadAllBytes(file);
        if (_bytes.Length < 64 || Word(0) != Magic) throw new InvalidDataException($"{file} is not an ELF file");
        _is64 = _bytes[4] == 2;
        _machine = Half(0x12) == Arm ? ImageMachine.Thumb : ImageMachine.Any;
        Sections = ReadSections();
    }

    internal IReadOnlyList<ElfSection> Sections { get; }

    internal ElfSection? Section(string name) => Sections.FirstOrDefault(section => section.Name == name);

    internal ulong SizeOf(string section) => Section(section)?.Size ?? 0;

    internal bool IsIn(ElfSection section, ElfSymbol symbol) => symbol.Section < Sections.Count && Sections[symbol.Section] == section;

    internal byte[] Contents(ElfSection section) => _bytes[(int)section.Offset..(int)(section.Offset + section.Size)];

    internal IEnumerable<ElfSymbol> Symbols()
    {
        if (Sections.FirstOrDefault(section => section.Type == ElfSection.Symbols) is not ElfSection table) yield break;
        ulong names = Sections[(int)table.Link].Offset;
        uint entry = _is64 ? 24u : 16u;
        for (ulong at = table.Offset; at < table.Offset + table.Size; at += entry)
        {
            byte info = _bytes[at + (_is64 ? 4u : 12u)];
            ulong address = _is64 ? Long(at + 8) : Word(at + 4), size = _is64 ? Long(at + 16) : Word(at + 8);
            int section = Half(at + (_is64 ? 6u : 14u));
            bool isFunction = (info & 0xF) == 2;
            yield return new(Text(names + Word(at)), section, isFunction ? CodeAddress.Of(address, _machine) : address, size, isFunction);
        }
    }

    private List<ElfSection> ReadSections()
    {
        ulong table = _is64 ? Long(0x28) : Word(0x20);
        uint size = Half(_is64 ? 0x3Au : 0x2E), count = Half(_is64 ? 0x3Cu : 0x30), nameSection = Half(_is64 ? 0x3Eu : 0x32);
        List<ElfSection> sections = [];
        for (uint i = 0; i < count; i++)
        {
            ulong at = table + i * size;
            sections.Add(_is64
                ? new("", Word(at + 4), Long(at + 8), Long(at + 16), Long(at + 24), Long(at + 32), Word(at + 40))
                : new("", Word(at + 4), Word(at + 8), Word(at + 12), Word(at + 16), Word(at + 20), Word(at + 24)));
        }
        ulong names = sections[(int)nameSection].Offset;
        return [.. sections.Select((section, i) => section with { Name = Text(names + Word(table + (uint)i * size)) })];
    }

    private string Text(ulong at) => Encoding.UTF8.GetString(_bytes.AsSpan((int)at, _bytes.AsSpan((int)at).IndexOf((byte)0)));

    private ushort Half(ulong at) => BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan((int)at));

    private uint Word(ulong at) => BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan((int)at));

    private ulong Long(ulong at) => BinaryPrimitives.ReadUInt64LittleEndian(_bytes.AsSpan((int)at));
}
