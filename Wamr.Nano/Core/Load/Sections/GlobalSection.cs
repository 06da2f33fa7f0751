// SPDX-License-Identifier: MIT
// Global section (spec chapters 5.5.9, 3.5.6).
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Load.Sections;

internal static unsafe class GlobalSection
{
    internal static void Item(Loading* l, ByteReader* r, uint index)
    {
        byte* at = r->Pos;
        Global* global = &l->Module->Globals[l->NextGlobal];
        global->Type = ReadType.Value(r, l->Features);
        global->Mutable = ReadType.Mutability(r);
        global->Entry = Read.Offset(r);
        global->Slot = (ushort)l->NextSlot;
        Loads.Constant(l, r, global->Type);

        l->NextGlobal++;
        l->NextSlot += ValTypes.Slots(global->Type);
        if (l->NextSlot > Config.MaxItems) Read.FailAt(r, WasmError.TooManyItems, at);
        l->Module->Info->GlobalSlots = (ushort)l->NextSlot;
    }
}
