// SPDX-License-Identifier: MIT
// Pool mode: one heap per region, searched in the order in which they were added. A damaged region poisons the whole allocator.
namespace Wamr.Nano.Core.Memory;

/// <summary>The regions of an <see cref="Allocator"/> in pool mode. Each region begins with its control structure.</summary>
internal static unsafe class PoolRegions
{
    internal static WasmError AddRegion(Allocator* a, byte* region, uint size)
    {
        if (!a->IsPool) return WasmError.BadArgument;
        // The aligned control structure, then the heap. The heap's unused first 4 bytes may be the last bytes of the structure.
        Heap* h = (Heap*)(region + ((0 - (uint)(nuint)region) & 7));
        byte* start = (byte*)h + ((Heap.ControlSize(size) + 3) & ~7u);
        uint before = (uint)(start - region);
        WasmError error = size <= before ? WasmError.PoolTooSmall : Heap.Init(h, start, size - before);
        if (error != WasmError.None) return error;
        Heap** last = &a->Regions;
        while (*last != null) last = &(*last)->Next;
        *last = h;
        a->Total += size;
        Allocator.Count(a, (uint)MemoryCategory.Runtime, size - Heap.Capacity(h));
        return WasmError.None;
    }

    internal static byte* Alloc(Allocator* a, uint size, Placement place, uint tag)
    {
        void* block = null;
        for (Heap* h = a->Regions; h != null && block == null && a->State == WasmError.None; h = h->Next)
        {
            block = Heap.Alloc(h, size, place, RedZone.Before(a), tag);
            a->State = h->Error;
        }
        return (byte*)block;
    }

    internal static byte* Resize(Allocator* a, byte* block, uint size) => Heap.Resize(Owner(a, block), block, size) ? block : null;

    internal static WasmError Free(Allocator* a, byte* block) => Heap.FreeVerified(Owner(a, block), block);

    internal static WasmError Verify(Allocator* a, byte* block)
    {
        Heap* h = Owner(a, block);
        return h == null ? WasmError.ForeignPointer : Heap.Verify(h, block);
    }

    internal static WasmError Identify(Allocator* a, byte* block) => Heap.Identify(Owner(a, block), block);

    internal static uint LargestFree(Allocator* a)
    {
        uint largest = 0;
        for (Heap* h = a->Regions; h != null; h = h->Next)
        {
            uint here = Heap.LargestFree(h);
            if (here > largest) largest = here;
            if (h->Error != WasmError.None) a->State = h->Error;
        }
        return largest;
    }

    /// <summary>Whether every region, every red zone and the sums of the categories are correct.</summary>
    internal static bool IsSound(Allocator* a)
    {
        uint* rest = stackalloc uint[4];
        for (int i = 0; i < 4; i++) rest[i] = (&a->Runtime)[i].Used;
        if (a->IsPool) rest[0] -= a->Total;
        for (Heap* h = a->Regions; h != null; h = h->Next)
        {
            if (Heap.Check(h) != WasmError.None) return false;
            rest[0] += Heap.Capacity(h);
            for (byte* block = (byte*)Heap.NextUsed(h, null); block != null; block = (byte*)Heap.NextUsed(h, block))
            {
                if (!RedZone.IsIntact(a, block)) return false;
                rest[Heap.TagOf(block)] -= Heap.SizeOf(block);
            }
        }
        return !a->IsPool || (rest[0] | rest[1] | rest[2] | rest[3]) == 0;
    }

    private static Heap* Owner(Allocator* a, byte* block)
    {
        Heap* h = a->Regions;
        while (h != null && !Heap.Owns(h, block)) h = h->Next;
        return h;
    }
}
