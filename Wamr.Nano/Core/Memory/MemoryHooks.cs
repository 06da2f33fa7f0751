// SPDX-License-Identifier: MIT
// What the embedder can provide to the allocator: its own heap, and a lock.
namespace Wamr.Nano.Core.Memory;

/// <summary>
/// Functions of the embedder. The struct must outlive the allocator that uses it; the core only reads it. The first argument of each
/// function is <see cref="Data"/>. A pool without a lock needs no hooks.
/// </summary>
internal unsafe struct MemoryHooks
{
    /// <summary>
    /// Allocates a block, or returns null. A block that is not 8-aligned is released, and counts as null. A pool does not use it.
    /// </summary>
    internal delegate*<void*, uint, void*> Allocate;

    /// <summary>
    /// Makes a block larger or smaller, and moves it if necessary, 8-aligned; or returns null and leaves it unchanged. Optional: blocks are
    /// copied. A pool does not use it.
    /// </summary>
    internal delegate*<void*, void*, uint, void*> Reallocate;

    /// <summary>Frees a block. A pool does not use it.</summary>
    internal delegate*<void*, void*, void> Release;

    /// <summary>
    /// Called before each operation, so that several threads can share the allocator; null for no lock. It need not be recursive.
    /// </summary>
    internal delegate*<void*, void> Lock;

    /// <summary>Called after each operation. Set if and only if <see cref="Lock"/> is set.</summary>
    internal delegate*<void*, void> Unlock;

    /// <summary>For the embedder's own use; passed to each function.</summary>
    internal void* Data;
}
