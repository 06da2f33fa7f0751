// SPDX-License-Identifier: MIT
// Custom sections (spec chapter 5.5.3) by name. They are searched in the module's bytes on request, so they cost no memory.
using Wamr.Nano.Core.Platform;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Load.Sections;

internal static unsafe class CustomSections
{
    /// <summary>Finds the first section with that name: its contents after the name, in the module's bytes.</summary>
    internal static bool Find(Module* module, byte* name, uint length, byte** data, uint* size)
    {
        ByteReader r = Read.Over(module->Bytes, module->Bytes + HeaderSize, module->Bytes + module->Size);
        while (r.Pos < r.End)
        {
            byte id = Read.U8(&r);
            uint sectionSize = Read.U32(&r);
            byte* contents = Read.Bytes(&r, sectionSize);
            if (r.Error != WasmError.None) return false; // the bytes of an image are not checked completely at loading
            if (id != (byte)SectionId.Custom) continue;
            ByteReader section = Read.Over(r.Base, contents, r.Pos);
            uint sectionNameLength = Read.U32(&section);
            byte* sectionName = Read.Bytes(&section, sectionNameLength);
            if (section.Error != WasmError.None || sectionNameLength != length || !Raw.Equal(sectionName, name, length)) continue;
            *data = section.Pos;
            *size = Read.Left(&section);
            return true;
        }
        return false;
    }

    /// <summary>Bytes of magic number and version.</summary>
    private const uint HeaderSize = 8;
}
