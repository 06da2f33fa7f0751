// SPDX-License-Identifier: MIT
// Type section (spec chapter 5.5.4). This finds equal types once, so that they can be compared by number afterwards.
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Load.Sections;

internal static unsafe class TypeSection
{
    private const byte FunctionForm = 0x60;

    internal static void Item(Loading* l, ByteReader* r, uint index)
    {
        byte* at = r->Pos;
        byte form = Read.U8(r);
        if (form != FunctionForm) Read.FailAt(r, OfLaterFeature(form) ? WasmError.UnsupportedFeature : WasmError.BadTypeForm, at);

        FuncType* type = &l->Module->Types[index];
        byte* parameters = Types(l, r, &type->ParamCount, &type->ParamSlots);
        byte* resultsAt = r->Pos;
        byte* results = Types(l, r, &type->ResultCount, &type->ResultSlots);
        type->ParamsAt = (nint)parameters - (nint)type;
        type->ResultsAt = (ushort)(results - parameters);
        if (type->ResultCount > 1) Read.Require(r, Features.MultiValue, l->Features, resultsAt);
    }

    /// <summary>Structures, arrays, recursion groups and subtypes of garbage collection.</summary>
    private static bool OfLaterFeature(byte form) => form is 0x5E or 0x5F or 0x4E or 0x4F or 0x50;

    private static byte* Types(Loading* l, ByteReader* r, ushort* count, ushort* slots)
    {
        byte* at = r->Pos;
        uint n = Read.Count(r), total = 0;
        if (n > Config.MaxParams) Read.FailValue(r, WasmError.TooManyParameters, at, n);
        byte* types = r->Pos;
        for (uint i = 0; i < n && r->Error == WasmError.None; i++) total += ValTypes.Slots(ReadType.Value(r, l->Features));
        *count = (ushort)n;
        *slots = (ushort)total;
        return types;
    }

    /// <summary>Numbers each type by the first type that equals it. It needs 4 bytes per type while it runs, and n log n steps.</summary>
    internal static WasmError Canonicalize(Loading* l)
    {
        Module* module = l->Module;
        uint count = module->TypeCount;
        if (count < 2) return WasmError.None;
        uint* order = (uint*)Loads.Allocate(l, count * sizeof(uint));
        if (order == null) return l->Allocator->Error->Code;
        for (uint i = 0; i < count; i++) order[i] = i;
        HeapSort.Sort(order, count, module->Types, &Compare);

        FuncType* first = &module->Types[order[0]];
        for (uint i = 0; i < count; i++)
        {
            FuncType* type = &module->Types[order[i]];
            if (!FuncTypes.Equal(first, type)) first = type;
            type->Canonical = (ushort)(first - module->Types);
        }
        Loads.Free(l, order);
        return WasmError.None;
    }

    private static int Compare(void* context, uint a, uint b)
    {
        FuncType* types = (FuncType*)context;
        int order = FuncTypes.Compare(&types[a], &types[b]);
        return order != 0 ? order : (int)a - (int)b;
    }
}
