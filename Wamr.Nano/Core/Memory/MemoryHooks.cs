// SPDX-License-Identifier: MIT
// What the embedder may supply to the allocator: its own heap, and a lock.
namespace Wamr.Nano.Core.Memory;

/// <summary>
/// Functions of the embedder. The struct must outlive the allocator that was given it; the core only reads it.
/// Each function gets <see cref="Data"/> first. A pool without a lock needs no hooks at all.
/// </summary>
internal unsafe struct MemoryHooks
{
    /// <summary>Allocates (data, size) bytes, 8-aligned, or null. Not used by a pool.</summary>
    internal delegate*<void*, uint, void*> Alloc;

    /// <summary>
    /// Makes (data, block, size) larger or smaller, moving it if need be, or gives null and leaves it alone. Not used by a pool.
    /// </summary>
    internal delegate*<void*, void*, uint, void*> Realloc;

    /// <summary>Frees (data, block). Not used by a pool.</summary>
    internal delegate*<void*, void*, void> Free;

    /// <summary>
    /// Called before each operation, so that several threads may share the allocator; null for none. Need not be recursive.
    /// </summary>
    internal delegate*<void*, void> Lock;

    /// <summary>Called after each operation; set if and only if <see cref="Lock"/> is.</summary>
    internal delegate*<void*, void> Unlock;

    /// <summary>The embedder's own, handed to each function.</summary>
    internal void* Data;
}
