// SPDX-License-Identifier: MIT
// The heap over one region: a region of the pool, or the app heap inside linear memory. Layout, allocate, free, resize.
using Wamr.Nano.Core.Platform;

namespace Wamr.Nano.Core.Memory;

/// <summary>
/// Control structure of a heap; its bin heads follow it directly (<see cref="ControlSize"/> bytes in all). It lies where the heap's users
/// cannot write. The region itself may be writable by an app, so nothing read from the region is trusted. Links are byte offsets from
/// <see cref="Base"/>, so the region may move (set <see cref="Base"/> to its new, 8-aligned place). <code> offset 0 4 End (unused) | header
/// | payload ... | header | payload ... | ... | closing header | header: bit 0 used, bit 1 block before is used, bits 2-3 tag of the owner,
/// bits 4-31 size of the block with its header, in units of 8 free: | header | next of bin | previous of bin | ... | size | </code> The
/// header precedes an 8-aligned payload, so a block costs 4 bytes and rounding. Two free blocks never touch.
/// </summary>
internal unsafe partial struct Heap
{
    /// <summary>The address of offset 0, 8-aligned.</summary>
    internal byte* Base;

    /// <summary>The offset of the closing header: a used block of size 0, which ends the region.</summary>
    internal uint End;

    /// <summary><see cref="WasmError.HeapCorrupted"/> after damage was found. From then on, nothing in the region is followed.</summary>
    internal WasmError Error;

    internal byte BinCount;

    /// <summary>The region to search after this one.</summary>
    internal Heap* Next;

    private const uint UsedBit = 1;
    private const uint PreviousUsedBit = 2;
    private const uint FlagMask = 15;
    private const int TagShift = 2;
    private const uint MaxBlock = 0x3FFFFFF8;
    private const uint FirstBlock = 4;

    /// <summary>The smallest free block: header, two links, and the size at the end.</summary>
    private const uint MinBlock = 16;

    /// <summary>Bytes of the control structure and bins for a region of <paramref name="size"/> bytes.</summary>
    internal static uint ControlSize(uint size) => (uint)sizeof(Heap) + BinsFor(size) * sizeof(uint);

    /// <summary>
    /// Makes <paramref name="size"/> bytes at <paramref name="start"/> (8-aligned) one free block. Uses only the first 1 GB.
    /// </summary>
    /// <returns><see cref="WasmError.BadAlignment"/>, <see cref="WasmError.PoolTooSmall"/>.</returns>
    internal static WasmError Init(Heap* h, byte* start, uint size)
    {
        if (((nuint)start & 7) != 0) return WasmError.BadAlignment;
        if (size > MaxBlock) size = MaxBlock;
        size &= ~7u;
        if (size < FirstBlock + MinBlock + sizeof(uint)) return WasmError.PoolTooSmall;
        *h = default;
        h->Base = start;
        h->End = size - sizeof(uint);
        h->BinCount = (byte)BinsFor(size);
        for (uint i = 0; i < h->BinCount; i++) Bins(h)[i] = 0;
        *At(h, h->End) = UsedBit;
        Insert(h, FirstBlock, h->End - FirstBlock);
        return WasmError.None;
    }

    /// <summary>
    /// Allocates a block of <paramref name="size"/> bytes at a place in a free block. With an alignment of more than 8, the byte
    /// <paramref name="lead"/> of the block is aligned. Returns null if no block fits, or if the heap is poisoned (see
    /// <see cref="Error"/>).
    /// </summary>
    internal static void* Alloc(Heap* h, uint size, Placement place, uint lead, uint tag)
    {
        if (h->Error != WasmError.None) return null;
        uint need = BlockSize(size);
        uint offset = Find(h, need, (uint)place, lead);
        uint have = offset == 0 ? 0 : Remove(h, offset);
        if (have == 0) return null; // none, or poison
        uint flags = UsedBit | PreviousUsedBit | tag << TagShift;
        uint gap = place == Placement.AtEnd ? have - need : Gap(h, offset, (uint)place, lead);
        if (gap >= MinBlock)
        {
            Insert(h, offset, gap);
            flags &= ~PreviousUsedBit;
        }
        else gap = 0;
        *At(h, offset + gap) = flags;
        return Occupy(h, offset + gap, need, have - gap);
    }

    /// <summary>
    /// Frees a block. Returns the result of <see cref="Verify"/>, or <see cref="WasmError.HeapCorrupted"/> if a neighbour is damaged.
    /// </summary>
    internal static WasmError Free(Heap* h, void* p)
    {
        WasmError error = Verify(h, p);
        return error == WasmError.None ? FreeVerified(h, p) : error;
    }

    /// <summary>
    /// Frees the live block <paramref name="p"/> (see <see cref="Verify"/>), and merges it with free blocks on either side.
    /// </summary>
    internal static WasmError FreeVerified(Heap* h, void* p)
    {
        uint offset = OffsetOf(h, p);
        uint header = *At(h, offset);
        uint size = header >> 4 << 3;
        *At(h, offset) = 0; // marks it as unused even if it is merged, so that a second free is detected
        if ((header & PreviousUsedBit) == 0)
        {
            uint before = *At(h, offset - sizeof(uint));
            offset -= before;
            size += before;
            if (Remove(h, offset) != before) return Poison(h);
        }
        Release(h, offset, size);
        return h->Error;
    }

    /// <summary>
    /// Makes the live block <paramref name="p"/> (see <see cref="Verify"/>) larger or smaller in place. Making it smaller always succeeds.
    /// </summary>
    internal static bool Resize(Heap* h, void* p, uint size)
    {
        uint offset = OffsetOf(h, p), have = SizeOf(p), need = BlockSize(size);
        if (need > have)
        {
            uint behind = SizeOf(h, offset + have, 0);
            if (behind == 0 || have + behind < need || Remove(h, offset + have) == 0) return false;
            have += behind;
        }
        return Occupy(h, offset, need, have) != null;
    }

    /// <summary>
    /// Resizes a block, and moves it if necessary. On failure, returns null with the reason in <paramref name="error"/>, and
    /// <paramref name="p"/> is unchanged.
    /// </summary>
    internal static void* Realloc(Heap* h, void* p, uint size, WasmError* error)
    {
        *error = Verify(h, p);
        if (*error != WasmError.None) return null;
        if (Resize(h, p, size)) return p;
        void* moved = Alloc(h, size, Placement.Aligned, 0, TagOf(p));
        *error = h->Error == WasmError.None ? WasmError.OutOfMemory : h->Error;
        if (moved == null) return null;
        Raw.Copy((byte*)moved, (byte*)p, SizeOf(p) - sizeof(uint));
        *error = Free(h, p);
        return *error == WasmError.None ? moved : null;
    }

    /// <summary>Bytes of all blocks, headers included.</summary>
    internal static uint Capacity(Heap* h) => h->End - FirstBlock;

    /// <summary>Bytes of a live block, header included.</summary>
    internal static uint SizeOf(void* p) => ((uint*)p)[-1] >> 4 << 3;

    /// <summary>The tag with which a live block was allocated.</summary>
    internal static uint TagOf(void* p) => ((uint*)p)[-1] >> TagShift & 3;

    private static uint* At(Heap* h, uint offset) => (uint*)(h->Base + offset);

    private static uint OffsetOf(Heap* h, void* p) => (uint)((nuint)p - (nuint)h->Base) - sizeof(uint);

    /// <summary>The size of the block for a payload; if the payload is too large, more than any region has.</summary>
    private static uint BlockSize(uint size)
    {
        if (size < MinBlock - sizeof(uint)) size = MinBlock - sizeof(uint);
        if (size > MaxBlock) size = MaxBlock;
        return (size + sizeof(uint) + 7) & ~7u;
    }

    /// <summary>
    /// Uses the front of <paramref name="have"/> bytes that are in no bin, and frees the rest if it is large enough for a block. The flags
    /// are already set.
    /// </summary>
    private static void* Occupy(Heap* h, uint offset, uint need, uint have)
    {
        if (have - need < MinBlock) need = have;
        uint* block = At(h, offset);
        *block = (*block & FlagMask) | need << 1;
        if (need == have) *At(h, offset + have) |= PreviousUsedBit;
        else Release(h, offset + need, have - need);
        return h->Error == WasmError.None ? block + 1 : null;
    }

    /// <summary>Frees bytes after a used block that are in no bin, together with a free block after them.</summary>
    private static void Release(Heap* h, uint offset, uint size)
    {
        if ((*At(h, offset + size) & UsedBit) == 0)
        {
            uint next = Remove(h, offset + size);
            if (next == 0) return;
            size += next;
        }
        Insert(h, offset, size);
    }
}
