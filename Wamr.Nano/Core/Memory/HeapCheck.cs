// SPDX-License-Identifier: MIT
// What may be believed of a region: range and type checks of blocks and links, the walk over all of it, and the poison.
namespace Wamr.Nano.Core.Memory;

internal unsafe partial struct Heap
{
    /// <summary>
    /// Whether <paramref name="p"/> is a live block: None, <see cref="WasmError.BadAlignment"/>, <see cref="WasmError.ForeignPointer"/>,
    /// <see cref="WasmError.DoubleFree"/> (it points into free memory) or <see cref="WasmError.HeapCorrupted"/>.
    /// </summary>
    internal static WasmError Verify(Heap* h, void* p)
    {
        if (h->Error != WasmError.None) return h->Error;
        return Owns(h, p) && SizeOf(h, OffsetOf(h, p), UsedBit) != 0 ? WasmError.None : Identify(h, p);
    }

    /// <summary>Whether the address lies in the region's blocks.</summary>
    internal static bool Owns(Heap* h, void* p) => (nuint)p - (nuint)h->Base - FirstBlock < h->End - FirstBlock;

    /// <summary>
    /// Why <paramref name="p"/> is no sound live block: walks to the block that holds the address. If it is one after all, it is damaged.
    /// </summary>
    internal static WasmError Identify(Heap* h, void* p)
    {
        if (!Owns(h, p)) return WasmError.ForeignPointer;
        uint target = OffsetOf(h, p);
        if ((target & 7) != FirstBlock) return WasmError.BadAlignment;
        uint size;
        for (uint offset = FirstBlock; offset <= target; offset += size)
        {
            uint header = *At(h, offset);
            size = header >> 4 << 3;
            if (size < MinBlock || size > h->End - offset) break;
            if (target - offset >= size) continue;
            if ((header & UsedBit) == 0) return WasmError.DoubleFree;
            if (target != offset) return WasmError.ForeignPointer;
        }
        return Poison(h);
    }

    /// <summary>Walks every block and every bin; poisons the heap where anything is not as it should be.</summary>
    internal static WasmError Check(Heap* h)
    {
        if (h->Error != WasmError.None) return h->Error;
        uint free = 0, previousUsed = PreviousUsedBit;
        for (uint offset = FirstBlock; offset != h->End;)
        {
            uint header = *At(h, offset);
            uint used = header & UsedBit;
            uint size = SizeOf(h, offset, used);
            if (size == 0 || (header & PreviousUsedBit) != previousUsed) return Poison(h);
            previousUsed = used * PreviousUsedBit;
            free += 1 - used;
            offset += size;
        }
        if (*At(h, h->End) != (UsedBit | previousUsed)) return Poison(h);
        for (uint* bin = Bins(h), end = bin + h->BinCount; bin != end; bin++)
        {
            uint previous = 0;
            for (uint offset = *bin; offset != 0; offset = At(h, offset)[1])
            {
                if (!IsListed(h, offset, previous)) return h->Error;
                if (SizeOf(h, offset, 0) == 0 || BinOf(h, SizeOf(At(h, offset) + 1)) != bin) return Poison(h);
                previous = offset;
                free--;
            }
        }
        return free == 0 ? WasmError.None : Poison(h);
    }

    /// <summary>The used block after <paramref name="p"/>, or the first one after null; null at the end. For a heap just checked.</summary>
    internal static void* NextUsed(Heap* h, void* p)
    {
        uint offset = p == null ? FirstBlock : OffsetOf(h, p) + SizeOf(p);
        if ((*At(h, offset) & UsedBit) == 0) offset += *At(h, offset) >> 4 << 3;
        return offset == h->End ? null : At(h, offset) + 1;
    }

    /// <summary>
    /// Size of the block at an offset, whatever offset that is, or 0 where it is none of that kind (<see cref="UsedBit"/> or 0 for free):
    /// it must lie in the region and agree with the block behind it, a free one with the one before it and with its own end, too.
    /// </summary>
    private static uint SizeOf(Heap* h, uint offset, uint kind)
    {
        if ((offset & 7) != FirstBlock || offset >= h->End) return 0;
        uint header = *At(h, offset);
        uint size = header >> 4 << 3;
        if ((header & UsedBit) != kind || size < MinBlock || size > h->End - offset) return 0;
        uint* behind = At(h, offset + size);
        if ((*behind & PreviousUsedBit) != kind * PreviousUsedBit) return 0;
        return kind == UsedBit || header == (size << 1 | PreviousUsedBit) && behind[-1] == size ? size : 0;
    }

    /// <summary>
    /// Whether a link may be followed: it leads to a header in the region, with room for links behind it, that says free.
    /// </summary>
    private static bool IsFree(Heap* h, uint offset) =>
        (offset & 7) == FirstBlock && offset <= h->End - MinBlock && (*At(h, offset) & FlagMask) == PreviousUsedBit;

    /// <summary>
    /// A free block that names <paramref name="previous"/> as the one before it, else poison. As no block can name two, a list walked
    /// under this test has an end, whatever was written into it. Its size is tested when it is taken (<see cref="Remove"/>).
    /// </summary>
    private static bool IsListed(Heap* h, uint offset, uint previous)
    {
        if (IsFree(h, offset) && At(h, offset)[2] == previous) return true;
        Poison(h);
        return false;
    }

    private static WasmError Poison(Heap* h) => h->Error = WasmError.HeapCorrupted;
}
