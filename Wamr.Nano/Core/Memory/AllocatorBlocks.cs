// SPDX-License-Identifier: MIT
// The allocator's work under its lock: red zones around blocks, counts per category, descriptions of failures.
using Wamr.Nano.Core.Platform;

namespace Wamr.Nano.Core.Memory;

internal unsafe partial struct Allocator
{
    private static void* AllocCounted(Allocator* a, uint size, Placement place, MemoryCategory category)
    {
        uint alignment = (uint)place;
        if (alignment == 0 || (alignment & (alignment - 1)) != 0) return Fail(a, WasmError.BadAlignment, alignment);
        uint raw = size + RedZone.Bytes(a);
        byte* block = raw < size || a->State != WasmError.None ? null
            : UsesPool(a) ? PoolRegions.Alloc(a, raw, place, (uint)category)
            : EmbedderHeap.Alloc(a, raw, alignment, (uint)category);
        if (block == null) return Fail(a, WasmError.OutOfMemory, size);
        Count(a, (uint)category, Footprint(a, block));
        return RedZone.Put(a, block, size);
    }

    /// <summary>Resizes a verified block.</summary>
    private static void* Resize(Allocator* a, byte* p, uint size)
    {
        byte* block = p - RedZone.Before(a);
        uint usable = Usable(a, block), footprint = Footprint(a, block), category = Heap.TagOf(block);
        uint raw = size + RedZone.Bytes(a);
        bool grows = raw < size || raw > usable;
        if (raw < size || grows && Injected(a)) return Fail(a, WasmError.OutOfMemory, size);
        byte* resized = UsesPool(a) ? PoolRegions.Resize(a, block, raw) : EmbedderHeap.Resize(a, block, raw);
        if (resized == null && grows) return Move(a, p, usable - RedZone.Bytes(a), size, category);
        if (resized == null) resized = block; // the embedder's heap refused to make it smaller
        Count(a, category, Footprint(a, resized) - footprint);
        return RedZone.Put(a, resized, size);
    }

    private static void* Move(Allocator* a, byte* p, uint old, uint size, uint category)
    {
        byte* moved = (byte*)AllocCounted(a, size, Placement.Aligned, (MemoryCategory)category);
        if (moved == null) return null;
        Raw.Copy(moved, p, old);
        return FreeCounted(a, p) == WasmError.None ? moved : null;
    }

    private static WasmError FreeCounted(Allocator* a, byte* p)
    {
        byte* block = p - RedZone.Before(a);
        WasmError error = Verify(a, p);
        if (error == WasmError.None)
        {
            Count(a, Heap.TagOf(block), 0 - Footprint(a, block));
            error = UsesPool(a) ? PoolRegions.Free(a, block) : EmbedderHeap.Free(a, block);
        }
        if (error != WasmError.None) Fail(a, error, 0);
        return error;
    }

    /// <summary>Why <paramref name="p"/> is not an intact live block, or None.</summary>
    private static WasmError Verify(Allocator* a, byte* p)
    {
        if (a->State != WasmError.None) return a->State;
        byte* block = p - RedZone.Before(a);
        WasmError error = UsesPool(a) ? PoolRegions.Verify(a, block) : EmbedderHeap.Verify(block);
        if (error != WasmError.None || RedZone.IsIntact(a, block)) return error;
        return UsesPool(a) ? PoolRegions.Identify(a, block) : WasmError.HeapCorrupted;
    }

    private static bool UsesPool(Allocator* a) => !Config.EmbedderHeap || a->IsPool;

    /// <summary>The bytes that a block takes from the heap.</summary>
    private static uint Footprint(Allocator* a, byte* block) => UsesPool(a) ? Heap.SizeOf(block) : EmbedderHeap.SizeOf(block);

    /// <summary>The bytes that the live block at <paramref name="p"/> takes from the heap; 0 for null.</summary>
    internal static uint BytesOf(Allocator* a, void* p) => p == null ? 0 : Footprint(a, (byte*)p - RedZone.Before(a));

    /// <summary>The number of bytes of a block that may be written.</summary>
    internal static uint Usable(Allocator* a, byte* block) =>
        UsesPool(a) ? Heap.SizeOf(block) - sizeof(uint) : EmbedderHeap.UsableOf(block);

    private static uint LargestFree(Allocator* a)
    {
        uint largest = PoolRegions.LargestFree(a), zones = RedZone.Bytes(a);
        return largest > zones ? largest - zones : 0;
    }

    /// <summary>Adds bytes to the count of a category, or subtracts them modulo 2^32.</summary>
    internal static void Count(Allocator* a, uint category, uint bytes)
    {
        Add(&a->Runtime + category, bytes);
        Add(&a->All, bytes);
    }

    private static void Add(MemoryUse* use, uint bytes)
    {
        use->Used += bytes;
        if (use->Used > use->HighWater) use->HighWater = use->Used;
    }

    /// <summary>Whether a test makes this allocation fail.</summary>
    private static bool Injected(Allocator* a)
    {
        if (a->FailAfter == 0 || --a->FailAfter != 0) return false;
        if (a->FailForever) a->FailAfter = 1;
        return true;
    }

    /// <summary>Describes a failure, and returns null. Damage is remembered, and has priority over every other failure.</summary>
    private static void* Fail(Allocator* a, WasmError error, uint asked)
    {
        uint largest = error == WasmError.OutOfMemory ? LargestFree(a) : 0;
        if (error == WasmError.HeapCorrupted) a->State = error;
        if (a->State != WasmError.None) error = a->State;
        a->Error->Code = error;
        a->Error->Offset = ErrorInfo.Unknown;
        a->Error->Index = ErrorInfo.Unknown;
        a->Error->Asked = asked;
        a->Error->Free = a->Total == 0 ? 0 : a->Total - a->All.Used;
        a->Error->Largest = largest;
        return null;
    }
}
