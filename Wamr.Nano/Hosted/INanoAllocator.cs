// SPDX-License-Identifier: MIT
// The embedder's allocator: where a runtime without a pool takes its memory.
namespace Wamr.Nano;

/// <summary>
/// Provides memory to a runtime, block by block, instead of a pool: see <see cref="NanoRuntimeOptions.Allocator"/>. The runtime calls it on
/// the thread that uses the runtime. It frees every block before <see cref="NanoRuntime.Dispose"/> returns. An exception from it counts as
/// out of memory (WN2001).
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
    /// <summary>Allocates a block.</summary>
    /// <param name="bytes">Size in bytes; at least 1.</param>
    /// <returns>The address, a multiple of 8; null if there is no memory.</returns>
    void* Allocate(uint bytes);

    /// <summary>Makes a block larger or smaller, and moves it if necessary. The contents stay the same, up to the smaller size.</summary>
    /// <param name="block">A block from this allocator.</param>
    /// <param name="bytes">New size in bytes; at least 1.</param>
    /// <returns>The new address, a multiple of 8; null if there is no memory, and then the block is unchanged.</returns>
    void* Reallocate(void* block, uint bytes);

    /// <summary>Frees a block.</summary>
    /// <param name="block">A block from this allocator.</param>
    void Free(void* block);
}
