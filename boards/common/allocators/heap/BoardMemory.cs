// SPDX-License-Identifier: MIT
// Allocator "heap": everything comes from the heap of the C library or the operating system (heap.c), one block at a time.
using System.Runtime.InteropServices;

namespace Wamr.Nano.Boards;

internal static unsafe class BoardMemory
{
    [DllImport("firmware", EntryPoint = "wn_heap_region")]
    private static extern void Offer(byte* start, uint bytes);

    [DllImport("firmware", EntryPoint = "wn_heap_alloc")]
    private static extern void* Alloc(uint bytes);

    [DllImport("firmware", EntryPoint = "wn_heap_realloc")]
    private static extern void* Realloc(void* block, uint bytes);

    [DllImport("firmware", EntryPoint = "wn_heap_free")]
    private static extern void Free(void* block);

    /// <summary>
    /// Makes a runtime, followed by the hooks of its allocator, in a block of the heap; null if there is no room. The caller must set its
    /// platform.
    /// </summary>
    internal static Runtime* Open(MemoryRegion* regions, uint count)
    {
        uint header = ((uint)sizeof(Runtime) + 7) & ~7u;
        if (count != 0) Offer(regions->Start, regions->Bytes);
        Runtime* rt = (Runtime*)Alloc(header + (uint)sizeof(MemoryHooks));
        if (rt != null) Init(&rt->Allocator, null, (MemoryHooks*)((byte*)rt + header), false, &rt->Error);
        return rt;
    }

    /// <summary>Frees the memory of a runtime after its last use, when its modules are unloaded.</summary>
    internal static void Close(Runtime* rt)
    {
        Runtimes.Destroy(rt);
        Free(rt);
    }

    /// <summary>Makes a separate allocator, for the stress test.</summary>
    internal static WasmError Init(Allocator* allocator, MemoryRegion* region, MemoryHooks* hooks, bool redZones, ErrorInfo* error)
    {
        if (region != null) Offer(region->Start, region->Bytes);
        *hooks = default;
        hooks->Allocate = &AllocBlock;
        hooks->Reallocate = &ReallocBlock;
        hooks->Release = &FreeBlock;
        return Allocator.InitEmbedder(allocator, hooks, redZones, error);
    }

    /// <summary>Whether a block may lie there: anywhere in the heap.</summary>
    internal static bool Holds(MemoryRegion* region, byte* block, uint size) => true;

    private static void* AllocBlock(void* data, uint bytes) => Alloc(bytes);

    private static void* ReallocBlock(void* data, void* block, uint bytes) => Realloc(block, bytes);

    private static void FreeBlock(void* data, void* block) => Free(block);
}
