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

    /// <summary>Refuses two exports of one name. Takes 4 bytes an export while it runs, and no longer than n log n comparisons.</summary>
    internal static WasmError CheckNames(Loading* l)
    {
        Module* module = l->Module;
        uint count = module->ExportCount;
        if (count < 2) return WasmError.None;
        uint* order = (uint*)Loads.Allocate(l, count * sizeof(uint));
        if (order == null) return l->Allocator->Error->Code;

        Export export;
        for (bool more = Exports.First(module, &export); more; more = Exports.Next(module, &export))
            order[export.Number] = (uint)(export.Entry - module->Bytes);
        HeapSort.Sort(order, count, module, &Compare);
        WasmError error = WasmError.None;
        for (uint i = 1; i < count && error == WasmError.None; i++)
            if (Compare(module, order[i - 1], order[i]) == 0) error = Loads.Report(l, WasmError.DuplicateExport, order[i], 0);
        Loads.Free(l, order);
        return error;
    }

    /// <summary>Compares the names of the entries at two offsets of the module.</summary>
    private static int Compare(void* context, uint a, uint b)
    {
        uint lengthA, lengthB;
        byte* nameA = Name((Module*)context, a, &lengthA);
        byte* nameB = Name((Module*)context, b, &lengthB);
        int order = Raw.Compare(nameA, nameB, lengthA < lengthB ? lengthA : lengthB);
        return order != 0 ? order : (int)lengthA - (int)lengthB;
    }

    /// <summary>The name was found to be UTF-8 before, so that its length is all that is read here.</summary>
    private static byte* Name(Module* module, uint entry, uint* length)
    {
        ByteReader r = Read.Over(module->Bytes, module->Bytes + entry, module->Bytes + module->Size);
        *length = Read.U32(&r);
        return r.Pos;
    }
}
