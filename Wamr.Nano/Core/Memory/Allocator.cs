// SPDX-License-Identifier: MIT
// The allocator of a runtime. Every byte that the core uses comes from here: from a pool of regions, or from the embedder's heap.
using Wamr.Nano.Core.Platform;

namespace Wamr.Nano.Core.Memory;

/// <summary>
/// One per runtime. The struct may be moved, because nothing points to it. After <see cref="WasmError.HeapCorrupted"/> every call fails
/// with that code: a damaged heap is never followed.
/// </summary>
internal unsafe partial struct Allocator
{
    /// <summary>Where a failure is described; never null.</summary>
    internal ErrorInfo* Error;

    /// <summary>The embedder's functions; null for a pool without a lock.</summary>
    internal MemoryHooks* Hooks;

    /// <summary>The regions of the pool, in the order in which they are searched.</summary>
    internal Heap* Regions;

    /// <summary>The bytes of all regions, as the caller provided them.</summary>
    internal uint Total;

    // In the order of MemoryCategory, then the sum of all.
    internal MemoryUse Runtime;
    internal MemoryUse Module;
    internal MemoryUse Instance;
    internal MemoryUse ExecEnv;
    internal MemoryUse All;

    /// <summary>
    /// Test hook: the n-th allocation from now fails; 0: none. A <see cref="Realloc"/> that enlarges a block counts as an allocation.
    /// </summary>
    internal uint FailAfter;

    /// <summary>Test hook: after the failure of <see cref="FailAfter"/>, every later allocation also fails.</summary>
    internal bool FailForever;

    internal bool IsPool;
    internal bool RedZones;

    /// <summary><see cref="WasmError.HeapCorrupted"/> after damage was found.</summary>
    internal WasmError State;

    /// <summary>Initialises the allocator with a pool of one region.</summary>
    /// <param name="a">Memory of the caller for the allocator itself. It must stay valid as long as the pool is used.</param>
    /// <param name="pool">Any alignment. Belongs to the allocator until <see cref="Destroy"/>.</param>
    /// <param name="size">Size of the pool in bytes. Only the first 1 GB of a region is used.</param>
    /// <param name="hooks">Hooks with the lock; null for none.</param>
    /// <param name="redZones">
    /// Puts guard bytes around each block, which free, realloc and <see cref="Check"/> verify. They cost 12 bytes per block, and rounding.
    /// </param>
    /// <param name="error">Where failures are described; must outlive the allocator.</param>
    /// <returns><see cref="WasmError.PoolTooSmall"/> if no block fits.</returns>
    internal static WasmError InitPool(Allocator* a, void* pool, uint size, MemoryHooks* hooks, bool redZones, ErrorInfo* error)
    {
        InitEmbedder(a, hooks, redZones, error);
        a->IsPool = true;
        return AddRegion(a, pool, size);
    }

    /// <summary>
    /// Initialises the allocator with malloc, realloc and free of the embedder or the system. Each block has 8 bytes for the allocator.
    /// </summary>
    internal static WasmError InitEmbedder(Allocator* a, MemoryHooks* hooks, bool redZones, ErrorInfo* error)
    {
        *a = default;
        a->Error = error;
        a->Hooks = hooks;
        a->RedZones = redZones;
        return WasmError.None;
    }

    /// <summary>Adds a region to a pool. Earlier regions are searched first. No block spans two regions.</summary>
    internal static WasmError AddRegion(Allocator* a, void* region, uint size)
    {
        Enter(a);
        WasmError error = PoolRegions.AddRegion(a, (byte*)region, size);
        Leave(a);
        return error;
    }

    /// <summary>
    /// Forgets all blocks and regions, so that a pool belongs to the caller again. Blocks of an embedder's heap that were not freed stay
    /// allocated there.
    /// </summary>
    internal static void Destroy(Allocator* a) => *a = default;

    /// <summary>
    /// Allocates a block of at least <paramref name="size"/> bytes, 8-aligned, with undefined contents. On failure, returns null and sets
    /// <see cref="Error"/>. A size of 0 also returns a block.
    /// </summary>
    internal static void* Alloc(Allocator* a, uint size, MemoryCategory category) => AllocAligned(a, size, 8, category);

    /// <summary>Like <see cref="Alloc"/>, with contents of zero.</summary>
    internal static void* AllocZeroed(Allocator* a, uint size, MemoryCategory category)
    {
        void* p = AllocAligned(a, size, 8, category);
        if (p != null) Raw.Fill((byte*)p, 0, size);
        return p;
    }

    /// <summary>
    /// Like <see cref="Alloc"/>, at a multiple of <paramref name="alignment"/>, a power of two (in an embedder's heap at most 1 MB).
    /// </summary>
    internal static void* AllocAligned(Allocator* a, uint size, uint alignment, MemoryCategory category) =>
        AllocLocked(a, size, (Placement)alignment, category);

    /// <summary>
    /// Like <see cref="Alloc"/>, for a block that will soon be freed. A pool allocates it at the end of its free memory, so that it leaves
    /// no gap before blocks that are allocated meanwhile and stay.
    /// </summary>
    internal static void* AllocTransient(Allocator* a, uint size, MemoryCategory category) =>
        AllocLocked(a, size, Placement.AtEnd, category);

    private static void* AllocLocked(Allocator* a, uint size, Placement place, MemoryCategory category)
    {
        Enter(a);
        void* p = Injected(a) ? Fail(a, WasmError.OutOfMemory, size) : AllocCounted(a, size, place, category);
        Leave(a);
        return p;
    }

    /// <summary>
    /// Makes a block larger or smaller: in place if possible, otherwise in a new place, which is 8-aligned. The contents stay the same up
    /// to the smaller size; new bytes are undefined. On failure, returns null and sets <see cref="Error"/>, and <paramref name="p"/> is
    /// unchanged. Making a block smaller never fails. <paramref name="p"/> must be a live block, not null.
    /// </summary>
    internal static void* Realloc(Allocator* a, void* p, uint size)
    {
        Enter(a);
        WasmError error = Verify(a, (byte*)p);
        void* resized = error == WasmError.None ? Resize(a, (byte*)p, size) : Fail(a, error, size);
        Leave(a);
        return resized;
    }

    /// <summary>
    /// Frees a block; null is allowed. Refuses a pointer that is not a live block, and describes it in <see cref="Error"/>:
    /// <see cref="WasmError.DoubleFree"/>, <see cref="WasmError.ForeignPointer"/>, <see cref="WasmError.BadAlignment"/>.
    /// </summary>
    internal static WasmError Free(Allocator* a, void* p)
    {
        if (p == null) return WasmError.None;
        Enter(a);
        WasmError error = FreeCounted(a, (byte*)p);
        Leave(a);
        return error;
    }

    /// <summary>Checks the whole pool. <see cref="WasmError.HeapCorrupted"/> if a header, a link, a red zone or a sum is wrong.</summary>
    internal static WasmError Check(Allocator* a)
    {
        Enter(a);
        if (a->State == WasmError.None && !PoolRegions.IsSound(a)) Fail(a, WasmError.HeapCorrupted, 0);
        WasmError error = a->State;
        Leave(a);
        return error;
    }

    /// <summary>Fills in <paramref name="s"/>.</summary>
    internal static void Statistics(Allocator* a, MemoryStatistics* s)
    {
        Enter(a);
        s->Total = a->Total;
        s->Used = a->All.Used;
        s->HighWater = a->All.HighWater;
        s->LargestFree = LargestFree(a);
        s->Runtime = a->Runtime;
        s->Module = a->Module;
        s->Instance = a->Instance;
        s->ExecEnv = a->ExecEnv;
        Leave(a);
    }

    private static void Enter(Allocator* a)
    {
        if (a->Hooks != null && a->Hooks->Lock != null) a->Hooks->Lock(a->Hooks->Data);
    }

    private static void Leave(Allocator* a)
    {
        if (a->Hooks != null && a->Hooks->Unlock != null) a->Hooks->Unlock(a->Hooks->Data);
    }
}
