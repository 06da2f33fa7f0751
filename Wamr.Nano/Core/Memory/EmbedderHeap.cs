// SPDX-License-Identifier: MIT
// System and embedder mode: blocks from the embedder's malloc, realloc and free, with 8 bytes before each for the allocator's own data.
namespace Wamr.Nano.Core.Memory;

/// <summary>Blocks of an <see cref="Allocator"/> over <see cref="MemoryHooks"/>.</summary>
internal static unsafe class EmbedderHeap
{
    private struct Header
    {
        /// <summary>The number of bytes after the header.</summary>
        internal uint Usable;

        /// <summary>
        /// Bits 2-3: a tag as in a <see cref="Heap"/>. Bits 4-23: the distance from the start of the embedder's block to ours, in units of
        /// 8 bytes. Bits 24-31: a mark.
        /// </summary>
        internal uint Mark;
    }

    private const uint Live = 0xA5000000;
    private const uint LiveMask = 0xFF000000;
    private const uint MaxAlignment = 1 << 20;

    internal static byte* Alloc(Allocator* a, uint size, uint alignment, uint tag)
    {
        if (alignment < 8) alignment = 8;
        uint total = size + alignment; // header of 8, and alignment - 8 to move by
        if (alignment > MaxAlignment || total < size) return null;
        byte* given = (byte*)a->Hooks->Allocate(a->Hooks->Data, total);
        if (given == null) return null;
        if (((nuint)given & 7) != 0)
        {
            // Our books count in units of 8: rather none than one that is too short.
            a->Hooks->Release(a->Hooks->Data, given);
            return null;
        }
        uint offset = (uint)sizeof(Header);
        offset += (0 - (uint)(nuint)given - offset - RedZone.Before(a)) & (alignment - 1);
        return Mark(given, offset, total, tag);
    }

    /// <summary>Returns null if the embedder refuses or cannot, or if the block has an alignment that its heap would not keep.</summary>
    internal static byte* Resize(Allocator* a, byte* block, uint size)
    {
        uint offset = OffsetOf(block), tag = Heap.TagOf(block);
        uint total = size + offset;
        if (a->Hooks->Reallocate == null || offset != sizeof(Header) || total < size) return null;
        byte* given = (byte*)a->Hooks->Reallocate(a->Hooks->Data, block - offset, total);
        return given == null ? null : Mark(given, offset, total, tag);
    }

    internal static WasmError Free(Allocator* a, byte* block)
    {
        byte* given = block - OffsetOf(block);
        HeaderOf(block)->Mark = 0;
        a->Hooks->Release(a->Hooks->Data, given);
        return WasmError.None;
    }

    /// <summary>
    /// Only the mark before a block identifies it. So a double free is reported as a foreign pointer, if the memory can still be read.
    /// </summary>
    internal static WasmError Verify(byte* block)
    {
        if (((nuint)block & 7) != 0) return WasmError.BadAlignment;
        return (HeaderOf(block)->Mark & LiveMask) == Live ? WasmError.None : WasmError.ForeignPointer;
    }

    internal static uint UsableOf(byte* block) => HeaderOf(block)->Usable;

    internal static uint SizeOf(byte* block) => HeaderOf(block)->Usable + OffsetOf(block);

    private static uint OffsetOf(byte* block) => (HeaderOf(block)->Mark & ~LiveMask) >> 4 << 3;

    private static Header* HeaderOf(byte* block) => (Header*)block - 1;

    private static byte* Mark(byte* given, uint offset, uint total, uint tag)
    {
        Header* header = HeaderOf(given + offset);
        header->Usable = total - offset;
        header->Mark = Live | offset << 1 | tag << 2;
        return given + offset;
    }
}
