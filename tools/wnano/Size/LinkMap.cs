// SPDX-License-Identifier: MIT
// A GNU linker's map: the memories there are, and from which file each piece of the firmware came.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace Wamr.Nano.Tool.Size;

/// <summary>A memory of the machine.</summary>
internal sealed record MapRegion(string Name, ulong Origin, ulong Length);

/// <summary>A piece of an object file, where the linker put it.</summary>
/// <param name="Address">Where it is.</param>
/// <param name="Size">Bytes, more than 0.</param>
/// <param name="Origin">Object file, or archive and member.</param>
internal sealed record MapPiece(ulong Address, ulong Size, string Origin);

internal sealed partial record LinkMap(IReadOnlyList<MapRegion> Regions, IReadOnlyList<MapPiece> Pieces)
{
    private const string Configuration = "Memory Configuration", Placement = "Linker script and memory map";

    /// <summary>The map beside an ELF file (its name with .map); empty without one.</summary>
    internal static LinkMap Beside(string elf)
    {
        string file = Path.ChangeExtension(elf, ".map");
        if (!File.Exists(file)) return new([], []);
        string text = File.ReadAllText(file);
        int regions = text.IndexOf(Configuration, StringComparison.Ordinal), pieces = text.IndexOf(Placement, StringComparison.Ordinal);
        return regions < 0 || pieces < regions ? new([], [])
            : new([.. RegionLine().Matches(text[regions..pieces]).Select(Region).Where(region => region.Name != "*default*")],
                [.. PieceLine().Matches(text[pieces..]).Select(Piece).Where(piece => piece.Size != 0)]);
    }

    private static MapRegion Region(Match line) => new(line.Groups[1].Value, Number(line.Groups[2]), Number(line.Groups[3]));

    private static MapPiece Piece(Match line) => new(Number(line.Groups[1]), Number(line.Groups[2]), line.Groups[3].Value.TrimEnd());

    private static ulong Number(Group hexadecimal) =>
        ulong.Parse(hexadecimal.ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(\S+)\s+0x([0-9a-f]+)\s+0x([0-9a-f]+)", RegexOptions.Multiline)]
    private static partial Regex RegionLine();

    // The name of a section, on the same line or the one before, then address, size and file.
    [GeneratedRegex(@"^ [.\w][^\s]*\s+0x([0-9a-f]+)\s+0x([0-9a-f]+) (\S.*)$", RegexOptions.Multiline)]
    private static partial Regex PieceLine();
}
