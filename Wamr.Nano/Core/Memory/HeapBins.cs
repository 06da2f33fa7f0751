// SPDX-License-Identifier: MIT
// Free blocks in bins by size: exact to 120 bytes, two bins an octave beyond, the last bin takes all that is larger.
using System.Numerics;

namespace Wamr.Nano.Core.Memory;

/// <summary>
/// Why bins alone, and no tree of large blocks: the smallest fit of a bin is the smallest fit of the heap, so a scan of one or two short
/// lists is best fit as a tree would give it, with two links a block instead of five and no code to keep a tree. The number of bins
/// follows the region (3 to 31), for in a pool of 600 bytes heads would cost more than a scan of the handful of free blocks.
/// </summary>
internal unsafe partial struct Heap
{
    private const uint ExactUnits = 16;

    /// <summary>Blocks looked at in a bin once one fits: bounds the time of an allocation where a bin is long.</summary>
    private const uint SearchLimit = 32;

    private static uint* Bins(Heap* h) => (uint*)(h + 1);

    private static uint BinsFor(uint size)
    {
        uint bins = size >> 9 | 1; // odd: the control structure then ends where a header may begin
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

    /// <summary>Makes a free block of unlisted bytes between used blocks, first in its bin.</summary>
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
    /// Takes a free block out of its bin. Returns its size, or 0 after poisoning: it, or a link at it, is not what it should be.
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

    /// <summary>Bytes to leave free at the front of a block so that its payload is aligned: none, or enough for a block.</summary>
    private static uint Gap(Heap* h, uint offset, uint alignment, uint lead)
    {
        if (alignment <= 8) return 0;
        uint gap = (0 - (uint)(nuint)(At(h, offset) + 1) - lead) & (alignment - 1);
        return gap == 8 ? gap + alignment : gap;
    }

    /// <summary>The largest payload that <see cref="Alloc"/> could give, bytes: bit by bit, what still can be found.</summary>
    internal static uint LargestFree(Heap* h)
    {
        uint size = 0;
        for (uint bit = (MaxBlock + 8) / 2; bit >= 8 && h->Error == WasmError.None; bit >>= 1)
            if (size + bit < h->End && Find(h, size + bit, 8, 0) != 0) size += bit;
        return size == 0 ? 0 : size - sizeof(uint);
    }
}
