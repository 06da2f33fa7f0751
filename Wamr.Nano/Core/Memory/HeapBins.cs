// SPDX-License-Identifier: MIT
// Free blocks in bins by size: one bin per size up to 120 bytes, then two bins per doubling; the last bin has all larger blocks.
using System.Numerics;

namespace Wamr.Nano.Core.Memory;

/// <summary>
/// Why only bins, and no tree of large blocks: the smallest block of a bin that fits is the smallest of the heap that fits. So searching
/// one or two short lists gives the best fit, as a tree would. It needs two links per block instead of five, and no code to maintain a
/// tree. The number of bins depends on the size of the region (3 to 31): in a pool of 600 bytes, more bins would cost more than searching
/// the few free blocks.
/// </summary>
internal unsafe partial struct Heap
{
    private const uint ExactUnits = 16;

    /// <summary>
    /// How many blocks of a bin are still examined after one fits. This limits the time of an allocation if a bin is long.
    /// </summary>
    private const uint SearchLimit = 32;

    private static uint* Bins(Heap* h) => (uint*)(h + 1);

    private static uint BinsFor(uint size)
    {
        uint bins = size >> 9 | 1; // odd, so that the control structure ends where a header may begin
        return bins < 3 ? 3 : bins > 31 ? 31 : bins;
    }

    private static uint* BinOf(Heap* h, uint size)
    {
        uint units = size >> 3;
        uint bin = units - 2;
        if (units >= ExactUnits)
        {
            int octave = 31 - BitOperations.LeadingZeroCount(units);
            bin = (uint)octave * 2 + (units >> (octave - 1) & 1) + 6; // 16 units: 14
        }
        return Bins(h) + (bin < h->BinCount ? bin : h->BinCount - 1u);
    }

    /// <summary>Makes a free block of bytes between used blocks, and puts it first into its bin.</summary>
    private static void Insert(Heap* h, uint offset, uint size)
    {
        uint* block = At(h, offset);
        uint* bin = BinOf(h, size);
        block[0] = size << 1 | PreviousUsedBit;
        block[1] = *bin;
        block[2] = 0;
        *At(h, offset + size - sizeof(uint)) = size;
        *At(h, offset + size) &= ~PreviousUsedBit;
        if (*bin != 0) At(h, *bin)[2] = offset;
        *bin = offset;
    }

    /// <summary>
    /// Removes a free block from its bin. Returns its size. If the block or one of its links is damaged, poisons the heap and returns 0.
    /// </summary>
    private static uint Remove(Heap* h, uint offset)
    {
        uint size = SizeOf(h, offset, 0);
        uint* block = At(h, offset);
        if (size != 0)
        {
            uint next = block[1], previous = block[2];
            uint* link = previous == 0 ? BinOf(h, size) : IsFree(h, previous) ? At(h, previous) + 1 : block;
            if (*link == offset && (next == 0 || IsListed(h, next, offset)))
            {
                *link = next;
                if (next != 0) At(h, next)[2] = previous;
                return size;
            }
        }
        Poison(h);
        return 0;
    }

    /// <summary>Offset of the smallest free block for <paramref name="need"/> bytes at this alignment, or 0.</summary>
    private static uint Find(Heap* h, uint need, uint alignment, uint lead)
    {
        uint best = 0, bestSize = 0xFFFFFFFF;
        for (uint* bin = BinOf(h, need), end = Bins(h) + h->BinCount; best == 0 && bin != end; bin++)
        {
            uint previous = 0;
            uint steps = 0;
            for (uint offset = *bin; offset != 0; offset = At(h, offset)[1])
            {
                if (!IsListed(h, offset, previous)) return 0;
                previous = offset;
                uint size = *At(h, offset) >> 4 << 3;
                if (size < bestSize && size >= need + Gap(h, offset, alignment, lead))
                {
                    best = offset;
                    bestSize = size;
                }
                if (best != 0 && (bestSize == need || ++steps == SearchLimit)) return best;
            }
        }
        return best;
    }

    /// <summary>The number of bytes to leave free at the front of a block to align its payload: none, or enough for a block.</summary>
    private static uint Gap(Heap* h, uint offset, uint alignment, uint lead)
    {
        if (alignment <= 8) return 0;
        uint gap = (0 - (uint)(nuint)(At(h, offset) + 1) - lead) & (alignment - 1);
        return gap == 8 ? gap + alignment : gap;
    }

    /// <summary>The largest payload that <see cref="Alloc"/> could allocate, in bytes. It is found bit by bit.</summary>
    internal static uint LargestFree(Heap* h)
    {
        uint size = 0;
        for (uint bit = (MaxBlock + 8) / 2; bit >= 8 && h->Error == WasmError.None; bit >>= 1)
            if (size + bit < h->End && Find(h, size + bit, 8, 0) != 0) size += bit;
        return size == 0 ? 0 : size - sizeof(uint);
    }
}
