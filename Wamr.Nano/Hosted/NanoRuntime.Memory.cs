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
    /// <summary>The host's blocks, which go with the runtime.</summary>
    private readonly HashSet<nint> _blocks = [];

    /// <summary>
    /// Adds a region to the pool. Regions are asked for memory in the order in which they were added, and no block lies in two of them.
    /// </summary>
    /// <param name="bytes">Bytes of the region, which this call allocates outside of the others.</param>
    /// <exception cref="WasmException">It is too small for what manages it, about 100 bytes.</exception>
    /// <exception cref="InvalidOperationException">The runtime has no pool.</exception>
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

    /// <summary>As <see cref="AddRegion(uint)"/>, of memory of the caller's.</summary>
    /// <param name="region">Any alignment; must stay valid and in place until the runtime is disposed.</param>
    /// <param name="bytes">Bytes of the region; of more than 1 GB the rest is not used.</param>
    /// <exception cref="WasmException">It is too small for what manages it, about 100 bytes.</exception>
    /// <exception cref="InvalidOperationException">The runtime has no pool.</exception>
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
    /// Gives the host a block of the runtime's memory, 8-aligned and of undefined contents. It counts among
    /// <see cref="NanoMemoryStatistics.Runtime"/> and lives until <see cref="Free"/>, or until the runtime is disposed.
    /// </summary>
    /// <param name="bytes">Its size; 0 gives a block, too.</param>
    /// <returns>Its address, never null.</returns>
    /// <exception cref="WasmException">There is no memory.</exception>
    /// <example>
    /// <code>
    /// byte* frame = (byte*)runtime.Alloc(1024);
    /// frame = (byte*)runtime.Realloc(frame, 2048);
    /// runtime.Free(frame);
    /// </code>
    /// </example>
    public void* Alloc(uint bytes) => AlignedAlloc(bytes, 8);

    /// <summary>As <see cref="Alloc"/>, all zero.</summary>
    /// <param name="bytes">Its size.</param>
    /// <exception cref="WasmException">There is no memory.</exception>
    public void* AllocZeroed(uint bytes)
    {
        void* block = Alloc(bytes);
        Raw.Fill((byte*)block, 0, bytes);
        return block;
    }

    /// <summary>As <see cref="Alloc"/>, at a multiple of <paramref name="alignment"/>.</summary>
    /// <param name="bytes">Its size.</param>
    /// <param name="alignment">A power of two; without a pool 1 MB at most.</param>
    /// <exception cref="WasmException">There is no memory, or the alignment is none.</exception>
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

    /// <summary>Makes a block larger or smaller, and moves it if need be. Its contents stay, up to the smaller size.</summary>
    /// <param name="block">A block of <see cref="Alloc"/> and its kin, which is not valid afterwards; null: a new one.</param>
    /// <param name="bytes">Its new size.</param>
    /// <returns>Its address from now on, 8-aligned whatever it was before.</returns>
    /// <exception cref="WasmException">There is no memory, and the block is as it was; or it is no block, or a damaged one.</exception>
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

    /// <summary>Gives a block back.</summary>
    /// <param name="block">A block of <see cref="Alloc"/> and its kin; null is allowed.</param>
    /// <exception cref="WasmException">It is no block of the host's, was given back before, or is damaged.</exception>
    public void Free(void* block)
    {
        if (block == null) return;
        CheckBlock(block);
        Check(Core.Memory.Allocator.Free(&Pointer->Allocator, block));
        _blocks.Remove((nint)block);
    }

    /// <summary>Walks the whole pool and checks every block.</summary>
    /// <exception cref="WasmException">A block's header, link or guard bytes were overwritten.</exception>
    public void CheckMemory() => Check(Core.Memory.Allocator.Check(&Pointer->Allocator));

    /// <summary>The core would take any block of the pool, an app's memory among them.</summary>
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
