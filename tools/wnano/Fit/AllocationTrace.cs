// SPDX-License-Identifier: MIT
// Records every allocation of a run, in order. The runtime gets its memory from here instead of a pool.
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Wamr.Nano.Tool.Fit;

/// <summary>What a runtime is doing, in the order of a board's firmware.</summary>
internal enum Phase
{
    Load,
    Register,

    /// <summary>
    /// Making memories, tables and globals for the imports of a module that is only examined. They are not the module's own.
    /// </summary>
    StandIn,
    Instantiate,
    Run,
}

internal enum AllocationKind
{
    Alloc,
    Realloc,
    Free,
}

/// <summary>One operation of the allocator.</summary>
/// <param name="Kind">What was done.</param>
/// <param name="Phase">When.</param>
/// <param name="Block">Number of the block: counted from 0 in the order in which blocks were taken.</param>
/// <param name="Bytes">Its size from now on, as requested.</param>
/// <param name="Transient">Taken from the end of free memory; see <see cref="Allocator.AllocTransient"/>.</param>
internal sealed record Allocation(AllocationKind Kind, Phase Phase, int Block, uint Bytes, bool Transient = false);

internal sealed unsafe class AllocationTrace : IDisposable
{
    /// <summary>Bytes the allocator keeps before each block where the memory is not its own.</summary>
    private const uint Header = 8;

    private readonly List<Allocation> _allocations = [];
    private readonly Dictionary<nint, int> _blocks = [];
    private readonly MemoryHooks* _hooks;
    private int _count;

    internal AllocationTrace()
    {
        _hooks = (MemoryHooks*)NativeMemory.AllocZeroed((nuint)sizeof(MemoryHooks));
        _hooks->Allocate = &Allocate;
        _hooks->Reallocate = &Reallocate;
        _hooks->Release = &Release;
        _hooks->Data = (void*)GCHandle.ToIntPtr(GCHandle.Alloc(this));
    }

    /// <summary>What is noted with each operation from now on.</summary>
    internal Phase Phase { get; set; }

    internal IReadOnlyList<Allocation> Allocations => _allocations;

    /// <summary>To be the hooks of a runtime that has no pool and has not taken anything yet.</summary>
    internal MemoryHooks* Hooks => _hooks;

    /// <summary>Number of a live block by its address in the runtime; -1 of no block.</summary>
    internal int BlockAt(void* address) => _blocks.TryGetValue((nint)address - (int)Header, out int block) ? block : -1;

    public void Dispose()
    {
        GCHandle.FromIntPtr((nint)_hooks->Data).Free();
        NativeMemory.Free(_hooks);
    }

    private static AllocationTrace Of(void* data) => (AllocationTrace)GCHandle.FromIntPtr((nint)data).Target!;

    private static void* Allocate(void* data, uint size)
    {
        AllocationTrace trace = Of(data);
        void* block = NativeMemory.Alloc(size);
        trace._blocks[(nint)block] = trace._count;
        trace._allocations.Add(new(AllocationKind.Alloc, trace.Phase, trace._count++, size - Header));
        return block;
    }

    private static void* Reallocate(void* data, void* block, uint size)
    {
        AllocationTrace trace = Of(data);
        trace._blocks.Remove((nint)block, out int number);
        void* moved = NativeMemory.Realloc(block, size);
        trace._blocks[(nint)moved] = number;
        trace._allocations.Add(new(AllocationKind.Realloc, trace.Phase, number, size - Header));
        return moved;
    }

    private static void Release(void* data, void* block)
    {
        AllocationTrace trace = Of(data);
        trace._blocks.Remove((nint)block, out int number);
        trace._allocations.Add(new(AllocationKind.Free, trace.Phase, number, 0));
        NativeMemory.Free(block);
    }
}
