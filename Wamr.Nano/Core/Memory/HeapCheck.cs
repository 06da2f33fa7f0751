// SPDX-License-Identifier: MIT
// What may be believed of a region: range and type checks of blocks and links, the walk over all of it, and the poison.
namespace Wamr.Nano.Core;

internal unsafe partial struct Heap
{
    /// <summary>
    /// Whether <paramref name="p"/> is a live block: None, <see cref="WasmError.BadAlignment"/>, <see cref="WasmError.ForeignPointer"/>,
    /// <see cref="WasmError.DoubleFree"/> (it points into free memory) or <see cref="WasmError.HeapCorrupted"/>.
    /// </summary>
    internal static WasmError Verify(Heap* h, void* p)
    {
        if (h->Error != WasmError.None) return h->Error;
        return Owns(h, p) && IsUsed(h, OffsetOf(h, p)) ? WasmError.None : Identify(h, p);
    }

    /// <summary>Whether the address lies in the region's blocks.</summary>
    internal static bool Owns(Heap* h, void* p) => (nuint)p - (nuint)h->Base - FirstBlock < h->End - FirstBlock;

    /// <summary>As <see cref="Verify"/>, certain rather than quick: walks from the first block to the one that holds the address.</summary>
    internal static WasmError Identify(Heap* h, void* p)
    {
        if (!Owns(h, p)) return WasmError.ForeignPointer;
        uint target = OffsetOf(h, p);
        if ((target & 7) != FirstBlock) return WasmError.BadAlignment;
        uint size;
        for (uint offset = FirstBlock; offset < h->End; offset += size)
        {
            size = *At(h, offset) & SizeMask;
            bool used = IsUsed(h, offset);
            if (!used && !IsFree(h, offset)) break;
            if (target - offset < size) return !used ? WasmError.DoubleFree : target == offset ? WasmError.None : WasmError.ForeignPointer;
        }
        return Poison(h);
    }

    /// <summary>Walks every block and every bin; poisons the heap where anything is not as it should be.</summary>
    internal static WasmError Check(Heap* h)
    {
        if (h->Error != WasmError.None) return h->Error;
        uint used = 0, free = 0, previousUsed = PreviousUsedBit;
        for (uint offset = FirstBlock; offset != h->End;)
        {
            uint header = *At(h, offset);
            if ((header & PreviousUsedBit) != previousUsed) return Poison(h);
            if (IsUsed(h, offset)) used += header & SizeMask;
            else if (IsFree(h, offset)) free++;
            else return Poison(h);
            previousUsed = (header & UsedBit) * PreviousUsedBit;
            offset += header & SizeMask;
        }
        if (used != h->Used || *At(h, h->End) != (UsedBit | previousUsed)) return Poison(h);
        for (uint* bin = Bins(h), end = bin + h->BinCount; bin != end; bin++)
        {
            uint previous = 0;
            for (uint offset = *bin; offset != 0; offset = At(h, offset)[1])
            {
                if (!IsListed(h, offset, previous)) return h->Error;
                if (BinOf(h, *At(h, offset) & SizeMask) != bin) return Poison(h);
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
        if ((*At(h, offset) & UsedBit) == 0) offset += *At(h, offset) & SizeMask;
        return offset == h->End ? null : At(h, offset) + 1;
    }

    /// <summary>A used block, as far as its header and its neighbour's tell. Any offset may be asked about.</summary>
    private static bool IsUsed(Heap* h, uint offset)
    {
        if ((offset & 7) != FirstBlock || offset >= h->End) return false;
        uint header = *At(h, offset);
        uint size = header & SizeMask;
        return (header & (UsedBit | 4)) == UsedBit && size >= MinBlock && size <= h->End - offset && size <= h->Used
            && (*At(h, offset + size) & PreviousUsedBit) != 0;
    }

    /// <summary>A free block with its size at both ends, behind a used one. Any offset may be asked about.</summary>
    private static bool IsFree(Heap* h, uint offset)
    {
        if ((offset & 7) != FirstBlock || offset >= h->End) return false;
        uint header = *At(h, offset);
        uint size = header & SizeMask;
        return header == (size | PreviousUsedBit) && size >= MinBlock && size <= h->End - offset
            && *At(h, offset + size - sizeof(uint)) == size && (*At(h, offset + size) & PreviousUsedBit) == 0;
    }

    /// <summary>
    /// A free block that names <paramref name="previous"/> as the one before it, else poison. As no block can name two, a list walked
    /// under this test has an end, whatever was written into it.
    /// </summary>
    private static bool IsListed(Heap* h, uint offset, uint previous)
    {
        if (IsFree(h, offset) && At(h, offset)[2] == previous) return true;
        Poison(h);
        return false;
    }

    private static WasmError Poison(Heap* h) => h->Error = WasmError.HeapCorrupted;

    private static uint Poisoned(Heap* h)
    {
        Poison(h);
        return 0;
    }
}
