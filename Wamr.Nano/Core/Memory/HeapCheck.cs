// SPDX-License-Identifier: MIT
// Checks of a region: range and kind of blocks and links, the check of the whole region, and poisoning.
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

    /// <summary>Whether the address lies within the blocks of the region.</summary>
    internal static bool Owns(Heap* h, void* p) => (nuint)p - (nuint)h->Base - FirstBlock < h->End - FirstBlock;

    /// <summary>
    /// Why <paramref name="p"/> is not an intact live block: walks to the block that contains the address. If <paramref name="p"/> is the
    /// address of a block, that block is damaged.
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

    /// <summary>Checks every block and every bin, and poisons the heap if anything is wrong.</summary>
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

    /// <summary>
    /// The next used block after <paramref name="p"/>, or the first one for null; null at the end. The heap must just have been checked.
    /// </summary>
    internal static void* NextUsed(Heap* h, void* p)
    {
        uint offset = p == null ? FirstBlock : OffsetOf(h, p) + SizeOf(p);
        if ((*At(h, offset) & UsedBit) == 0) offset += *At(h, offset) >> 4 << 3;
        return offset == h->End ? null : At(h, offset) + 1;
    }

    /// <summary>
    /// The size of the block at any offset, or 0 if there is no block of the given kind (<see cref="UsedBit"/>, or 0 for free). The block
    /// must lie in the region and agree with the next block. A free block must also agree with the previous block, and with the size at its
    /// own end.
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
    /// Whether a link may be followed: it leads to the header of a free block in the region, with room for the block's links.
    /// </summary>
    private static bool IsFree(Heap* h, uint offset) =>
        (offset & 7) == FirstBlock && offset <= h->End - MinBlock && (*At(h, offset) & FlagMask) == PreviousUsedBit;

    /// <summary>
    /// Checks that a free block names <paramref name="previous"/> as its predecessor; otherwise poisons the heap. No block can name two
    /// predecessors, so a list that is walked with this check has an end, whatever was written into it. <see cref="Remove"/> checks the
    /// size.
    /// </summary>
    private static bool IsListed(Heap* h, uint offset, uint previous)
    {
        if (IsFree(h, offset) && At(h, offset)[2] == previous) return true;
        Poison(h);
        return false;
    }

    private static WasmError Poison(Heap* h) => h->Error = WasmError.HeapCorrupted;
}
