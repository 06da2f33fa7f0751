// SPDX-License-Identifier: MIT
// Exports (spec chapter 5.5.10): one entry read from the module's bytes, a walk over all of them, and a search by name.
using Wamr.Nano.Core.Platform;

namespace Wamr.Nano.Core.Wasm;

/// <summary>An export. The name lies in the module's bytes.</summary>
internal unsafe struct Export
{
    internal byte* Entry;

    /// <summary>The next entry.</summary>
    internal byte* Next;

    /// <summary>Number among all exports.</summary>
    internal uint Number;

    internal byte* Name;
    internal uint NameLength;
    internal ExternKind Kind;

    /// <summary>Index in the index space of <see cref="Kind"/>.</summary>
    internal uint Index;
}

internal static unsafe class Exports
{
    /// <summary>Reads the entry at <paramref name="r"/>. The index is not checked here.</summary>
    internal static void Item(ByteReader* r, Export* export)
    {
        export->Entry = r->Pos;
        export->Number = 0;
        export->Name = Utf8.Name(r, &export->NameLength);
        byte* at = r->Pos;
        byte kind = Read.U8(r);
        export->Kind = (ExternKind)kind;
        if (kind > (byte)ExternKind.Global)
            Read.FailAt(r, kind == Imports.TagKind ? WasmError.UnsupportedFeature : WasmError.BadExternKind, at);
        export->Index = Read.U32(r);
        export->Next = r->Pos;
    }

    /// <summary>The first export of a loaded module; false without any.</summary>
    internal static bool First(Module* module, Export* export)
    {
        if (module->ExportCount == 0) return false;
        At(module, module->Exports, export);
        return true;
    }

    /// <summary>Moves to the next export; false after the last one.</summary>
    internal static bool Next(Module* module, Export* export)
    {
        uint number = export->Number + 1;
        if (number >= module->ExportCount) return false;
        At(module, export->Next, export);
        export->Number = number;
        return true;
    }

    /// <summary>Finds an export by name, in time linear in the export section.</summary>
    internal static bool Find(Module* module, byte* name, uint length, ExternKind* kind, uint* index)
    {
        Export export;
        for (bool more = First(module, &export); more; more = Next(module, &export))
        {
            if (export.NameLength != length || !Raw.Equal(export.Name, name, length)) continue;
            *kind = export.Kind;
            *index = export.Index;
            return true;
        }
        return false;
    }

    private static void At(Module* module, byte* entry, Export* export)
    {
        ByteReader r = Read.Over(module->Bytes, entry, module->Bytes + module->Size);
        Item(&r, export);
    }
}
