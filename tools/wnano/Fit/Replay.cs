// SPDX-License-Identifier: MIT
// The smallest pool in which a sequence of allocations succeeds, found with the core's own allocator.
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Wamr.Nano.Tool.Errors;
using Wamr.Nano.Tool.Printing;

namespace Wamr.Nano.Tool.Fit;

internal static unsafe class Replay
{
    internal const uint Granule = 8;

    /// <summary>Pools somewhat larger than the smallest that are tried as well: none of them may fail.</summary>
    private const uint Margin = 512;

    private const uint MaxPool = 1 << 30;

    /// <summary>Bytes of the smallest pool, the runtime's structure at its start included. Larger ones do too.</summary>
    /// <exception cref="ToolException">Not even 1 GB do.</exception>
    internal static uint SmallestPool(IReadOnlyList<Allocation> allocations, Layout layout)
    {
        uint low = 0, high = 1024;
        for (; !Fits(allocations, layout, [high]); high *= 2)
        {
            if (high == MaxPool) throw new ToolException(ToolError.NoPoolFits, $"{Bytes.Text(MaxPool)} B are not enough");
            low = high;
        }
        while (high - low > Granule)
        {
            uint middle = low + (high - low) / 2 / Granule * Granule;
            if (Fits(allocations, layout, [middle])) high = middle;
            else low = middle;
        }
        uint smallest = high;
        for (uint more = Granule; more <= Margin; more += Granule)
            if (!Fits(allocations, layout, [high + more])) smallest = high + more + Granule;
        return smallest;
    }

    /// <summary>Whether all allocations succeed in a pool of these regions, on a machine of this layout.</summary>
    internal static bool Fits(IReadOnlyList<Allocation> allocations, Layout layout, IReadOnlyList<uint> regions)
    {
        Allocator* allocator = (Allocator*)NativeMemory.AllocZeroed((nuint)sizeof(Allocator));
        ErrorInfo error;
        List<nint> memory = [];
        try
        {
            for (int i = 0; i < regions.Count; i++)
            {
                uint size = i == 0 ? regions[0] - Math.Min(regions[0], layout.Runtime) : regions[i];
                uint here = SizeHere(size, layout);
                if (here == 0) return false;
                byte* region = (byte*)NativeMemory.AlignedAlloc(here, 16);
                memory.Add((nint)region);
                WasmError added = i == 0 ? Allocator.InitPool(allocator, region, here, null, false, &error)
                    : Allocator.AddRegion(allocator, region, here);
                if (added != WasmError.None) return false;
            }
            return Repeat(allocator, allocations);
        }
        finally
        {
            NativeMemory.Free(allocator);
            foreach (nint region in memory) NativeMemory.AlignedFree((void*)region);
        }
    }

    private static bool Repeat(Allocator* a, IReadOnlyList<Allocation> allocations)
    {
        Dictionary<int, nint> blocks = [];
        foreach (Allocation step in allocations)
        {
            void* block = (void*)blocks.GetValueOrDefault(step.Block);
            switch (step.Kind)
            {
                case AllocationKind.Alloc:
                    block = step.Transient ? Allocator.AllocTransient(a, step.Bytes, Core.Memory.MemoryCategory.Module)
                        : Allocator.Alloc(a, step.Bytes, Core.Memory.MemoryCategory.Module);
                    break;
                case AllocationKind.Realloc:
                    block = Allocator.Realloc(a, block, step.Bytes);
                    break;
                default:
                    if (Allocator.Free(a, block) != WasmError.None) return false;
                    blocks.Remove(step.Block);
                    continue;
            }
            if (block == null) return false;
            blocks[step.Block] = (nint)block;
        }
        return true;
    }

    /// <summary>
    /// The size of a region on this machine whose heap is as large as in <paramref name="size"/> bytes there; 0 if there is none.
    /// </summary>
    private static uint SizeHere(uint size, Layout layout)
    {
        uint there = ControlBytes(size, layout.Heap);
        if (size <= there) return 0;
        uint heap = size - there;
        // The control structure has the more bins the larger the region, so it is not the same for all sizes about this one.
        for (uint control = ControlBytes(heap, Layout.Host.Heap), tries = 0; tries < 8; tries++)
        {
            uint needed = ControlBytes(heap + control, Layout.Host.Heap);
            if (needed == control) return heap + control;
            control = needed;
        }
        return heap + ControlBytes(heap, Layout.Host.Heap);
    }

    private static uint ControlBytes(uint size, uint header) => (header + Heap.ControlSize(size) - Layout.Host.Heap + 3) & ~7u;
}
