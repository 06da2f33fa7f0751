// SPDX-License-Identifier: MIT
// Allocator "pool": everything comes from RAM that is reserved when the firmware is linked, or from regions that the board names.

namespace Wamr.Nano.Boards;

internal static unsafe class BoardMemory
{
    /// <summary>
    /// Makes a runtime at the start of the first region, with its pool in the rest; null if that is too small. The caller must set its
    /// platform.
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

    /// <summary>Ends a runtime after its last use. The next one begins with an empty pool.</summary>
    internal static void Close(Runtime* rt)
    {
    }

    /// <summary>Makes a separate allocator, for the stress test.</summary>
    internal static WasmError Init(Allocator* allocator, MemoryRegion* region, MemoryHooks* hooks, bool redZones, ErrorInfo* error) =>
        Allocator.InitPool(allocator, region->Start, region->Bytes, null, redZones, error);

    /// <summary>Whether a block may lie there.</summary>
    internal static bool Holds(MemoryRegion* region, byte* block, uint size)
    {
        nuint at = (nuint)(block - region->Start);
        return at <= region->Bytes && size <= region->Bytes - at;
    }
}
