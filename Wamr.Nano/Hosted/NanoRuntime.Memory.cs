// SPDX-License-Identifier: MIT
// The memory a runtime has, and blocks of it for the host's own use.
using System;
using System.Collections.Generic;
using Wamr.Nano.Core;
using Wamr.Nano.Core.Memory;
using Wamr.Nano.Core.Platform;

namespace Wamr.Nano;

public sealed unsafe partial class NanoRuntime
{
    /// <summary>The host's blocks, which are freed with the runtime.</summary>
    private readonly HashSet<nint> _blocks = [];

    /// <summary>
    /// Adds a region to the pool. The runtime allocates from regions in the order in which they were added. A block always lies in one
    /// region.
    /// </summary>
    /// <param name="bytes">Size of the region in bytes. The memory comes from the system, and is freed with the runtime.</param>
    /// <exception cref="WasmException">The region is too small to hold its own control structure, about 100 bytes (WN2003).</exception>
    /// <exception cref="InvalidOperationException">
    /// The runtime has no pool, because its memory comes from the system or from an allocator.
    /// </exception>
    public void AddRegion(uint bytes)
    {
        _ = Pointer;
        byte* region = _handle.Allocate(bytes);
        try
        {
            AddRegion(region, bytes);
        }
        catch
        {
            _handle.Free(region);
            throw;
        }
    }

    /// <summary>Adds a region in memory of the caller, like <see cref="AddRegion(uint)"/>.</summary>
    /// <param name="region">The memory, with any alignment. It must stay valid and in place until the runtime is disposed.</param>
    /// <param name="bytes">Size of the region in bytes. Only the first 1 GB is used.</param>
    /// <exception cref="WasmException">The region is too small to hold its own control structure, about 100 bytes (WN2003).</exception>
    /// <exception cref="InvalidOperationException">
    /// The runtime has no pool, because its memory comes from the system or from an allocator.
    /// </exception>
    public void AddRegion(byte* region, uint bytes)
    {
        ArgumentNullException.ThrowIfNull(region);
        Allocator* allocator = &Pointer->Allocator;
        if (!allocator->IsPool)
            throw new InvalidOperationException(
                "the runtime has no pool: its memory comes from the system or from NanoRuntimeOptions.Allocator");
        WasmError error = Core.Memory.Allocator.AddRegion(allocator, region, bytes);
        if (error != WasmError.None) throw new WasmException(error, NoDetails with { Asked = bytes });
    }

    /// <summary>
    /// Allocates a block of the runtime's memory for the host. Its address is a multiple of 8, and its contents are undefined. It counts as
    /// part of <see cref="NanoMemoryStatistics.Runtime"/>, and is valid until <see cref="Free"/>, or until the runtime is disposed.
    /// </summary>
    /// <param name="bytes">Size in bytes. A size of 0 also returns a block.</param>
    /// <returns>The address, never null.</returns>
    /// <exception cref="WasmException">There is not enough memory (WN2001).</exception>
    /// <example>
    /// <code>
    /// byte* frame = (byte*)runtime.Alloc(1024);
    /// frame = (byte*)runtime.Realloc(frame, 2048);
    /// runtime.Free(frame);
    /// </code>
    /// </example>
    public void* Alloc(uint bytes) => AlignedAlloc(bytes, 8);

    /// <summary>Allocates a block like <see cref="Alloc"/>, and sets its contents to zero.</summary>
    /// <param name="bytes">Size in bytes.</param>
    /// <exception cref="WasmException">There is not enough memory (WN2001).</exception>
    public void* AllocZeroed(uint bytes)
    {
        void* block = Alloc(bytes);
        Raw.Fill((byte*)block, 0, bytes);
        return block;
    }

    /// <summary>Allocates a block like <see cref="Alloc"/>, at a multiple of <paramref name="alignment"/>.</summary>
    /// <param name="bytes">Size in bytes.</param>
    /// <param name="alignment">A power of two. If the runtime has no pool, at most 1 MB.</param>
    /// <exception cref="WasmException">There is not enough memory (WN2001), or the alignment is not a power of two (WN2006).</exception>
    public void* AlignedAlloc(uint bytes, uint alignment)
    {
        // An alignment of 1 means something else to the core.
        void* block =
            Core.Memory.Allocator.AllocAligned(&Pointer->Allocator, bytes, Math.Max(alignment, alignment == 0 ? 0u : 8),
                MemoryCategory.Runtime);
        if (block == null) Check(Pointer->Error.Code);
        _blocks.Add((nint)block);
        return block;
    }

    /// <summary>Makes a block larger or smaller, and moves it if necessary. The contents stay the same, up to the smaller size.</summary>
    /// <param name="block">
    /// A block from <see cref="Alloc"/> or a similar method. Its old address is not valid afterwards. Null allocates a new block.
    /// </param>
    /// <param name="bytes">New size in bytes.</param>
    /// <returns>The new address, a multiple of 8, even if the block had a larger alignment before.</returns>
    /// <exception cref="WasmException">
    /// There is not enough memory (WN2001), and the block is unchanged; or the address is not that of a block (WN2005), or the block is
    /// damaged (WN2002).
    /// </exception>
    public void* Realloc(void* block, uint bytes)
    {
        if (block == null) return Alloc(bytes);
        CheckBlock(block);
        void* moved = Core.Memory.Allocator.Realloc(&Pointer->Allocator, block, bytes);
        if (moved == null) Check(Pointer->Error.Code);
        _blocks.Remove((nint)block);
        _blocks.Add((nint)moved);
        return moved;
    }

    /// <summary>Frees a block.</summary>
    /// <param name="block">A block from <see cref="Alloc"/> or a similar method; null is allowed and does nothing.</param>
    /// <exception cref="WasmException">
    /// The address is not that of a host block, or the block was already freed (WN2005), or it is damaged (WN2002).
    /// </exception>
    public void Free(void* block)
    {
        if (block == null) return;
        CheckBlock(block);
        Check(Core.Memory.Allocator.Free(&Pointer->Allocator, block));
        _blocks.Remove((nint)block);
    }

    /// <summary>Walks the whole pool and checks every block.</summary>
    /// <exception cref="WasmException">The header, links or guard bytes of a block were overwritten (WN2002).</exception>
    public void CheckMemory() => Check(Core.Memory.Allocator.Check(&Pointer->Allocator));

    /// <summary>Refuses blocks that are not the host's: the core would accept any block of the pool, even an app's memory.</summary>
    private void CheckBlock(void* block)
    {
        _ = Pointer;
        if (!_blocks.Contains((nint)block)) throw new WasmException(WasmError.ForeignPointer, NoDetails);
    }

    private void FreeBlocks()
    {
        foreach (nint block in _blocks) Core.Memory.Allocator.Free(&_runtime->Allocator, (void*)block);
        _blocks.Clear();
    }
}
