// SPDX-License-Identifier: MIT
// Where a runtime's memory comes from: the embedder's allocator, several regions, and blocks of it for the host.
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Hosted;

public unsafe class RuntimeMemoryTests
{
    /// <summary>Knows its blocks; fails from some call on, or gives blocks at odd addresses.</summary>
    private sealed class TestAllocator : INanoAllocator
    {
        private readonly Dictionary<nint, uint> _blocks = [];

        public int Left { get; set; } = int.MaxValue;

        public bool Throws { get; set; }

        public nint Misalignment { get; set; }

        public int Calls { get; private set; }

        public int Live => _blocks.Count;

        public void* Allocate(uint bytes)
        {
            Calls++;
            if (--Left < 0) return Throws ? throw new InvalidOperationException("none left") : null;
            byte* block = (byte*)NativeMemory.AlignedAlloc(bytes + 16, 16) + Misalignment;
            _blocks.Add((nint)block, bytes);
            return block;
        }

        public void* Reallocate(void* block, uint bytes)
        {
            uint old = _blocks[(nint)block];
            void* moved = Allocate(bytes);
            if (moved == null) return null;
            new Span<byte>(block, (int)Math.Min(old, bytes)).CopyTo(new Span<byte>(moved, (int)bytes));
            Free(block);
            return moved;
        }

        public void Free(void* block)
        {
            Assert.True(_blocks.Remove((nint)block));
            NativeMemory.AlignedFree((byte*)block - Misalignment);
        }
    }

    /// <summary>Loads, instantiates, calls, grows a memory, allocates for the app and for the host.</summary>
    private static void Live(NanoRuntime runtime)
    {
        runtime.DefineFunc("env", "host", (int x) => x + 1);
        runtime.DefineMemory("env", "memory", 1);
        NanoInstance caller = runtime.LoadModule(SmallModules.CallsHost("i:i")).Instantiate();
        Assert.Equal(42, caller.GetFunc<int, int>("f")(41));
        NanoInstance memory = runtime.LoadModule(SmallModules.Memory).Instantiate(new() { HeapBytes = 1024 });
        Assert.Equal('h', memory.GetFunc<int, int>("load")(8));
        memory.AppFree(memory.AppCopy("text"u8));
        byte* block = (byte*)runtime.Realloc(runtime.AllocZeroed(100), 1000);
        Assert.Equal(0, block[99]);
    }

    [Fact]
    public void Every_block_comes_from_the_embedders_allocator_and_goes_back_to_it()
    {
        TestAllocator allocator = new();
        using (NanoRuntime runtime = new(new NanoRuntimeOptions { Allocator = allocator, RedZones = true }))
        {
            Live(runtime);
            Assert.True(allocator.Live > 5, allocator.Live.ToString());
            NanoMemoryStatistics s = runtime.Statistics;
            Assert.Equal((0u, 0u), (s.Total, s.LargestFree));
            Assert.True(s.All.Used > 2 * 65536);
        }
        Assert.Equal(0, allocator.Live);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Allocator_that_has_no_more_at_any_call_is_an_error_and_nothing_leaks(bool throws)
    {
        int n = 0;
        for (bool done = false; !done; n++)
        {
            TestAllocator allocator = new() { Left = n, Throws = throws };
            using (NanoRuntime runtime = new(new NanoRuntimeOptions { Allocator = allocator }))
            {
                try
                {
                    Live(runtime);
                    done = true;
                }
                catch (WasmException e)
                {
                    Assert.Equal(WasmError.OutOfMemory, e.Error);
                }
            }
            Assert.Equal(0, allocator.Live);
        }
        Assert.True(n > 10, n.ToString());
    }

    [Fact]
    public void Blocks_that_are_not_aligned_are_not_used()
    {
        TestAllocator allocator = new() { Misalignment = 4 };
        using NanoRuntime runtime = new(new NanoRuntimeOptions { Allocator = allocator });
        Assert.Equal(WasmError.OutOfMemory, Assert.Throws<WasmException>(() => runtime.LoadModule(SmallModules.Add)).Error);
        Assert.Equal((1, 0), (allocator.Calls, allocator.Live));
    }

    [Fact]
    public void Pool_and_allocator_exclude_each_other()
    {
        byte* pool = stackalloc byte[4096];
        nint address = (nint)pool;
        Assert.Throws<ArgumentException>(() => new NanoRuntime((byte*)address, 4096, new() { Allocator = new TestAllocator() }));
    }

    [Fact]
    public void Module_loads_into_a_region_that_is_added_where_the_first_one_is_full()
    {
        using NanoRuntime runtime = new(4096);
        NanoModule module = runtime.LoadModule(SmallModules.Memory);
        Assert.Equal(WasmError.OutOfMemory, Assert.Throws<WasmException>(() => module.Instantiate()).Error);
        runtime.AddRegion(70_000);
        NanoMemoryStatistics s = runtime.Statistics;
        Assert.Equal(4096u + 70_000, s.Total);
        Assert.True(s.LargestFree > 65536);
        NanoInstance instance = module.Instantiate();
        Assert.Equal('h', instance.GetFunc<int, int>("load")(8));
        runtime.CheckMemory();
    }

    [Fact]
    public void Region_of_the_callers_may_begin_anywhere()
    {
        byte* memory = (byte*)NativeMemory.Alloc(70_000);
        using (NanoRuntime runtime = new(4096))
        {
            runtime.AddRegion(memory + 3, 69_997);
            runtime.LoadModule(SmallModules.Memory).Instantiate().Memory.Bytes.Fill(1);
            runtime.CheckMemory();
        }
        NativeMemory.Free(memory);
    }

    [Fact]
    public void Region_that_is_too_small_or_without_a_pool_is_refused()
    {
        using NanoRuntime pool = new(4096), system = new(0);
        int blocks = pool.NativeBlocks;
        WasmException e = Assert.Throws<WasmException>(() => pool.AddRegion(20));
        Assert.StartsWith("WN2003 pool too small: 20 B ", e.Message, StringComparison.Ordinal);
        Assert.Equal((4096u, blocks), (pool.Statistics.Total, pool.NativeBlocks));
        Assert.Throws<InvalidOperationException>(() => system.AddRegion(4096));
        pool.CheckMemory();
    }

    [Fact]
    public void Host_has_blocks_of_the_pool_that_are_counted_and_aligned()
    {
        using NanoRuntime runtime = new(64 * 1024);
        uint before = runtime.Statistics.Runtime.Used;
        byte* a = (byte*)runtime.Alloc(100), b = (byte*)runtime.AlignedAlloc(100, 256), c = (byte*)runtime.AllocZeroed(0);
        Assert.Equal((0, 0, 0), ((nint)a & 7, (nint)b & 255, (nint)c & 7));
        Assert.True(runtime.Statistics.Runtime.Used >= before + 200);
        new Span<byte>(a, 100).Fill(5);
        a = (byte*)runtime.Realloc(a, 5000);
        Assert.Equal(5, a[99]);
        a = (byte*)runtime.Realloc(a, 10);
        Assert.Equal(5, a[9]);
        byte* d = (byte*)runtime.Realloc(null, 8);
        foreach (nint block in new[] { (nint)a, (nint)b, (nint)c, (nint)d, 0 }) runtime.Free((void*)block);
        Assert.Equal(before, runtime.Statistics.Runtime.Used);
        runtime.CheckMemory();
    }

    [Fact]
    public void Wrong_use_of_blocks_is_reported_and_harms_nothing()
    {
        using NanoRuntime runtime = new(200 * 1024);
        NanoInstance instance = runtime.LoadModule(SmallModules.Memory).Instantiate();
        nint block = (nint)runtime.Alloc(10), app;
        fixed (byte* p = instance.Memory.Bytes) app = (nint)p;
        Assert.Equal(WasmError.OutOfMemory, Code(() => runtime.Alloc(1 << 20)));
        Assert.Equal(WasmError.OutOfMemory, Code(() => runtime.Realloc((void*)block, uint.MaxValue)));
        Assert.Equal(WasmError.BadAlignment, Code(() => runtime.AlignedAlloc(10, 24)));
        Assert.Equal(WasmError.BadAlignment, Code(() => runtime.AlignedAlloc(10, 0)));
        Assert.Equal(WasmError.ForeignPointer, Code(() => runtime.Free((void*)(block + 8))));
        // A live block of the pool, but none of the host's.
        Assert.Equal(WasmError.ForeignPointer, Code(() => runtime.Free((void*)app)));
        Assert.Equal(WasmError.ForeignPointer, Code(() => runtime.Realloc((void*)app, 10)));
        runtime.Free((void*)block);
        Assert.Equal(WasmError.ForeignPointer, Code(() => runtime.Free((void*)block)));
        Assert.Equal('h', instance.GetFunc<int, int>("load")(8));
        runtime.CheckMemory();

        static WasmError Code(Action action) => Assert.Throws<WasmException>(action).Error;
    }

    [Fact]
    public void Disposed_runtime_has_no_memory()
    {
        NanoRuntime runtime = new(4096);
        runtime.Dispose();
        Assert.Throws<ObjectDisposedException>(() => runtime.Alloc(1));
        Assert.Throws<ObjectDisposedException>(() => runtime.AddRegion(4096));
        Assert.Throws<ObjectDisposedException>(() => runtime.Free((void*)8));
    }
}
