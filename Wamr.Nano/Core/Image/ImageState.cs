// SPDX-License-Identifier: MIT
// Checks the parts from which an instance of an image is made: memory, globals, tables, segments, exports, the start function.
using System.Runtime.CompilerServices;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Image;

internal static unsafe class ImageState
{
    /// <summary>False if something does not fit. Then <paramref name="r"/> has its offset and number.</summary>
    internal static bool Check(Module* m, ImageHeader* h, Features features, ByteReader* r)
    {
        *r = Read.Over(m->Bytes, m->Bytes, m->Bytes + m->Size);
        Require(r, Memory(&m->Info->Memory), 0);
        // Native code that depends on the memory's size finds globals and environment through the memory's address.
        Require(r, h->FixedBytes == 0 || m->OwnsMemory, 0);
        Globals(m, features, r);
        for (uint i = m->ImportedTables; i < m->TableCount; i++) Require(r, Table(&m->Tables[i]), i);
        Rewind(m, r);
        for (uint i = 0; i < m->ElemCount; i++) Elements(m, features, r, i);
        Rewind(m, r);
        for (uint i = 0; i < m->DataCount; i++) Data(m, features, r, i);
        Rewind(m, r);
        Exports(m, r);
        uint start = m->Info->StartFunction;
        Require(r, start == Module.NoIndex || (start < m->FunctionCount && IsPlain(m, start)), start);
        Require(r, AuxStack(m), m->Info->AuxStack.Global);
        return r->Error == WasmError.None;
    }

    private static void Require(ByteReader* r, bool holds, uint number)
    {
        if (!holds) Read.FailValue(r, WasmError.BadImageTable, r->Pos, number);
    }

    /// <summary>
    /// Moves to an entry at an offset in the module's bytes, unless there was a failure before. Entries of a table must not overlap: a
    /// forged table with many entries that share their bytes would keep the device busy for a very long time.
    /// </summary>
    private static void MoveTo(Module* m, ByteReader* r, uint offset)
    {
        if (r->Error == WasmError.None && offset <= m->Size && m->Bytes + offset >= r->Pos) r->Pos = m->Bytes + offset;
        else Read.FailValue(r, WasmError.BadImageTable, r->Pos, offset);
    }

    /// <summary>Begins the entries of another table.</summary>
    private static void Rewind(Module* m, ByteReader* r)
    {
        if (r->Error == WasmError.None) r->Pos = m->Bytes;
    }

    private static bool Memory(MemoryType* t)
    {
        if (t->Present == 0) return t->Import == 0 && t->Min == 0 && t->TruncatedBytes == 0;
        ulong bytes = (ulong)t->Min << t->PageShift;
        return t->Present == 1 && (t->PageShift is 0 or Config.PageShift) && t->Min <= t->Max && bytes <= 1ul << 32
            && t->TruncatedBytes <= bytes && t->TruncatedBytes % 8 == 0;
    }

    private static void Globals(Module* m, Features features, ByteReader* r)
    {
        uint slots = 0;
        for (uint i = m->ImportedGlobals; i < m->GlobalCount; i++)
        {
            Global* g = &m->Globals[i];
            Require(r, (ValTypes.IsNumeric(g->Type) || ValTypes.IsRef(g->Type)) && g->Mutable <= 1 && g->Slot == slots, i);
            slots += ValTypes.Slots(g->Type);
            MoveTo(m, r, g->Entry);
            ConstExpr.Validate(m, r, features, g->Type, i, null);
        }
        Require(r, slots == m->Info->GlobalSlots, slots);
    }

    private static bool Table(TableType* t) => t->Import == 0 && ValTypes.IsRef(t->ElemType) && t->Min <= t->Max && t->Constant <= 1;

    [SkipLocalsInit] // clearing the segment that is read took a tenth of loading an image
    private static void Elements(Module* m, Features features, ByteReader* r, uint index)
    {
        MoveTo(m, r, m->ElemSegments[index]);
        ElemSegment s;
        uint flags = ElemSegments.Head(r, &s, features);
        if (s.Mode == ElemMode.Active) ConstExpr.Validate(m, r, features, ValType.I32, m->GlobalCount, null);
        ElemSegments.Tail(r, &s, flags, features);
        Require(r, s.Mode != ElemMode.Active || (s.Table < m->TableCount && m->Tables[s.Table].ElemType == s.Type), index);
        for (uint n = 0; n < s.Count && r->Error == WasmError.None; n++)
        {
            if (s.Expressions) ConstExpr.Validate(m, r, features, s.Type, m->GlobalCount, null);
            else Require(r, Read.U32(r) < m->FunctionCount, index);
        }
    }

    [SkipLocalsInit] // as above
    private static void Data(Module* m, Features features, ByteReader* r, uint index)
    {
        MoveTo(m, r, m->DataSegments[index]);
        DataSegment s;
        DataSegments.Head(r, &s, features);
        if (s.Active) ConstExpr.Validate(m, r, features, ValType.I32, m->GlobalCount, null);
        Require(r, s.Memory == 0 && (!s.Active || m->Info->Memory.Present != 0), index);
        DataSegments.Tail(r, &s);
    }

    private static void Exports(Module* m, ByteReader* r)
    {
        MoveTo(m, r, m->Info->ExportsAt);
        for (uint i = 0; i < m->Info->ExportCount && r->Error == WasmError.None; i++)
        {
            Export export;
            Core.Wasm.Exports.Item(r, &export);
            uint count = export.Kind switch
            {
                ExternKind.Func => m->FunctionCount,
                ExternKind.Table => m->TableCount,
                ExternKind.Memory => m->Info->Memory.Present,
                _ => m->GlobalCount,
            };
            Require(r, export.Index < count, i);
        }
    }

    private static bool IsPlain(Module* m, uint function)
    {
        FuncType* type = &m->Types[m->Functions[function].TypeIndex];
        return type->ParamCount + type->ResultCount == 0;
    }

    private static bool AuxStack(Module* m)
    {
        AuxStack* s = &m->Info->AuxStack;
        if (s->Global == Module.NoIndex) return s->Size == 0;
        return s->Global >= m->ImportedGlobals && s->Global < m->GlobalCount && m->Globals[s->Global].Type == ValType.I32
            && m->Globals[s->Global].Mutable == 1 && s->Size <= s->Bottom;
    }
}
