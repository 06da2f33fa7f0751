// SPDX-License-Identifier: MIT
// Data section (spec chapters 5.5.14, 3.5.9).
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Load.Sections;

internal static unsafe class DataSection
{
    internal static void Item(Loading* l, ByteReader* r, uint index)
    {
        byte* at = r->Pos;
        l->Module->DataSegments[index] = (uint)(at - r->Base);
        DataSegment segment;
        DataSegments.Head(r, &segment, l->Features);
        if (segment.Active)
        {
            if (segment.Memory >= l->Module->Info->Memory.Present) Read.FailValue(r, WasmError.UnknownMemory, at, segment.Memory);
            Loads.Constant(l, r, ValType.I32);
        }
        DataSegments.Tail(r, &segment);
    }
}
