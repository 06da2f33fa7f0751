// SPDX-License-Identifier: MIT
// Element section (spec chapters 5.5.12, 3.5.8).
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Load.Sections;

internal static unsafe class ElementSection
{
    internal static void Item(Loading* l, ByteReader* r, uint index)
    {
        byte* at = r->Pos;
        l->Module->ElemSegments[index] = (uint)(at - r->Base);
        ElemSegment segment;
        uint flags = ElemSegments.Head(r, &segment, l->Features);
        bool active = segment.Mode == ElemMode.Active;
        if (active && segment.Table >= l->Module->TableCount) Read.FailValue(r, WasmError.UnknownTable, at, segment.Table);
        if (active) Loads.Constant(l, r, ValType.I32);
        byte* typeAt = r->Pos;
        ElemSegments.Tail(r, &segment, flags, l->Features);
        if (r->Error != WasmError.None) return;

        if (active && l->Module->Tables[segment.Table].ElemType != segment.Type) Read.FailAt(r, WasmError.TypeMismatch, typeAt);
        for (uint i = 0; i < segment.Count && r->Error == WasmError.None; i++)
        {
            if (segment.Expressions) Loads.Constant(l, r, segment.Type);
            else FunctionIndex(l, r);
        }
    }

    private static void FunctionIndex(Loading* l, ByteReader* r)
    {
        byte* at = r->Pos;
        uint function = Read.U32(r);
        if (function >= l->Module->FunctionCount) Read.FailValue(r, WasmError.UnknownFunction, at, function);
        else Loads.Declare(l, function);
    }
}
