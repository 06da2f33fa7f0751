// SPDX-License-Identifier: MIT
// The sections of a binary as they lie in the file (spec chapter 5.5.2), for dump and size.
using System.Collections.Generic;

namespace Wamr.Nano.Tool.Size;

/// <summary>A section.</summary>
/// <param name="Title">Its name; of a custom section with its own name.</param>
/// <param name="Offset">Offset of its id in the file.</param>
/// <param name="Bytes">Its bytes, id and size included.</param>
internal sealed record ModuleSection(string Title, uint Offset, uint Bytes);

internal static unsafe class Sections
{
    private const uint HeaderBytes = 8;

    private static readonly string[] Names =
        ["custom", "types", "imports", "functions", "tables", "memory", "globals", "exports", "start", "elements", "code", "data",
            "data count"];

    /// <summary>All sections of a module that loads; the magic number and version count as the first.</summary>
    internal static List<ModuleSection> Of(byte[] binary)
    {
        List<ModuleSection> sections = [new("header", 0, HeaderBytes)];
        fixed (byte* start = binary)
        {
            ByteReader r = Read.Over(start, start + HeaderBytes, start + binary.Length);
            while (r.Pos < r.End)
            {
                uint offset = Read.Offset(&r);
                byte id = Read.U8(&r);
                uint size = Read.U32(&r);
                byte* contents = Read.Bytes(&r, size);
                if (r.Error != WasmError.None) break;
                sections.Add(new(Title(id, contents, size), offset, Read.Offset(&r) - offset));
            }
        }
        return sections;
    }

    private static string Title(byte id, byte* contents, uint size)
    {
        if (id != 0) return id < Names.Length ? Names[id] : $"section {id}";
        ByteReader r = Read.Over(contents, contents, contents + size);
        uint length = Read.U32(&r);
        byte* name = Read.Bytes(&r, length);
        return name == null ? Names[0] : $"custom '{Printable.Text(name, length)}'";
    }
}
