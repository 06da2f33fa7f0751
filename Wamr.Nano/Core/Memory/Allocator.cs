// SPDX-License-Identifier: MIT
// The allocator of a runtime: every byte the core takes comes from here, out of a pool of regions or out of the embedder's heap.
namespace Wamr.Nano.Core;

/// <summary>
/// One per runtime. Not movable once initialised. After <see cref="WasmError.HeapCorrupted"/> every call fails with that code:
/// a damaged heap is never followed.
/// </summary>
internal unsafe struct Allocator
{
    /// <summary>Where a failure is described; never null.</summary>
    internal ErrorInfo* Error;

    /// <summary>The embedder's functions; null for a pool without a lock.</summary>
    internal MemoryHooks* Hooks;

    /// <summary>Test hook: the n-th allocation from now fails, 0 = none. Growing by <see cref="Realloc"/> counts as an allocation.</summary>
    internal uint FailAfter;

    /// <summary>Test hook: once <see cref="FailAfter"/> has struck, every later allocation fails too.</summary>
    internal bool FailForever;

    /// <summary>Takes everything from a pool, one region to begin with.</summary>
    /// <param name="a">Memory for the allocator itself; the caller's, for as long as the pool is used.</param>
    /// <param name="pool">Any alignment. Belongs to the allocator until <see cref="Destroy"/>.</param>
    /// <param name="size">Bytes of the pool, below 1 GB.</param>
    /// <param name="hooks">For the lock; null for none.</param>
    /// <param name="redZones">Guard bytes around each block, checked by free, realloc and <see cref="Check"/>: 12 bytes a block and more.</param>
    /// <param name="error">Where failures are described; must outlive the allocator.</param>
    /// <returns><see cref="WasmError.PoolTooSmall"/> where no block fits.</returns>
    internal static WasmError InitPool(Allocator* a, void* pool, uint size, MemoryHooks* hooks, bool redZones, ErrorInfo* error)
    {
        *a = default;
        a->Error = error;
        a->Hooks = hooks;
        return AddRegion(a, pool, size);
    }

    /// <summary>Takes everything from the embedder's (or the system's) malloc, realloc and free.</summary>
    internal static WasmError InitEmbedder(Allocator* a, MemoryHooks* hooks, bool redZones, ErrorInfo* error)
    {
        *a = default;
        a->Error = error;
        a->Hooks = hooks;
        return WasmError.None;
    }

    /// <summary>Adds a region to a pool. Earlier regions are asked first.</summary>
    internal static WasmError AddRegion(Allocator* a, void* region, uint size) => WasmError.PoolTooSmall;

    /// <summary>Forgets all blocks and regions. The pool is the caller's again.</summary>
    internal static void Destroy(Allocator* a) => *a = default;

    /// <summary>A block of at least <paramref name="size"/> bytes, 8-aligned, with any contents; null and <see cref="Error"/> on failure. 0 bytes are a block too.</summary>
    internal static void* Alloc(Allocator* a, uint size, MemoryCategory category) => null;

    /// <summary>As <see cref="Alloc"/>, all zero.</summary>
    internal static void* AllocZeroed(Allocator* a, uint size, MemoryCategory category) => null;

    /// <summary>As <see cref="Alloc"/>, at a multiple of <paramref name="alignment"/>, a power of two.</summary>
    internal static void* AllocAligned(Allocator* a, uint size, uint alignment, MemoryCategory category) => null;

    /// <summary>
    /// Makes a block larger or smaller: in place where possible, else moved (then 8-aligned, whatever it was). Contents are kept up to the
    /// smaller size, what is new has any contents. Null and <see cref="Error"/> on failure, and <paramref name="p"/> stays valid as it was.
    /// Making it smaller never fails.
    /// </summary>
    internal static void* Realloc(Allocator* a, void* p, uint size) => null;

    /// <summary>Gives a block back; null is allowed. A pointer that is no live block is refused and reported in <see cref="Error"/>.</summary>
    internal static WasmError Free(Allocator* a, void* p) => WasmError.None;

    /// <summary>Walks the whole pool. <see cref="WasmError.HeapCorrupted"/> where a header, link or red zone is damaged.</summary>
    internal static WasmError Check(Allocator* a) => WasmError.None;

    /// <summary>Fills in <paramref name="s"/>.</summary>
    internal static void Statistics(Allocator* a, MemoryStatistics* s) => *s = default;
}
