// SPDX-License-Identifier: MIT
// Import section (spec chapters 5.5.5, 3.5.12): the first entries of the index spaces.
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Load.Sections;

internal static unsafe class ImportSection
{
    internal static void Item(Loading* l, ByteReader* r, uint index)
    {
        Import import;
        Imports.Item(r, &import, l->Features);
        if (r->Error != WasmError.None) return;
        switch (import.Kind)
        {
            case ExternKind.Func:
                FunctionSection.Add(l, r, import.Entry, import.TypeIndex);
                break;
            case ExternKind.Table:
                TableSection.Add(l, r, import.Entry, &import.Table);
                break;
            case ExternKind.Memory:
                MemorySection.Add(l, r, import.Entry, &import.Memory);
                break;
            default:
                Global* global = &l->Module->Globals[l->NextGlobal];
                global->Entry = (uint)(import.Entry - r->Base);
                global->Type = import.GlobalType;
                global->Mutable = import.Mutable;
                global->Slot = (ushort)l->NextGlobal++;
                break;
        }
    }
}
