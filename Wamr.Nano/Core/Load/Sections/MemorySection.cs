// SPDX-License-Identifier: MIT
// Memory section (spec chapter 5.5.8): at most one memory, own or imported.
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Load.Sections;

internal static unsafe class MemorySection
{
    internal static void Item(Loading* l, ByteReader* r, uint index)
    {
        byte* at = r->Pos;
        MemoryType type = default;
        ReadLimits.Memory(r, &type, l->Features);
        Add(l, r, at, &type);
    }

    internal static void Add(Loading* l, ByteReader* r, byte* at, MemoryType* type)
    {
        if (l->Module->Info->Memory.Present != 0) Read.FailAt(r, WasmError.MultipleMemories, at);
        l->Module->Info->Memory = *type;
    }
}
