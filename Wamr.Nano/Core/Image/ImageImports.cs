// SPDX-License-Identifier: MIT
// Checks an image's imports: the entries in the module's bytes and the tables that repeat them agree.
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Image;

internal static unsafe class ImageImports
{
    /// <summary>Walks over the entries at <paramref name="r"/>; false if one does not fit.</summary>
    internal static bool Check(Module* m, Features features, ByteReader* r)
    {
        uint functions = 0, tables = 0, memories = 0, globals = 0;
        for (uint n = 0; n < m->Info->ImportCount; n++)
        {
            Import import;
            Imports.Item(r, &import, features);
            if (r->Error != WasmError.None) return false;
            uint entry = (uint)(import.Entry - m->Bytes);
            bool fits = import.Kind switch
            {
                ExternKind.Func => functions < m->ImportedFunctions && Function(m, &import, &m->Functions[functions++], entry),
                ExternKind.Table => tables < m->ImportedTables && Table(&import.Table, &m->Tables[tables++]),
                ExternKind.Memory => memories++ == 0 && Memory(&import.Memory, &m->Info->Memory),
                _ => globals < m->ImportedGlobals && Global(&import, &m->Globals[globals], entry, globals++),
            };
            if (!fits) return false;
        }
        return functions == m->ImportedFunctions && tables == m->ImportedTables && globals == m->ImportedGlobals
            && (memories == 1) == (m->Info->Memory.Import != 0);
    }

    private static bool Function(Module* m, Import* import, Function* f, uint entry) =>
        f->Entry == entry && import->TypeIndex < m->TypeCount && f->TypeIndex == m->Types[import->TypeIndex].Canonical;

    private static bool Table(TableType* import, TableType* t) =>
        t->Import == import->Import && t->Min == import->Min && t->Max == import->Max && t->ElemType == import->ElemType
        && t->Constant == 0;

    private static bool Memory(MemoryType* import, MemoryType* memory) =>
        memory->Import == import->Import && memory->Present == 1 && memory->Min == import->Min && memory->Max == import->Max
            && memory->PageShift == import->PageShift && memory->TruncatedBytes == 0;

    private static bool Global(Import* import, Global* g, uint entry, uint number) =>
        g->Entry == entry && g->Slot == number && g->Type == import->GlobalType && g->Mutable == import->Mutable;
}
