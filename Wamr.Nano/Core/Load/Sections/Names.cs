// SPDX-License-Identifier: MIT
// Function names (spec appendix "Custom Sections", name section), which are read when a call stack is shown.
using System;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Load.Sections;

internal static unsafe class Names
{
    private const byte FunctionNames = 1;

    private static ReadOnlySpan<byte> SectionName => "name"u8;

    /// <summary>
    /// The name of a function: from the name section, or otherwise the first name under which it is exported. False if it has neither. A
    /// damaged name section counts as absent. The bytes are those of the module, and may not be UTF-8 if the section is damaged.
    /// </summary>
    internal static bool Function(Module* module, uint index, byte** name, uint* length) =>
        FromNameSection(module, index, name, length) || FromExports(module, index, name, length);

    private static bool FromNameSection(Module* module, uint index, byte** name, uint* length)
    {
        byte* data;
        uint size;
        fixed (byte* sectionName = SectionName)
            if (!CustomSections.Find(module, sectionName, (uint)SectionName.Length, &data, &size)) return false;
        ByteReader r = Read.Over(module->Bytes, data, data + size);
        while (r.Pos < r.End)
        {
            byte id = Read.U8(&r);
            uint subsectionSize = Read.U32(&r);
            byte* contents = Read.Bytes(&r, subsectionSize);
            if (r.Error != WasmError.None || id != FunctionNames) continue;
            ByteReader map = Read.Over(module->Bytes, contents, r.Pos);
            return InMap(&map, index, name, length);
        }
        return false;
    }

    private static bool InMap(ByteReader* map, uint index, byte** name, uint* length)
    {
        uint count = Read.Count(map);
        for (uint i = 0; i < count && map->Error == WasmError.None; i++)
        {
            uint function = Read.U32(map);
            *length = Read.U32(map);
            *name = Read.Bytes(map, *length);
            if (function == index && map->Error == WasmError.None) return true;
        }
        return false;
    }

    private static bool FromExports(Module* module, uint index, byte** name, uint* length)
    {
        Export export;
        for (bool more = Exports.First(module, &export); more; more = Exports.Next(module, &export))
        {
            if (export.Kind != ExternKind.Func || export.Index != index) continue;
            *name = export.Name;
            *length = export.NameLength;
            return true;
        }
        return false;
    }
}
