// SPDX-License-Identifier: MIT
// The heap over one region by itself, as the app heap uses it: sizes, merging, resizing in place, alignment, moving the region.
using System;
using System.Collections.Generic;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Memory;

public unsafe class HeapTests
{
    private static byte* Alloc(Heap* h, uint size) => (byte*)Heap.Alloc(h, size, 8, 0, 0);

    [Theory]
    [InlineData(0, 16)]
    [InlineData(1, 16)]
    [InlineData(12, 16)]
    [InlineData(13, 24)]
    [InlineData(20, 24)]
    [InlineData(21, 32)]
    [InlineData(1000, 1008)]
    public void A_block_costs_four_bytes_and_rounding_to_eight(uint size, uint footprint)
    {
        using PoolMemory m = new(4096);
        Heap* h = m.InitHeap();
        byte* p = Alloc(h, size);
        Assert.Equal(0u, (uint)p & 7);
        Assert.Equal(footprint, Heap.SizeOf(p));
        Assert.Equal(footprint, HeapWalk.Used(h));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(23, false)]
    [InlineData(24, true)]
    [InlineData(31, true)]
    public void The_smallest_region_holds_one_block(uint size, bool holds)
    {
        using PoolMemory m = new(64);
        Assert.Equal(holds ? WasmError.None : WasmError.PoolTooSmall, Heap.Init(m.Heap, m.Start, size));
        if (!holds) return;
        Assert.True(Alloc(m.Heap, 12) != null);
        Assert.True(Alloc(m.Heap, 0) == null);
    }

    [Fact]
    public void A_misaligned_region_is_refused()
    {
        using PoolMemory m = new(64, 4);
        Assert.Equal(WasmError.BadAlignment, Heap.Init(m.Heap, m.Start, 64));
    }

    [Fact]
    public void The_whole_region_is_one_block_again_after_frees_in_any_order()
    {
        using PoolMemory m = new(1024);
        Heap* h = m.InitHeap();
        uint largest = Heap.LargestFree(h);
        Assert.Equal(1024u - 4 - 4 - 4, largest);
        int[][] orders = [[0, 1, 2, 3], [3, 2, 1, 0], [0, 2, 1, 3], [1, 3, 0, 2], [2, 0, 3, 1]];
        foreach (int[] order in orders)
        {
            byte*[] p = [Alloc(h, 40), Alloc(h, 100), Alloc(h, 12), Alloc(h, 300)];
            foreach (int i in order)
            {
                Assert.Equal(WasmError.None, Heap.Free(h, p[i]));
                Assert.Equal(WasmError.None, Heap.Check(h));
            }
            Assert.Equal(largest, Heap.LargestFree(h));
            Assert.Equal(0u, HeapWalk.Used(h));
        }
        Assert.True(Alloc(h, largest + 1) == null);
        Assert.True(Alloc(h, largest) != null);
    }

    [Fact]
    public void The_smallest_free_block_that_fits_is_taken()
    {
        using PoolMemory m = new(8192);
        Heap* h = m.InitHeap();
        uint[] sizes = [700, 300, 500, 400, 600];
        List<nint> holes = [];
        foreach (uint size in sizes)
        {
            holes.Add((nint)Alloc(h, size));
            Alloc(h, 12);
        }
        foreach (nint p in holes) Heap.Free(h, (void*)p);
        Assert.Equal(holes[3], (nint)Alloc(h, 350));
        Assert.Equal(holes[2], (nint)Alloc(h, 450));
        Assert.Equal(holes[1], (nint)Alloc(h, 300));
        Assert.Equal(holes[4], (nint)Alloc(h, 590));
        Assert.Equal(holes[0], (nint)Alloc(h, 610));
    }

    [Fact]
    public void Resize_grows_into_the_free_block_behind_and_gives_the_rest_back()
    {
        using PoolMemory m = new(1024);
        Heap* h = m.InitHeap();
        byte* p = Alloc(h, 40), behind = Alloc(h, 100);
        Alloc(h, 12);
        Assert.False(Heap.Resize(h, p, 60));
        Assert.Equal(48u + 104 + 16, HeapWalk.Used(h));
        Heap.Free(h, behind);
        Assert.True(Heap.Resize(h, p, 60));
        Assert.Equal(64u, Heap.SizeOf(p));
        Assert.True(Alloc(h, 84) == behind + 16);
        Assert.False(Heap.Resize(h, p, 61));
        Assert.Equal(WasmError.None, Heap.Check(h));
    }

    [Fact]
    public void Resize_takes_all_of_the_block_behind_where_the_rest_would_be_none()
    {
        using PoolMemory m = new(1024);
        Heap* h = m.InitHeap();
        byte* p = Alloc(h, 40), behind = Alloc(h, 36);
        Alloc(h, 12);
        Heap.Free(h, behind);
        Assert.True(Heap.Resize(h, p, 76));
        Assert.Equal(48u + 40, Heap.SizeOf(p));
        Assert.Equal(WasmError.None, Heap.Check(h));
    }

    [Fact]
    public void Resize_to_less_merges_the_tail_with_the_free_block_behind()
    {
        using PoolMemory m = new(1024);
        Heap* h = m.InitHeap();
        byte* p = Alloc(h, 400);
        Assert.True(Heap.Resize(h, p, 12));
        Assert.Equal(16u, HeapWalk.Used(h));
        Assert.Equal(1024u - 8 - 16 - 4, Heap.LargestFree(h));
        Assert.Equal(WasmError.None, Heap.Check(h));
    }

    [Fact]
    public void Realloc_that_moves_keeps_contents_and_tag()
    {
        using PoolMemory m = new(1024);
        Heap* h = m.InitHeap();
        byte* p = (byte*)Heap.Alloc(h, 40, 8, 0, 2);
        Alloc(h, 12);
        for (int i = 0; i < 40; i++) p[i] = (byte)i;
        WasmError error;
        byte* q = (byte*)Heap.Realloc(h, p, 200, &error);
        Assert.Equal(WasmError.None, error);
        Assert.True(q != p);
        Assert.Equal(2u, Heap.TagOf(q));
        for (int i = 0; i < 40; i++) Assert.Equal(i, q[i]);
        Assert.Equal(208u + 16, HeapWalk.Used(h));
        Assert.Equal(WasmError.None, Heap.Check(h));
    }

    [Fact]
    public void Realloc_without_room_leaves_the_block_as_it_was()
    {
        using PoolMemory m = new(256);
        Heap* h = m.InitHeap();
        byte* p = Alloc(h, 100);
        p[99] = 7;
        WasmError error;
        Assert.True(Heap.Realloc(h, p, 1000, &error) == null);
        Assert.Equal(WasmError.OutOfMemory, error);
        Assert.Equal(7, p[99]);
        Assert.Equal(WasmError.None, Heap.Free(h, p));
    }

    [Theory]
    [InlineData(0xFFFFFFFFu)]
    [InlineData(0xFFFFFFF8u)]
    [InlineData(0x40000000u)]
    [InlineData(0x3FFFFFFCu)]
    [InlineData(0x3FFFFFF4u)]
    public void A_size_near_the_end_of_the_numbers_is_out_of_memory(uint size)
    {
        using PoolMemory m = new(256);
        Heap* h = m.InitHeap();
        Assert.True(Alloc(h, size) == null);
        Assert.True(Heap.Alloc(h, size, 1u << 31, 8, 0) == null);
        byte* p = Alloc(h, 8);
        Assert.False(Heap.Resize(h, p, size));
        Assert.Equal(WasmError.None, Heap.Check(h));
    }

    [Fact]
    public void An_aligned_block_wastes_nothing_in_front_of_it()
    {
        for (uint shift = 4; shift <= 10; shift++)
            for (uint lead = 0; lead <= 8; lead += 8)
            {
                using PoolMemory m = new(8192, 8);
                Heap* h = m.InitHeap();
                byte* before = Alloc(h, 4);
                byte* p = (byte*)Heap.Alloc(h, 100, 1u << (int)shift, lead, 0);
                Assert.Equal(0u, (uint)(p + lead) & ((1u << (int)shift) - 1));
                Assert.Equal(16u + 104, HeapWalk.Used(h));
                Assert.Equal(WasmError.None, Heap.Check(h));
                Heap.Free(h, before);
                Heap.Free(h, p);
                Assert.Equal(8192u - 12, Heap.LargestFree(h));
            }
    }

    [Fact]
    public void The_region_may_move()
    {
        using PoolMemory m = new(1024), elsewhere = new(1024);
        Heap* h = m.InitHeap();
        byte* a = Alloc(h, 40), b = Alloc(h, 50), c = Alloc(h, 60);
        Heap.Free(h, b);
        m.Bytes.CopyTo(elsewhere.Bytes);
        m.Bytes.Clear();
        h->Base = elsewhere.Start;
        Assert.Equal(WasmError.None, Heap.Check(h));
        Assert.True(Alloc(h, 50) == b - m.Start + elsewhere.Start);
        Assert.Equal(WasmError.ForeignPointer, Heap.Free(h, a));
        Assert.Equal(WasmError.None, Heap.Free(h, a - m.Start + elsewhere.Start));
        Assert.Equal(WasmError.None, Heap.Free(h, c - m.Start + elsewhere.Start));
    }

    [Fact]
    public void Pointers_that_are_no_live_blocks_have_errors_of_their_own()
    {
        using PoolMemory m = new(1024);
        Heap* h = m.InitHeap();
        byte* a = Alloc(h, 100), b = Alloc(h, 100), c = Alloc(h, 100);
        new Span<byte>(b, 100).Clear();
        Assert.Equal(WasmError.ForeignPointer, Heap.Free(h, b + 48));
        new Span<byte>(b, 100).Fill(0xFF);
        Assert.Equal(WasmError.ForeignPointer, Heap.Free(h, b + 48));
        Assert.Equal(WasmError.None, Heap.Free(h, b));
        Assert.Equal(WasmError.DoubleFree, Heap.Free(h, b));
        Assert.Equal(WasmError.DoubleFree, Heap.Free(h, b + 16));
        Assert.Equal(WasmError.None, Heap.Free(h, a));
        Assert.Equal(WasmError.DoubleFree, Heap.Free(h, a));
        Assert.Equal(WasmError.DoubleFree, Heap.Free(h, b));
        for (int i = 1; i < 8; i++) Assert.Equal(WasmError.BadAlignment, Heap.Free(h, c + i));
        Assert.Equal(WasmError.ForeignPointer, Heap.Free(h, m.Start - 8));
        Assert.Equal(WasmError.ForeignPointer, Heap.Free(h, m.Start + 1024));
        Assert.Equal(WasmError.ForeignPointer, Heap.Free(h, c + 0x100000000));
        Assert.Equal(WasmError.ForeignPointer, Heap.Free(h, null));
        Assert.Equal(WasmError.None, Heap.Check(h));
        Assert.Equal(WasmError.None, Heap.Free(h, c));
    }

    [Fact]
    public void A_freed_pointer_into_a_newer_block_is_no_live_block()
    {
        using PoolMemory m = new(1024);
        Heap* h = m.InitHeap();
        byte* a = Alloc(h, 40), b = Alloc(h, 40);
        Heap.Free(h, a);
        Heap.Free(h, b);
        Assert.True(Alloc(h, 200) == a);
        Assert.Equal(WasmError.ForeignPointer, Heap.Free(h, b));
        Assert.Equal(WasmError.None, Heap.Check(h));
    }
}
