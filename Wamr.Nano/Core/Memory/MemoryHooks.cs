// SPDX-License-Identifier: MIT
// What the embedder can provide to the allocator: its own heap, and a lock.
namespace Wamr.Nano.Core.Memory;

/// <summary>
/// The embedder's own heap, or a lock. The struct must outlive the runtime, which only reads it. Each function gets <see cref="Data"/>
/// first. A pool without a lock needs no hooks at all.
/// </summary>
internal unsafe struct MemoryHooks
{
    /// <summary>Gives a block, or null. A block that is not 8-aligned is given back, and counts as null. Not used by a pool.</summary>
    internal delegate*<void*, uint, void*> Allocate;

    /// <summary>
    /// Makes a block larger or smaller, moves it if need be, and keeps it 8-aligned; or gives null and leaves it alone. Without this
    /// function, blocks are copied. Not used by a pool.
    /// </summary>
    internal delegate*<void*, void*, uint, void*> Reallocate;

    /// <summary>Takes a block back. Not used by a pool.</summary>
    internal delegate*<void*, void*, void> Release;

    /// <summary>
    /// Called before each operation of the allocator, so that other threads may use the same memory. Null: no lock. Need not be
    /// recursive.
    /// </summary>
    internal delegate*<void*, void> Lock;

    /// <summary>Called after each operation; null if and only if <see cref="Lock"/> is.</summary>
    internal delegate*<void*, void> Unlock;

    /// <summary>For the embedder's own use; passed to each function.</summary>
    internal void* Data;
}
