// SPDX-License-Identifier: MIT
// The allocator over the embedder's malloc, realloc and free: what it asks of them, its books, its failures.
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Memory;

public sealed unsafe class EmbedderHeapTests : IDisposable
{
    /// <summary>A host heap that knows its blocks, and refuses when a test asks for it.</summary>
    private sealed class HostHeap
    {
        public readonly Dictionary<nint, uint> Blocks = [];
        public bool Refuses;
        public bool RefusesRealloc;
        public int Wrong;
        public uint Bytes;
    }

    private readonly HostHeap _host = new();
    private readonly GCHandle _handle;
    private readonly MemoryHooks* _hooks;
    private readonly PoolMemory _memory = new(8);
    private readonly Allocator* _a;

    public EmbedderHeapTests()
    {
        _handle = GCHandle.Alloc(_host);
        _hooks = (MemoryHooks*)NativeMemory.AllocZeroed((nuint)sizeof(MemoryHooks));
        *_hooks = new MemoryHooks { Allocate = &Allocate, Reallocate = &Reallocate, Release = &Release,
            Data = (void*)GCHandle.ToIntPtr(_handle) };
        _a = _memory.Allocator;
        Assert.Equal(WasmError.None, Allocator.InitEmbedder(_a, _hooks, false, _memory.Error));
    }

    private static HostHeap Host(void* data) => (HostHeap)GCHandle.FromIntPtr((nint)data).Target!;

    private static void* Allocate(void* data, uint size)
    {
        HostHeap host = Host(data);
        if (host.Refuses || size > 1 << 24) return null;
        // 8 modulo 16, as the contract asks no more than 8.
        byte* p = (byte*)NativeMemory.AlignedAlloc(size + 8, 16) + 8;
        host.Blocks.Add((nint)p, size);
        host.Bytes += size;
        return p;
    }

    private static void* Reallocate(void* data, void* p, uint size)
    {
        HostHeap host = Host(data);
        if (host.RefusesRealloc) return null;
        void* moved = Allocate(data, size);
        if (moved == null) return null;
        uint keep = Math.Min(size, host.Blocks.GetValueOrDefault((nint)p));
        new Span<byte>(p, (int)keep).CopyTo(new Span<byte>(moved, (int)keep));
        Release(data, p);
        return moved;
    }

    private static void Release(void* data, void* p)
    {
        HostHeap host = Host(data);
        if (!host.Blocks.Remove((nint)p, out uint size))
        {
            host.Wrong++;
            return;
        }
        host.Bytes -= size;
        NativeMemory.AlignedFree((byte*)p - 8);
    }

    public void Dispose()
    {
        foreach (nint p in _host.Blocks.Keys) NativeMemory.AlignedFree((byte*)p - 8);
        NativeMemory.Free(_hooks);
        _handle.Free();
        _memory.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Random_operations_agree_with_the_host_heap(bool redZones)
    {
        _a->RedZones = redZones;
        Random random = new(7);
        List<(nint P, uint Size)> live = [];
        for (int i = 0; i < 50_000; i++)
        {
            uint size = (uint)random.Next(300);
            int at = random.Next(Math.Max(live.Count, 1));
            int what = live.Count == 0 ? 9 : live.Count > 100 ? 0 : random.Next(10);
            if (what < 4)
            {
                AssertFilled(live[at]);
                Assert.Equal(WasmError.None, Allocator.Free(_a, (void*)live[at].P));
                live.RemoveAt(at);
            }
            else if (what < 6)
            {
                nint p = (nint)Allocator.Realloc(_a, (void*)live[at].P, size);
                AssertFilled((p, Math.Min(size, live[at].Size)));
                live[at] = Filled(p, size);
            }
            else
            {
                uint alignment = what == 6 ? 16u << random.Next(6) : 8;
                nint p = (nint)Allocator.AllocAligned(_a, size, alignment, (MemoryCategory)random.Next(4));
                Assert.Equal(0u, (uint)p & (alignment - 1));
                live.Add(Filled(p, size));
            }
            Assert.Equal(_host.Bytes, _memory.Statistics.Used);
        }
        foreach ((nint P, uint) block in live) Assert.Equal(WasmError.None, Allocator.Free(_a, (void*)block.P));
        MemoryStatistics s = _memory.Statistics;
        Assert.Equal((0u, 0u, 0u, 0u, 0u), (s.Used, s.Runtime.Used, s.Module.Used, s.Instance.Used, s.ExecEnv.Used));
        Assert.True(s.HighWater > 1000);
        Assert.Empty(_host.Blocks);
        Assert.Equal(0, _host.Wrong);
    }

    /// <summary>Fills a block with one byte, so that a test sees what a move kept of it.</summary>
    private static (nint P, uint Size) Filled(nint p, uint size)
    {
        new Span<byte>((void*)p, (int)size).Fill((byte)(p >> 3));
        return (p, size);
    }

    private static void AssertFilled((nint P, uint Size) block)
    {
        ReadOnlySpan<byte> bytes = new((void*)block.P, (int)block.Size);
        if (block.Size != 0) Assert.Equal(-1, bytes.IndexOfAnyExcept(bytes[0]));
    }

    [Fact]
    public void A_host_that_refuses_is_out_of_memory_and_the_block_stays()
    {
        byte* p = (byte*)Allocator.Alloc(_a, 10, MemoryCategory.Module);
        p[9] = 5;
        _host.Refuses = true;
        Assert.True(Allocator.Alloc(_a, 10, MemoryCategory.Module) == null);
        Assert.Equal(WasmError.OutOfMemory, _memory.Error->Code);
        Assert.True(Allocator.Realloc(_a, p, 11) == null);
        Assert.Equal((WasmError.OutOfMemory, 11u, 0u, 0u),
            (_memory.Error->Code, _memory.Error->Asked, _memory.Error->Free, _memory.Error->Largest));
        Assert.Equal(5, p[9]);
        Assert.Equal(18u, _memory.Statistics.Used);
        Assert.Equal(WasmError.None, Allocator.Free(_a, p));
    }

    [Fact]
    public void Making_a_block_smaller_succeeds_though_the_host_refuses()
    {
        byte* p = (byte*)Allocator.Alloc(_a, 100, MemoryCategory.Module);
        _host.Refuses = _host.RefusesRealloc = true;
        Assert.True(Allocator.Realloc(_a, p, 10) == p);
        Assert.Equal(108u, _memory.Statistics.Used);
        Assert.Equal(WasmError.None, Allocator.Free(_a, p));
        Assert.Equal(0u, _memory.Statistics.Module.Used);
    }

    [Fact]
    public void Sizes_at_the_end_of_the_numbers_are_out_of_memory()
    {
        byte* p = (byte*)Allocator.Alloc(_a, 10, MemoryCategory.Module);
        for (uint size = 0xFFFFFFFF; size > 0xFFFFFFE0; size--)
        {
            Assert.True(Allocator.Alloc(_a, size, MemoryCategory.Module) == null);
            Assert.True(Allocator.AllocAligned(_a, size, 1 << 20, MemoryCategory.Module) == null);
            Assert.True(Allocator.Realloc(_a, p, size) == null);
        }
        Assert.True(Allocator.AllocAligned(_a, 10, 1 << 21, MemoryCategory.Module) == null);
        Assert.Single(_host.Blocks);
    }

    [Fact]
    public void An_overrun_is_reported_and_a_foreign_pointer_not_released()
    {
        _a->RedZones = true;
        byte* p = (byte*)Allocator.Alloc(_a, 64, MemoryCategory.Module);
        new Span<byte>(p, 64).Clear();
        Assert.Equal(WasmError.ForeignPointer, Allocator.Free(_a, p + 32));
        Assert.Equal(WasmError.BadAlignment, Allocator.Free(_a, p + 33));
        p[64] = 0;
        Assert.Equal(WasmError.HeapCorrupted, Allocator.Free(_a, p));
        Assert.True(Allocator.Alloc(_a, 1, MemoryCategory.Module) == null);
        Assert.Single(_host.Blocks);
    }

    [Fact]
    public void Regions_are_for_pools()
    {
        byte* region = stackalloc byte[100];
        Assert.Equal(WasmError.BadArgument, Allocator.AddRegion(_a, region, 100));
    }
}
