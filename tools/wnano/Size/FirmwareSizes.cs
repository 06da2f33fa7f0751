// SPDX-License-Identifier: MIT
// Sizes of a firmware's ELF file: flash by folder, file and function; RAM by purpose.
using System;
using System.Collections.Generic;
using System.Linq;
using Wamr.Nano.Xip.Elf;

namespace Wamr.Nano.Tool.Size;

internal sealed class FirmwareSizes
{
    private const string Padding = "between functions";

    private readonly ElfFile _elf;
    private readonly LinkMap _map;
    private readonly SourceFolders _folders = new();
    private readonly List<SizeMemory> _memories;
    private readonly Dictionary<string, MapRegion> _regions;

    private FirmwareSizes(string file, IReadOnlyList<MapRegion> regions)
    {
        _elf = ElfFile.Of(file);
        _map = LinkMap.Beside(file);
        if (regions.Count == 0) regions = _map.Regions;
        _regions = regions.ToDictionary(region => region.Name);
        _memories = regions.Count == 0
            ? [new("flash", 0, new("flash")), new("RAM", 0, new("RAM"))]
            : [.. regions.Select(region => new SizeMemory(region.Name == "ram" ? "RAM" : region.Name, region.Length, new(region.Name)))];
    }

    /// <param name="name">Name of the firmware.</param>
    /// <param name="file">The ELF file; a linker's map beside it adds details.</param>
    /// <param name="regions">The machine's memories; none to use the map, or if nothing is known.</param>
    internal static SizeReport Of(string name, string file, IReadOnlyList<MapRegion> regions)
    {
        FirmwareSizes sizes = new(file, regions);
        foreach (ElfSection section in sizes._elf.Sections.Where(section => section.IsLoaded && section.Size != 0)) sizes.Add(section);
        return new(name, "firmware", [.. sizes._memories.Where(memory => memory.Used != 0 || memory.Name is "flash" or "RAM")]);
    }

    private void Add(ElfSection section)
    {
        SizeNode parts = MemoryAt(section).Parts;
        if (section.Name == ".stack") parts.Add(section.Size, "native stack");
        else if (section.Name.StartsWith(".pool", StringComparison.Ordinal)) Split(section, parts, "pool");
        else if (section.IsWritable) Split(section, parts, "variables");
        else Split(section, parts, null);
        // Variables with an initial value have it in flash.
        if (section.IsWritable && section.Type != ElfSection.NoBits) Flash().Parts.Add(section.Size, "initial values");
    }

    /// <summary>Adds the symbols of a section, and the gaps between them.</summary>
    private void Split(ElfSection section, SizeNode parts, string? category)
    {
        ulong end = section.Address + section.Size, at = section.Address;
        MapPiece[] pieces = [.. _map.Pieces.Where(piece => piece.Address >= at && piece.Address < end).OrderBy(piece => piece.Address)];
        // Of symbols at one place the first name stands for all.
        IEnumerable<ElfSymbol> symbols = _elf.Symbols
            .Where(symbol => symbol.Size != 0 && symbol.Address >= at && symbol.Address < end)
            .GroupBy(symbol => symbol.Address).OrderBy(group => group.Key)
            .Select(group => group.OrderByDescending(symbol => symbol.Size).ThenBy(symbol => symbol.Name, StringComparer.Ordinal).First());
        foreach (ElfSymbol symbol in symbols)
        {
            if (symbol.Address + symbol.Size <= at) continue;
            Gap(pieces, at, Math.Max(at, symbol.Address), parts, category);
            ulong start = Math.Max(at, symbol.Address), stop = Math.Min(end, symbol.Address + symbol.Size);
            parts.Add(stop - start, Path(category, symbol.Name, OriginAt(pieces, symbol.Address)));
            at = stop;
        }
        Gap(pieces, at, end, parts, category);
    }

    /// <summary>Bytes that belong to no symbol: by their object files, where the map names those.</summary>
    private void Gap(MapPiece[] pieces, ulong start, ulong end, SizeNode parts, string? category)
    {
        foreach (MapPiece piece in pieces.Where(piece => piece.Address < end && piece.Address + piece.Size > start))
        {
            ulong from = Math.Max(start, piece.Address), to = Math.Min(end, piece.Address + piece.Size);
            parts.Add(from - start, Path(category, Padding, ""));
            parts.Add(to - from, Path(category, System.IO.Path.GetFileName(piece.Origin), piece.Origin));
            start = to;
        }
        parts.Add(end - start, Path(category, Padding, ""));
    }

    private string[] Path(string? category, string symbol, string origin) => category != null ? [category, ReadableName.Text(symbol)]
        : symbol == Padding ? [Padding]
        : _folders.PathOf(ReadableName.Text(symbol), origin);

    private static string OriginAt(MapPiece[] pieces, ulong address) =>
        Array.FindLast(pieces, piece => piece.Address <= address && address < piece.Address + piece.Size)?.Origin ?? "";

    private SizeMemory MemoryAt(ElfSection section)
    {
        if (_regions.Count == 0) return section.IsWritable ? _memories[1] : _memories[0];
        int index = _regions.Values.ToList()
            .FindIndex(region => section.Address >= region.Origin && section.Address - region.Origin < region.Length);
        return index < 0 ? Flash() : _memories[index];
    }

    private SizeMemory Flash() => _memories.Find(SizeReport.IsFlash) ?? _memories[0];
}
