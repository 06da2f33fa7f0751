// SPDX-License-Identifier: MIT
// The heap read a second time, by code that shares nothing with it: what its blocks are, from the documented layout alone.
using System;
using System.Collections.Generic;
using Xunit;

namespace Wamr.Nano.Tests.TestKit;

/// <summary>One block: address of its payload, bytes with header, owner's tag.</summary>
internal readonly record struct Block(nint Address, uint Size, bool Used, uint Tag);

internal static unsafe class HeapWalk
{
    /// <summary>All blocks in order. Fails the test where the layout does not hold or free neighbours were not merged.</summary>
    internal static void Read(Heap* h, List<Block> blocks)
    {
        bool previousUsed = true;
        uint offset = 4;
        while (offset < h->End)
        {
            uint header = *(uint*)(h->Base + offset);
            uint size = (header & ~15u) >> 1;
            bool used = (header & 1) != 0;
            if (previousUsed != ((header & 2) != 0)) Assert.Fail($"block at {offset} is wrong about the one before it");
            if (!used && !previousUsed) Assert.Fail($"free neighbours at {offset} not merged");
            if (!used && *(uint*)(h->Base + offset + size - 4) != size) Assert.Fail($"free block at {offset} has no size at its end");
            if (size < 16 || size > h->End - offset) Assert.Fail($"block at {offset} has size {size}");
            blocks.Add(new Block((nint)(h->Base + offset + 4), size, used, header >> 2 & 3));
            previousUsed = used;
            offset += size;
        }
        Assert.Equal(h->End, offset);
    }

    internal static List<Block> Read(Heap* h)
    {
        List<Block> blocks = [];
        Read(h, blocks);
        return blocks;
    }

    /// <summary>Bytes in used blocks.</summary>
    internal static uint Used(Heap* h)
    {
        uint used = 0;
        foreach (Block b in Read(h)) used += b.Used ? b.Size : 0;
        return used;
    }

    /// <summary>The largest payload any free block has room for.</summary>
    internal static uint Largest(List<Block> blocks)
    {
        uint largest = 0;
        foreach (Block b in blocks)
            if (!b.Used) largest = Math.Max(largest, b.Size - 4);
        return largest;
    }

    /// <summary>Whether a free block has room for a payload at this alignment.</summary>
    internal static bool HasRoom(List<Block> blocks, uint size, uint alignment)
    {
        uint need = Math.Max(16, (size + 4 + 7) & ~7u);
        foreach (Block b in blocks)
        {
            if (b.Used) continue;
            nint end = b.Address - 4 + (nint)b.Size;
            for (nint p = (b.Address + (nint)alignment - 1) & -(nint)alignment; p - 4 + (nint)need <= end; p += (nint)alignment)
                if (p == b.Address || p - b.Address >= 16) return true;
        }
        return false;
    }
}
