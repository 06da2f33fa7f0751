// SPDX-License-Identifier: MIT
// How much flash and RAM a firmware takes, in bytes by section, with the compiler's library and the app listed separately.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Wamr.Nano.Xip.Elf;

namespace Wamr.Nano.Tool.Measure;

/// <param name="Text">Code.</param>
/// <param name="ReadOnly">Constants.</param>
/// <param name="Data">Variables with an initial value, which take flash and RAM.</param>
/// <param name="Zeroed">Variables that begin as zero; pool and stack not counted.</param>
/// <param name="Libraries">Of code, constants and data: what came from an archive of the compiler.</param>
/// <param name="App">The app and its plan.</param>
internal sealed partial record FirmwareSections(uint Text, uint ReadOnly, uint Data, uint Zeroed, uint Libraries, uint App)
{
    /// <summary>All of the firmware but the app.</summary>
    internal uint Flash => Text + ReadOnly + Data;

    internal static FirmwareSections Of(string elf)
    {
        ElfFile file = ElfFile.Of(elf);
        return new((uint)file.SizeOf(".text"), (uint)file.SizeOf(".rodata"), (uint)file.SizeOf(".data"), (uint)file.SizeOf(".bss"),
            Archived(Path.ChangeExtension(elf, ".map")), (uint)file.SizeOf(".app"));
    }

    /// <summary>The largest functions and tables, largest first.</summary>
    internal static IReadOnlyList<ElfSymbol> Largest(string elf, int count)
    {
        ElfFile file = ElfFile.Of(elf);
        return [.. file.Symbols.Where(symbol => symbol.Size != 0 && InFlash(file, symbol)).OrderByDescending(symbol => symbol.Size)
            .ThenBy(symbol => symbol.Name, StringComparer.Ordinal).Take(count)];
    }

    private static bool InFlash(ElfFile file, ElfSymbol symbol) => file.Sections.Any(section =>
        section.Name is ".text" or ".rodata" && symbol.Address >= section.Address && symbol.Address < section.Address + section.Size);

    /// <summary>Bytes that the linker's map says came from archives; 0 if there is no map.</summary>
    private static uint Archived(string map)
    {
        if (!File.Exists(map)) return 0;
        string text = File.ReadAllText(map);
        int placed = text.IndexOf("Linker script and memory map", StringComparison.Ordinal);
        return (uint)FromArchive().Matches(text[Math.Max(placed, 0)..]).Sum(match =>
            match.Groups[1].Value == "0x0" ? 0 : uint.Parse(match.Groups[2].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"^ \.(?:text|rodata|data|literal)\S*\s+0x([0-9a-f]+)\s+0x([0-9a-f]+) \S+\.a\(", RegexOptions.Multiline)]
    private static partial Regex FromArchive();
}
