// SPDX-License-Identifier: MIT
// The embedder's allocator: where a runtime without a pool takes its memory.
namespace Wamr.Nano;

/// <summary>
/// Memory for a runtime, block by block, in place of a pool: see <see cref="NanoRuntimeOptions.Allocator"/>. The runtime calls it on
/// whichever thread uses the runtime, and gives every block back before <see cref="NanoRuntime.Dispose"/> returns. What it throws counts as
/// having no memory.
/// </summary>
/// <example>
/// <code>
/// sealed unsafe class Counting : INanoAllocator
/// {
///     public long Blocks { get; private set; }
///     public void* Allocate(uint bytes) { Blocks++; return NativeMemory.Alloc(bytes); }
///     public void* Reallocate(void* block, uint bytes) =&gt; NativeMemory.Realloc(block, bytes);
///     public void Free(void* block) { Blocks--; NativeMemory.Free(block); }
/// }
/// </code>
/// </example>
public unsafe interface INanoAllocator
{
    /// <summary>Gives a block.</summary>
    /// <param name="bytes">Its size; at least 1.</param>
    /// <returns>Its address, a multiple of 8; null where there is no memory.</returns>
    void* Allocate(uint bytes);

    /// <summary>Makes a block larger or smaller, and moves it if need be. Its contents stay, up to the smaller size.</summary>
    /// <param name="block">A block of this allocator.</param>
    /// <param name="bytes">Its new size; at least 1.</param>
    /// <returns>Its address from now on, a multiple of 8; null where there is no memory, and the block is as it was.</returns>
    void* Reallocate(void* block, uint bytes);

    /// <summary>Takes a block back.</summary>
    /// <param name="block">A block of this allocator.</param>
    void Free(void* block);
}
