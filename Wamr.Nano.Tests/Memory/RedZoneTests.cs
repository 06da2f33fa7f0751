// SPDX-License-Identifier: MIT
// With red zones a byte written next to a block, a double free and a foreign pointer are each reported, and nothing is freed.
using System;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Memory;

public unsafe class RedZoneTests
{
    public enum Way { Free, Grow, Shrink, Check }

    private static WasmError Report(Allocator* a, byte* p, Way way)
    {
        switch (way)
        {
            case Way.Free: Allocator.Free(a, p); break;
            case Way.Grow: Assert.True(Allocator.Realloc(a, p, 300) == null); break;
            case Way.Shrink: Assert.True(Allocator.Realloc(a, p, 1) == null); break;
            case Way.Check: Allocator.Check(a); break;
        }
        return a->Error->Code;
    }

    [Theory]
    [InlineData(Way.Free)]
    [InlineData(Way.Grow)]
    [InlineData(Way.Shrink)]
    [InlineData(Way.Check)]
    public void Any_byte_written_around_a_block_is_reported(Way way)
    {
        using PoolMemory m = new(2048);
        for (uint size = 0; size <= 40; size++)
            for (int at = -8; at < 4; at++)
            {
                Allocator* a = m.InitPool(redZones: true);
                Allocator.Alloc(a, 20, MemoryCategory.Runtime);
                byte* p = (byte*)Allocator.Alloc(a, size, MemoryCategory.Module);
                Allocator.Alloc(a, 20, MemoryCategory.Runtime);
                byte* b = p + (at < 0 ? at : at + (int)size);
                *b ^= (byte)(1 << (at & 7));
                Assert.Equal(WasmError.HeapCorrupted, Report(a, p, way));
                Assert.True(Allocator.Alloc(a, 1, MemoryCategory.Module) == null);
                Assert.Equal(WasmError.HeapCorrupted, a->Error->Code);
            }
    }

    [Theory]
    [InlineData(40, 40)]
    [InlineData(40, 39)]
    [InlineData(40, 36)]
    [InlineData(40, 10)]
    [InlineData(40, 90)]
    [InlineData(400, 12)]
    public void Red_zones_follow_a_block_that_is_resized(uint before, uint after)
    {
        using PoolMemory m = new(2048);
        for (int at = -1; at < 1; at++)
        {
            Allocator* a = m.InitPool(redZones: true);
            byte* p = (byte*)Allocator.Alloc(a, before, MemoryCategory.Module);
            p = (byte*)Allocator.Realloc(a, p, after);
            new Span<byte>(p, (int)after).Fill(0x77);
            Assert.Equal(WasmError.None, Allocator.Check(a));
            p[at < 0 ? -1 : after] = 0x77;
            Assert.Equal(WasmError.HeapCorrupted, Allocator.Free(a, p));
        }
    }

    [Fact]
    public void Every_byte_of_the_payload_may_be_written()
    {
        using PoolMemory m = new(2048);
        Allocator* a = m.InitPool(redZones: true);
        for (uint size = 0; size < 100; size++)
        {
            byte* p = (byte*)Allocator.AllocAligned(a, size, 64, MemoryCategory.Module);
            Assert.Equal(0u, (uint)p & 63);
            new Span<byte>(p, (int)size).Fill(0);
            Assert.Equal(WasmError.None, Allocator.Check(a));
            Assert.Equal(WasmError.None, Allocator.Free(a, p));
        }
    }

    [Fact]
    public void Pointers_that_are_no_live_blocks_have_errors_of_their_own()
    {
        using PoolMemory m = new(2048);
        Allocator* a = m.InitPool(redZones: true);
        byte* p = (byte*)Allocator.Alloc(a, 64, MemoryCategory.Module);
        byte* q = (byte*)Allocator.Alloc(a, 64, MemoryCategory.Module);
        uint used = m.Statistics.Used;
        for (int at = 8; at < 64; at += 8) Assert.Equal(WasmError.ForeignPointer, Allocator.Free(a, p + at));
        // A faithful copy of a block inside another is still no block.
        new Span<byte>(q - 12, 32).CopyTo(new Span<byte>(p + 4, 32));
        Assert.Equal(WasmError.ForeignPointer, Allocator.Free(a, p + 16));
        Assert.Equal(WasmError.BadAlignment, Allocator.Free(a, p + 4));
        Assert.Equal(WasmError.ForeignPointer, Allocator.Free(a, m.Start - 64));
        Assert.Equal(WasmError.ForeignPointer, Allocator.Free(a, a));
        Assert.Equal(used, m.Statistics.Used);
        Assert.Equal(WasmError.None, Allocator.Free(a, q));
        Assert.Equal(WasmError.DoubleFree, Allocator.Free(a, q));
        Assert.Equal(WasmError.DoubleFree, m.Error->Code);
        Assert.Equal(WasmError.None, Allocator.Free(a, p));
        Assert.Equal(WasmError.None, Allocator.Check(a));
    }
}
