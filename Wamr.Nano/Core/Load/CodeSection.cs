// SPDX-License-Identifier: MIT
// Code section (spec chapter 5.5.13): finds where functions begin. The validator reads their bodies.
using Wamr.Nano.Core.Load.Sections;
using Wamr.Nano.Core.Load.Validate;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Load;

internal static unsafe class CodeSection
{
    internal static void Item(Loading* l, ByteReader* r, uint index)
    {
        byte* entry = r->Pos;
        uint size = Read.U32(r);
        byte* start = r->Pos;
        Read.Bytes(r, size);
        if (r->Error != WasmError.None) return;
        l->Module->Functions[index].Entry = (uint)(entry - r->Base);
        ByteReader body = Read.Over(r->Base, start, r->Pos);
        Validator.Function((Validation*)l, &body, index);
        if (body.Error != WasmError.None) Read.FailValue(r, body.Error, body.Base + body.ErrorOffset, body.ErrorValue);
    }
}
