// SPDX-License-Identifier: MIT
// Export section (spec chapters 5.5.10, 3.5.11): indices exist, names differ.
using Wamr.Nano.Core.Platform;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Load.Sections;

internal static unsafe class ExportSection
{
    internal static void Item(Loading* l, ByteReader* r, uint index)
    {
        byte* at = r->Pos;
        Export export;
        Exports.Item(r, &export);
        if (r->Error != WasmError.None) return;
        Module* module = l->Module;
        switch (export.Kind)
        {
            case ExternKind.Func:
                if (export.Index >= module->FunctionCount) Read.FailValue(r, WasmError.UnknownFunction, at, export.Index);
                else Loads.Declare(l, export.Index);
                break;
            case ExternKind.Table:
                if (export.Index >= module->TableCount) Read.FailValue(r, WasmError.UnknownTable, at, export.Index);
                break;
            case ExternKind.Memory:
                if (export.Index >= module->Info->Memory.Present) Read.FailValue(r, WasmError.UnknownMemory, at, export.Index);
                break;
            default:
                if (export.Index >= module->GlobalCount) Read.FailValue(r, WasmError.UnknownGlobal, at, export.Index);
                else if (module->Globals[export.Index].Mutable != 0) Read.Require(r, Features.MutableGlobals, l->Features, at);
                break;
        }
    }

    /// <summary>
    /// Refuses two exports with the same name. It needs 12 bytes per export while it runs. It sorts names by hash, because comparing many
    /// long names with the same beginning would take too long.
    /// </summary>
    internal static WasmError CheckNames(Loading* l)
    {
        Module* module = l->Module;
        uint count = module->ExportCount;
        if (count < 2) return WasmError.None;
        NameTable table;
        table.Module = module;
        table.Names = (HashedName*)Loads.Allocate(l, count * (uint)(sizeof(HashedName) + sizeof(uint)));
        if (table.Names == null) return l->Allocator->Error->Code;
        uint* order = (uint*)(table.Names + count);

        Export export;
        for (bool more = Exports.First(module, &export); more; more = Exports.Next(module, &export))
        {
            HashedName* name = &table.Names[export.Number];
            name->Entry = (uint)(export.Entry - module->Bytes);
            name->Hash = Hash(export.Name, export.NameLength);
            order[export.Number] = export.Number;
        }
        HeapSort.Sort(order, count, &table, &Compare);
        WasmError error = WasmError.None;
        for (uint i = 1; i < count && error == WasmError.None; i++)
            if (Compare(&table, order[i - 1], order[i]) == 0)
                error = Loads.Report(l, WasmError.DuplicateExport, table.Names[order[i]].Entry, 0);
        Loads.Free(l, table.Names);
        return error;
    }

    /// <summary>An entry by its offset in the module, and the hash of its name.</summary>
    private struct HashedName
    {
        internal uint Entry;
        internal uint Hash;
    }

    private struct NameTable
    {
        internal Module* Module;
        internal HashedName* Names;
    }

    /// <summary>FNV-1a.</summary>
    private static uint Hash(byte* name, uint length)
    {
        uint hash = 0x811C9DC5;
        for (uint n = 0; n < length; n++) hash = (hash ^ name[n]) * 0x01000193;
        return hash;
    }

    /// <summary>Compares two names of a table, in an arbitrary order in which equal names are adjacent.</summary>
    private static int Compare(void* context, uint a, uint b)
    {
        NameTable* table = (NameTable*)context;
        uint hashA = table->Names[a].Hash, hashB = table->Names[b].Hash;
        if (hashA != hashB) return hashA < hashB ? -1 : 1;
        uint lengthA, lengthB;
        byte* nameA = Name(table->Module, table->Names[a].Entry, &lengthA);
        byte* nameB = Name(table->Module, table->Names[b].Entry, &lengthB);
        if (lengthA != lengthB) return lengthA < lengthB ? -1 : 1;
        return Raw.Compare(nameA, nameB, lengthA);
    }

    /// <summary>The name is already known to be UTF-8, so only its length is read.</summary>
    private static byte* Name(Module* module, uint entry, uint* length)
    {
        ByteReader r = Read.Over(module->Bytes, module->Bytes + entry, module->Bytes + module->Size);
        *length = Read.U32(&r);
        return r.Pos;
    }
}
