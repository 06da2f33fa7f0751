// SPDX-License-Identifier: MIT
// Allocator "pool": everything comes from RAM that is set aside when the firmware is linked, or whose regions the board names.

namespace Wamr.Nano.Boards;

internal static unsafe class BoardMemory
{
    /// <summary>
    /// A runtime at the start of the first region, its pool in the rest; null if that is too small. Its platform is still to be set.
    /// </summary>
    internal static Runtime* Open(MemoryRegion* regions, uint count)
    {
        uint header = ((uint)sizeof(Runtime) + 7) & ~7u;
        if (regions->Bytes < header) return null;
        Runtime* rt = (Runtime*)regions->Start;
        Allocator* pool = &rt->Allocator;
        WasmError error = Allocator.InitPool(pool, regions->Start + header, regions->Bytes - header, null, false, &rt->Error);
        for (uint i = 1; i < count && error == WasmError.None; i++) error = Allocator.AddRegion(pool, regions[i].Start, regions[i].Bytes);
        return error == WasmError.None ? rt : null;
    }

    /// <summary>After the last use of a runtime: the pool begins anew with the next one.</summary>
    internal static void Close(Runtime* rt)
    {
    }

    /// <summary>An allocator by itself, for the drill.</summary>
    internal static WasmError Init(Allocator* allocator, MemoryRegion* region, MemoryHooks* hooks, bool redZones, ErrorInfo* error) =>
        Allocator.InitPool(allocator, region->Start, region->Bytes, null, redZones, error);

    /// <summary>Whether a block may lie there.</summary>
    internal static bool Holds(MemoryRegion* region, byte* block, uint size)
    {
        nuint at = (nuint)(block - region->Start);
        return at <= region->Bytes && size <= region->Bytes - at;
    }
}
