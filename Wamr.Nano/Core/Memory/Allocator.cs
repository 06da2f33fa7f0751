// SPDX-License-Identifier: MIT
// The allocator of a runtime: every byte the core takes comes from here, out of a pool of regions or out of the embedder's heap.
using Wamr.Nano.Core.Platform;

namespace Wamr.Nano.Core.Memory;

/// <summary>
/// One per runtime. The struct may be copied to another place and used there instead (nothing points to it).
/// After <see cref="WasmError.HeapCorrupted"/> every call fails with that code: a damaged heap is never followed.
/// </summary>
internal unsafe partial struct Allocator
{
    /// <summary>Where a failure is described; never null.</summary>
    internal ErrorInfo* Error;

    /// <summary>The embedder's functions; null for a pool without a lock.</summary>
    internal MemoryHooks* Hooks;

    /// <summary>Regions of the pool in the order they are asked.</summary>
    internal Heap* Regions;

    /// <summary>Bytes of all regions as they were handed in.</summary>
    internal uint Total;

    // In the order of MemoryCategory, then all of them.
    internal MemoryUse Runtime;
    internal MemoryUse Module;
    internal MemoryUse Instance;
    internal MemoryUse ExecEnv;
    internal MemoryUse All;

    /// <summary>Test hook: the n-th allocation from now fails, 0 = none. A <see cref="Realloc"/> beyond the block counts as one.</summary>
    internal uint FailAfter;

    /// <summary>Test hook: once <see cref="FailAfter"/> has struck, every later allocation fails too.</summary>
    internal bool FailForever;

    internal bool IsPool;
    internal bool RedZones;

    /// <summary><see cref="WasmError.HeapCorrupted"/> once damage was met.</summary>
    internal WasmError State;

    /// <summary>Takes everything from a pool, one region to begin with.</summary>
    /// <param name="a">Memory for the allocator itself; the caller's, for as long as the pool is used.</param>
    /// <param name="pool">Any alignment. Belongs to the allocator until <see cref="Destroy"/>.</param>
    /// <param name="size">Bytes of the pool. Of a region above 1 GB the rest is not used.</param>
    /// <param name="hooks">For the lock; null for none.</param>
    /// <param name="redZones">
    /// Guard bytes around each block, checked by free, realloc and <see cref="Check"/>: 12 bytes a block and rounding.
    /// </param>
    /// <param name="error">Where failures are described; must outlive the allocator.</param>
    /// <returns><see cref="WasmError.PoolTooSmall"/> where no block fits.</returns>
    internal static WasmError InitPool(Allocator* a, void* pool, uint size, MemoryHooks* hooks, bool redZones, ErrorInfo* error)
    {
        InitEmbedder(a, hooks, redZones, error);
        a->IsPool = true;
        return AddRegion(a, pool, size);
    }

    /// <summary>
    /// Takes everything from the embedder's (or the system's) malloc, realloc and free. 8 bytes a block are the allocator's.
    /// </summary>
    internal static WasmError InitEmbedder(Allocator* a, MemoryHooks* hooks, bool redZones, ErrorInfo* error)
    {
        *a = default;
        a->Error = error;
        a->Hooks = hooks;
        a->RedZones = redZones;
        return WasmError.None;
    }

    /// <summary>Adds a region to a pool. Earlier regions are asked first; no block spans two.</summary>
    internal static WasmError AddRegion(Allocator* a, void* region, uint size)
    {
        Enter(a);
        WasmError error = PoolRegions.AddRegion(a, (byte*)region, size);
        Leave(a);
        return error;
    }

    /// <summary>
    /// Forgets all blocks and regions: a pool is the caller's again. Blocks of an embedder's heap that were not freed stay allocated there.
    /// </summary>
    internal static void Destroy(Allocator* a) => *a = default;

    /// <summary>
    /// A block of at least <paramref name="size"/> bytes, 8-aligned, with any contents. Null and <see cref="Error"/> on failure.
    /// 0 bytes are a block too.
    /// </summary>
    internal static void* Alloc(Allocator* a, uint size, MemoryCategory category) => AllocAligned(a, size, 8, category);

    /// <summary>As <see cref="Alloc"/>, all zero.</summary>
    internal static void* AllocZeroed(Allocator* a, uint size, MemoryCategory category)
    {
        void* p = AllocAligned(a, size, 8, category);
        if (p != null) Raw.Fill((byte*)p, 0, size);
        return p;
    }

    /// <summary>
    /// As <see cref="Alloc"/>, at a multiple of <paramref name="alignment"/>: a power of two, in an embedder's heap 1 MB at most.
    /// </summary>
    internal static void* AllocAligned(Allocator* a, uint size, uint alignment, MemoryCategory category) =>
        AllocLocked(a, size, alignment, false, category);

    /// <summary>
    /// As <see cref="Alloc"/>, of a block that is soon freed: a pool allocates it at the end of its free memory. So blocks that come after
    /// it and stay leave no hole.
    /// </summary>
    internal static void* AllocTransient(Allocator* a, uint size, MemoryCategory category) => AllocLocked(a, size, 8, true, category);

    private static void* AllocLocked(Allocator* a, uint size, uint alignment, bool atEnd, MemoryCategory category)
    {
        Enter(a);
        void* p = Injected(a) ? Fail(a, WasmError.OutOfMemory, size) : AllocCounted(a, size, alignment, atEnd, category);
        Leave(a);
        return p;
    }

    /// <summary>
    /// Makes a block larger or smaller: in place where possible, else moved (then 8-aligned, whatever it was). Contents are kept up to the
    /// smaller size, what is new has any contents. Null and <see cref="Error"/> on failure, and <paramref name="p"/> stays valid as it was.
    /// Making it smaller never fails. <paramref name="p"/> is a live block, not null.
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
    /// Frees a block; null is allowed. A pointer that is no live block is refused, and named in <see cref="Error"/> too:
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

    /// <summary>Walks the whole pool. <see cref="WasmError.HeapCorrupted"/> where a header, a link, a red zone or a sum is wrong.</summary>
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
