// SPDX-License-Identifier: MIT
// A guest may write anything into its app heap: damage is found, poisons the heap, and never leads a write outside the region.
using System;
using System.Collections.Generic;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Memory;

public unsafe class HeapCorruptionTests
{
    private const uint Size = 600;

    /// <summary>Used blocks and free ones: several in one bin, one alone, one at the end.</summary>
    private static List<nint> Populate(Heap* h)
    {
        uint[] sizes = [12, 20, 12, 20, 12, 20, 40, 100, 12, 40, 30];
        List<nint> live = [];
        List<nint> holes = [];
        for (int i = 0; i < sizes.Length; i++)
            (i % 2 == 1 ? holes : live).Add((nint)Heap.Alloc(h, sizes[i], 8, 0, 0));
        foreach (nint p in holes) Assert.Equal(WasmError.None, Heap.Free(h, (void*)p));
        Assert.Equal(WasmError.None, Heap.Check(h));
        return live;
    }

    /// <summary>Offsets of all bytes the heap keeps for itself: headers, links and sizes of free blocks, the closing header.</summary>
    private static List<int> OwnBytes(Heap* h)
    {
        List<int> own = [];
        foreach (Block b in HeapWalk.Read(h))
        {
            int payload = (int)(b.Address - (nint)h->Base);
            for (int i = -4; i < (b.Used ? 0 : 8); i++) own.Add(payload + i);
            if (b.Used) continue;
            for (int i = 0; i < 4; i++) own.Add(payload - 8 + (int)b.Size + i);
        }
        for (int i = 0; i < 4; i++) own.Add((int)h->End + i);
        return own;
    }

    [Fact]
    public void Check_finds_any_change_of_any_byte_of_its_own()
    {
        using PoolMemory m = new(Size);
        Heap* h = m.InitHeap();
        Populate(h);
        foreach (int at in OwnBytes(h))
            for (int change = 1; change < 256; change++)
            {
                // The tag of a used block is its owner's affair: Allocator.Check knows the sums.
                if ((change & ~0x0C) == 0 && IsTag(h, at)) continue;
                m.Start[at] ^= (byte)change;
                if (Heap.Check(h) != WasmError.HeapCorrupted) Assert.Fail($"byte {at} changed by {change:x2} goes unseen");
                Assert.Equal(WasmError.HeapCorrupted, h->Error);
                m.Start[at] ^= (byte)change;
                h->Error = WasmError.None;
            }
        Assert.Equal(WasmError.None, Heap.Check(h));
    }

    private static bool IsTag(Heap* h, int at)
    {
        foreach (Block b in HeapWalk.Read(h))
            if (b.Used && b.Address - (nint)h->Base - 4 == at) return true;
        return false;
    }

    [Fact]
    public void A_change_of_any_byte_never_leads_outside_the_region()
    {
        using PoolMemory m = new(Size);
        Heap* h = m.InitHeap();
        List<nint> live = Populate(h);
        byte[] region = m.Bytes.ToArray();
        byte[] control = new ReadOnlySpan<byte>(h, (int)Heap.ControlSize(Size)).ToArray();
        foreach (int at in OwnBytes(h))
            for (int change = 1; change < 256; change++)
            {
                m.Start[at] ^= (byte)change;
                Use(h, live, (uint)change);
                region.CopyTo(m.Bytes);
                control.CopyTo(new Span<byte>(h, control.Length));
            }
        m.AssertCanaries();
    }

    /// <summary>Every operation, and what it gives must lie in the region, poisoned or not.</summary>
    private static void Use(Heap* h, List<nint> live, uint salt)
    {
        WasmError error;
        AssertInside(h, Heap.Alloc(h, 20, 8, 0, 0), 20);
        AssertInside(h, Heap.Realloc(h, (void*)live[0], 30 + salt % 64, &error), 30 + salt % 64);
        for (int i = 1; i < live.Count; i++) Heap.Free(h, (void*)live[i]);
        AssertInside(h, Heap.Alloc(h, 100, 32, 0, 0), 100);
        AssertInside(h, Heap.Alloc(h, salt, 8, 0, 0), salt);
        Heap.LargestFree(h);
        Heap.Check(h);
    }

    private static void AssertInside(Heap* h, void* p, uint size)
    {
        if (p == null) return;
        if ((byte*)p < h->Base + 8 || (byte*)p + size > h->Base + h->End) Assert.Fail("a block outside the region");
    }

    [Fact]
    public void A_poisoned_heap_gives_nothing_and_follows_nothing()
    {
        using PoolMemory m = new(Size);
        Heap* h = m.InitHeap();
        List<nint> live = Populate(h);
        *(uint*)(live[0] - 4) ^= 0x80;
        Assert.Equal(WasmError.HeapCorrupted, Heap.Free(h, (void*)live[0]));
        byte[] region = m.Bytes.ToArray();
        WasmError error;
        Assert.True(Heap.Alloc(h, 4, 8, 0, 0) == null);
        Assert.Equal(WasmError.HeapCorrupted, Heap.Free(h, (void*)live[1]));
        Assert.True(Heap.Realloc(h, (void*)live[1], 4, &error) == null);
        Assert.Equal(WasmError.HeapCorrupted, error);
        Assert.Equal(0u, Heap.LargestFree(h));
        Assert.Equal(WasmError.HeapCorrupted, Heap.Check(h));
        Assert.Equal(region, m.Bytes.ToArray());
    }

    [Fact]
    public void A_guest_that_scribbles_at_random_harms_nobody_but_itself()
    {
        using PoolMemory m = new(Size);
        Random random = new(42);
        nint[] live = new nint[8];
        for (int round = 0; round < 100_000; round++)
        {
            Heap* h = m.InitHeap();
            Array.Clear(live);
            for (int step = 0; step < 24; step++)
            {
                ref nint p = ref live[random.Next(live.Length)];
                uint size = (uint)random.Next(80);
                switch (random.Next(6))
                {
                    case 0: Scribble(m, random); break;
                    case 1: case 2: Heap.Free(h, (void*)p); p = 0; break;
                    case 3:
                        WasmError error;
                        void* moved = Heap.Realloc(h, (void*)p, size, &error);
                        if (moved != null) p = (nint)moved;
                        AssertInside(h, moved, size);
                        break;
                    default: p = (nint)Heap.Alloc(h, size, 8u << random.Next(3), 0, 0); AssertInside(h, (void*)p, size); break;
                }
            }
            Heap.Check(h);
        }
        m.AssertCanaries();
    }

    /// <summary>Writes what is likely to pass for a header, a link or a size.</summary>
    private static void Scribble(PoolMemory m, Random random)
    {
        uint* word = (uint*)m.Start + random.Next((int)Size / 4);
        *word = random.Next(4) switch
        {
            0 => (uint)random.Next((int)Size / 8) * 8 + (uint)random.Next(8),
            1 => ((uint*)m.Start)[random.Next((int)Size / 4)],
            2 => *word ^ 1u << random.Next(32),
            _ => (uint)random.NextInt64(),
        };
    }
}
