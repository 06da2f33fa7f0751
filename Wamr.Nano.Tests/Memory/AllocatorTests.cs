// SPDX-License-Identifier: MIT
// The allocator over a pool: regions, numbers of an OOM, categories, lock, injected failures, wrong pointers.
using System;
using System.Collections.Generic;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Memory;

public unsafe class AllocatorTests
{
    [Fact]
    public void A_pool_of_600_bytes_gives_all_but_its_control_structure()
    {
        using PoolMemory m = new(600);
        m.InitPool();
        // 64-bit: heap structure of 24 bytes, 3 bins, the closing header, the header of the one free block.
        Assert.Equal(600u - 24 - 12 - 4 - 4, m.Statistics.LargestFree);
        Assert.Equal(600u, m.Statistics.Total);
        Assert.Equal(40u, m.Statistics.Used);
        Assert.Equal(40u, m.Statistics.Runtime.Used);
    }

    [Fact]
    public void Any_size_and_alignment_of_the_pool_is_used_within_its_bounds()
    {
        for (uint misalignment = 0; misalignment < 8; misalignment++)
            for (uint size = 0; size < 200; size++)
            {
                using PoolMemory m = new(size, misalignment);
                WasmError error = Allocator.InitPool(m.Allocator, m.Start, size, null, false, m.Error);
                Assert.Equal(size >= 80 || error == WasmError.None ? WasmError.None : WasmError.PoolTooSmall, error);
                if (error != WasmError.None) continue;
                uint largest = m.Statistics.LargestFree;
                byte* p = (byte*)Allocator.Alloc(m.Allocator, largest, MemoryCategory.Module);
                Assert.True(p != null && p + largest <= m.Start + size);
                new Span<byte>(p, (int)largest).Fill(1);
                Assert.Equal(WasmError.None, Allocator.Check(m.Allocator));
                m.AssertCanaries();
            }
    }

    [Fact]
    public void A_second_region_is_used_when_the_first_is_full()
    {
        using PoolMemory m = new(600), second = new(2000, 3);
        Allocator* a = m.InitPool();
        Assert.Equal(WasmError.None, Allocator.AddRegion(a, second.Start, 2000));
        Assert.Equal(2600u, m.Statistics.Total);
        byte* large = (byte*)Allocator.Alloc(a, 1500, MemoryCategory.Instance);
        Assert.True(large >= second.Start && large + 1500 <= second.Start + 2000);
        byte* small = (byte*)Allocator.Alloc(a, 100, MemoryCategory.Module);
        Assert.True(small >= m.Start && small < m.Start + 600);
        Assert.Equal(1504u, m.Statistics.Instance.Used);
        // In the second region only, so it is moved there.
        Allocator.Free(a, large);
        small[99] = 42;
        byte* moved = (byte*)Allocator.Realloc(a, small, 900);
        Assert.True(moved >= second.Start && moved < second.Start + 2000);
        Assert.Equal(42, moved[99]);
        Assert.Equal(904u, m.Statistics.Module.Used);
        Assert.Equal(WasmError.None, Allocator.Check(a));
        Assert.Equal(WasmError.None, Allocator.Free(a, moved));
        Assert.Equal(0u, m.Statistics.Module.Used);
    }

    [Fact]
    public void A_region_that_is_too_small_changes_nothing()
    {
        using PoolMemory m = new(600);
        Allocator* a = m.InitPool();
        byte* tiny = stackalloc byte[20];
        Assert.Equal(WasmError.PoolTooSmall, Allocator.AddRegion(a, tiny, 20));
        Assert.Equal(600u, m.Statistics.Total);
        Assert.True(Allocator.Alloc(a, 100, MemoryCategory.Module) != null);
    }

    [Fact]
    public void Out_of_memory_error_has_what_was_asked_what_is_free_and_the_largest_block()
    {
        using PoolMemory m = new(600), second = new(400);
        Allocator* a = m.InitPool();
        Allocator.AddRegion(a, second.Start, 400);
        Assert.True(Allocator.Alloc(a, 1000, MemoryCategory.Module) == null);
        Assert.Equal(WasmError.OutOfMemory, m.Error->Code);
        Assert.Equal(1000u, m.Error->Asked);
        Assert.Equal(1000u - 40 - 40, m.Error->Free);
        Assert.Equal(600u - 40 - 4, m.Error->Largest);
        Assert.Equal(ErrorInfo.Unknown, m.Error->Offset);
        Assert.Equal(ErrorInfo.Unknown, m.Error->Index);
        Assert.True(Allocator.Alloc(a, m.Error->Largest, MemoryCategory.Module) != null);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_largest_free_block_can_be_had_and_not_a_byte_more(bool redZones)
    {
        using PoolMemory m = new(1000);
        Allocator* a = m.InitPool(redZones);
        uint largest = m.Statistics.LargestFree;
        Assert.True(Allocator.Alloc(a, largest + 1, MemoryCategory.Module) == null);
        Assert.Equal(largest, m.Error->Largest);
        byte* p = (byte*)Allocator.Alloc(a, largest, MemoryCategory.Module);
        Assert.True(p != null);
        Assert.Equal(0u, m.Statistics.LargestFree);
        Assert.True(Allocator.Realloc(a, p, largest + 1) == null);
        Assert.Equal(WasmError.OutOfMemory, m.Error->Code);
        Assert.Equal(WasmError.None, Allocator.Free(a, p));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Sizes_at_the_end_of_the_numbers_are_out_of_memory(bool redZones)
    {
        using PoolMemory m = new(1000);
        Allocator* a = m.InitPool(redZones);
        byte* p = (byte*)Allocator.Alloc(a, 10, MemoryCategory.Module);
        for (uint size = 0xFFFFFFFF; size > 0xFFFFFFE0; size--)
        {
            Assert.True(Allocator.Alloc(a, size, MemoryCategory.Module) == null);
            Assert.True(Allocator.AllocAligned(a, size, 1u << 31, MemoryCategory.Module) == null);
            Assert.True(Allocator.Realloc(a, p, size) == null);
            Assert.Equal(WasmError.OutOfMemory, m.Error->Code);
            Assert.Equal(size, m.Error->Asked);
        }
        Assert.Equal(WasmError.None, Allocator.Check(a));
    }

    [Fact]
    public void An_alignment_that_is_no_power_of_two_is_refused()
    {
        using PoolMemory m = new(1000);
        Allocator* a = m.InitPool();
        foreach (uint alignment in (uint[])[0, 3, 12, 0xFFFFFFFF])
        {
            Assert.True(Allocator.AllocAligned(a, 10, alignment, MemoryCategory.Module) == null);
            Assert.Equal((WasmError.BadAlignment, alignment), (m.Error->Code, m.Error->Asked));
        }
        for (int shift = 0; shift < 8; shift++)
            Assert.Equal(0u, (uint)Allocator.AllocAligned(a, 10, 1u << shift, MemoryCategory.Module) & ((1u << shift) - 1));
    }

    [Fact]
    public void AllocZeroed_clears_what_was_there()
    {
        using PoolMemory m = new(1000);
        Allocator* a = m.InitPool();
        byte* p = (byte*)Allocator.Alloc(a, 100, MemoryCategory.Module);
        new Span<byte>(p, 100).Fill(0xFF);
        Allocator.Free(a, p);
        Assert.Equal(new byte[100], new Span<byte>(Allocator.AllocZeroed(a, 100, MemoryCategory.Module), 100).ToArray());
        Assert.True(Allocator.AllocZeroed(a, 5000, MemoryCategory.Module) == null);
    }

    [Fact]
    public void Blocks_count_in_their_category_for_life()
    {
        using PoolMemory m = new(2000);
        Allocator* a = m.InitPool();
        uint overhead = m.Statistics.Used;
        byte*[] p = new byte*[4];
        for (int c = 0; c < 4; c++) p[c] = (byte*)Allocator.Alloc(a, 100u + 8 * (uint)c, (MemoryCategory)c);
        p[1] = (byte*)Allocator.Realloc(a, p[1], 300);
        p[2] = (byte*)Allocator.Realloc(a, p[2], 12);
        MemoryStatistics s = m.Statistics;
        Assert.Equal((overhead + 104, 304u, 16u, 128u), (s.Runtime.Used, s.Module.Used, s.Instance.Used, s.ExecEnv.Used));
        Assert.Equal((overhead + 104, 304u + 112, 120u, 128u),
            (s.Runtime.HighWater, s.Module.HighWater, s.Instance.HighWater, s.ExecEnv.HighWater));
        Assert.Equal(overhead + 104 + 304 + 16 + 128, s.Used);
        foreach (byte* q in p) Assert.Equal(WasmError.None, Allocator.Free(a, q));
        s = m.Statistics;
        Assert.Equal((overhead, 0u, 0u, 0u), (s.Runtime.Used, s.Module.Used, s.Instance.Used, s.ExecEnv.Used));
        Assert.Equal(WasmError.None, Allocator.Check(a));
    }

    [Fact]
    public void Check_finds_a_changed_category()
    {
        using PoolMemory m = new(600);
        Allocator* a = m.InitPool();
        byte* p = (byte*)Allocator.Alloc(a, 10, MemoryCategory.Module);
        p[-4] ^= 0x08;
        Assert.Equal(WasmError.HeapCorrupted, Allocator.Check(a));
        Assert.Equal(WasmError.HeapCorrupted, m.Error->Code);
    }

    [Fact]
    public void Damage_in_one_region_stops_the_whole_allocator()
    {
        using PoolMemory m = new(600), second = new(600);
        Allocator* a = m.InitPool();
        Allocator.AddRegion(a, second.Start, 600);
        byte* p = (byte*)Allocator.Alloc(a, 400, MemoryCategory.Module);
        byte* q = (byte*)Allocator.Alloc(a, 400, MemoryCategory.Module);
        *(uint*)(q + 404) = 0x12345678; // the free block behind it
        Assert.Equal(WasmError.HeapCorrupted, Allocator.Free(a, q));
        byte[] pools = [.. m.Bytes, .. second.Bytes];
        Assert.Equal(WasmError.HeapCorrupted, Allocator.Free(a, p));
        Assert.True(Allocator.Alloc(a, 10, MemoryCategory.Module) == null);
        Assert.True(Allocator.Realloc(a, p, 10) == null);
        Assert.Equal(WasmError.HeapCorrupted, m.Error->Code);
        Assert.Equal(WasmError.HeapCorrupted, Allocator.Check(a));
        Assert.Equal(pools, (byte[])[.. m.Bytes, .. second.Bytes]);
    }

    [Fact]
    public void Wrong_pointers_are_refused_and_named()
    {
        using PoolMemory m = new(600);
        Allocator* a = m.InitPool();
        byte* p = (byte*)Allocator.Alloc(a, 40, MemoryCategory.Module);
        new Span<byte>(p, 40).Clear();
        uint used = m.Statistics.Used;
        foreach ((nint pointer, WasmError expected) in ((nint, WasmError)[])[
            ((nint)p + 8, WasmError.ForeignPointer), ((nint)p + 3, WasmError.BadAlignment), ((nint)m.Start, WasmError.ForeignPointer),
            ((nint)m.Error, WasmError.ForeignPointer), (8, WasmError.ForeignPointer), ((nint)p + 64, WasmError.DoubleFree)])
        {
            m.Error->Code = WasmError.None;
            Assert.Equal(expected, Allocator.Free(a, (void*)pointer));
            Assert.Equal(expected, m.Error->Code);
            m.Error->Code = WasmError.None;
            Assert.True(Allocator.Realloc(a, (void*)pointer, 4) == null);
            Assert.Equal(expected, m.Error->Code);
        }
        Assert.Equal(WasmError.None, Allocator.Free(a, null));
        Assert.Equal(used, m.Statistics.Used);
        Assert.Equal(WasmError.None, Allocator.Free(a, p));
        Assert.Equal(WasmError.DoubleFree, Allocator.Free(a, p));
        Assert.Equal(WasmError.None, Allocator.Check(a));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_nth_allocation_fails_on_request(bool forever)
    {
        using PoolMemory m = new(2000);
        Allocator* a = m.InitPool();
        byte* p = (byte*)Allocator.Alloc(a, 40, MemoryCategory.Module);
        uint used = m.Statistics.Used;
        a->FailAfter = 3;
        a->FailForever = forever;
        List<bool> given = [];
        given.Add(Allocator.Alloc(a, 8, MemoryCategory.Module) != null);
        given.Add((p = (byte*)Allocator.Realloc(a, p, 50)) != null);
        given.Add(Allocator.Realloc(a, p, 400) != null);
        Assert.Equal(WasmError.OutOfMemory, m.Error->Code);
        Assert.Equal(400u, m.Error->Asked);
        Assert.True(Allocator.Realloc(a, p, 20) != null, "making it smaller is no allocation");
        given.Add(Allocator.AllocZeroed(a, 8, MemoryCategory.Module) != null);
        given.Add(Allocator.AllocAligned(a, 8, 16, MemoryCategory.Module) != null);
        Assert.Equal([true, true, false, !forever, !forever], given);
        Assert.Equal(WasmError.None, Allocator.Check(a));
        Assert.Equal(used - 48 + 24 + (forever ? 1u : 3u) * 16, m.Statistics.Used);
    }

    private struct LockCount
    {
        public int Held, Times, Wrong;
    }

    private static void Lock(void* data)
    {
        LockCount* c = (LockCount*)data;
        if (c->Held != 0) c->Wrong++;
        c->Held++;
        c->Times++;
    }

    private static void Unlock(void* data)
    {
        LockCount* c = (LockCount*)data;
        if (c->Held != 1) c->Wrong++;
        c->Held--;
    }

    [Fact]
    public void Each_operation_takes_the_lock_once_and_gives_it_back()
    {
        using PoolMemory m = new(1000), second = new(100);
        LockCount count = default;
        MemoryHooks hooks = new() { Lock = &Lock, Unlock = &Unlock, Data = &count };
        Allocator* a = m.Allocator;
        Assert.Equal(WasmError.None, Allocator.InitPool(a, m.Start, 1000, &hooks, false, m.Error));
        Assert.Equal(WasmError.None, Allocator.AddRegion(a, second.Start, 100));
        byte* p = (byte*)Allocator.Alloc(a, 10, MemoryCategory.Module);
        Allocator.AllocZeroed(a, 10, MemoryCategory.Module);
        Allocator.AllocAligned(a, 10, 16, MemoryCategory.Module);
        Allocator.AllocAligned(a, 10, 17, MemoryCategory.Module);
        Allocator.Alloc(a, 10000, MemoryCategory.Module);
        p = (byte*)Allocator.Realloc(a, p, 200);
        Allocator.Realloc(a, p, 10000);
        Allocator.Realloc(a, p + 1, 10);
        Allocator.Free(a, p);
        Allocator.Free(a, p);
        Allocator.Check(a);
        _ = m.Statistics.Used;
        MemoryStatistics s;
        Allocator.Statistics(a, &s);
        Assert.Equal((0, 15, 0), (count.Held, count.Times, count.Wrong));
    }

    [Fact]
    public void The_allocator_may_move_to_another_place()
    {
        using PoolMemory m = new(1000);
        Allocator first;
        Assert.Equal(WasmError.None, Allocator.InitPool(&first, m.Start, 1000, null, false, m.Error));
        Allocator* a = (Allocator*)Allocator.Alloc(&first, (uint)sizeof(Allocator), MemoryCategory.Runtime);
        *a = first;
        first = default;
        byte* p = (byte*)Allocator.Alloc(a, 100, MemoryCategory.Module);
        Assert.Equal(WasmError.None, Allocator.Check(a));
        Assert.Equal(WasmError.None, Allocator.Free(a, p));
    }
}
