// SPDX-License-Identifier: MIT
// App heaps: where they go, what they give; app addresses checked and converted.
using System;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Run;

public unsafe class AppMemoryTests
{
    private static ModuleBuilder Memory(uint min, uint? max = null)
    {
        ModuleBuilder m = new();
        m.Memory(min, max, export: "memory");
        return m;
    }

    private static ModuleBuilder CApp(uint min, uint? max, int dataEnd, int heapBase, bool grows = false)
    {
        ModuleBuilder m = Memory(min, max);
        m.Global('i', new Code().I32(heapBase), mutable: true);
        m.Global('i', new Code().I32(dataEnd), export: "__data_end");
        m.Global('i', new Code().I32(heapBase), export: "__heap_base");
        if (grows) m.Function(":i", new Code().Op(Opcode.MemorySize, 0));
        return m;
    }

    private static Instance* WithHeap(World world, ModuleBuilder m, uint heapBytes) =>
        world.Instantiate(m, args: new InstantiateArgs { HeapBytes = heapBytes });

    private static void AssertMemory(Instance* i, uint size, uint pages, uint heapAt, uint heapBytes)
    {
        Assert.Equal((size, pages), (i->Memory->Size, i->Memory->Pages));
        Assert.Equal((heapAt, heapBytes), (i->Memory->AppHeap->Offset, i->Memory->AppHeap->Size));
    }

    [Fact]
    public void Heap_of_a_truncated_memory_is_appended_to_the_byte()
    {
        using World world = new();
        AssertMemory(WithHeap(world, CApp(1, null, 500, 1004), 510), 1008 + 512, 1, 1008, 512);
    }

    [Fact]
    public void Heap_of_a_single_page_that_cannot_grow_is_appended()
    {
        using World world = new();
        AssertMemory(WithHeap(world, Memory(1, 1), 1024), 65536 + 1024, 1, 65536, 1024);
    }

    [Fact]
    public void Heap_goes_before_the_exported_heap_base_which_moves_behind_it()
    {
        using World world = new();
        Instance* i = WithHeap(world, CApp(1, 2, 500, 1004, grows: true), 1024);
        AssertMemory(i, 65536, 1, 1008, 1024);
        Assert.Equal(2032u, World.Global(i, "__heap_base"));
    }

    [Fact]
    public void Heap_that_does_not_fit_below_the_end_brings_its_own_pages()
    {
        using World world = new();
        Instance* i = WithHeap(world, CApp(1, 2, 500, 65000, grows: true), 1024);
        AssertMemory(i, 131072, 2, 65000, 1024);
        Assert.Equal(3u, i->Memory->MaxPages);
        Assert.Equal(66024u, World.Global(i, "__heap_base"));
    }

    [Fact]
    public void Heap_of_a_module_that_does_not_export_its_heap_base_gets_new_pages()
    {
        using World world = new();
        AssertMemory(WithHeap(world, Memory(1), 1024), 131072, 2, 65536, 1024);
    }

    [Fact]
    public void Module_without_a_memory_of_its_own_gets_no_heap()
    {
        using World world = new();
        Instance* owner = world.Instantiate(Memory(1), "env");
        ModuleBuilder m = new();
        m.ImportMemory("env", "memory", 1);
        Instance* i = WithHeap(world, m, 1024);
        Assert.True(i->Memory == owner->Memory && i->Memory->AppHeap == null);
    }

    [Theory]
    [InlineData("malloc", "i:i", "free", "i:", null, null, true)]
    [InlineData("__new", "ii:i", "__unpin", "i:", "__pin", "i:i", true)]
    [InlineData("__new", "ii:i", "__release", "i:", "__retain", "i:i", true)]
    [InlineData("malloc", "I:i", "free", "i:", null, null, false)]
    [InlineData("malloc", "i:i", "free", "i:i", null, null, false)]
    [InlineData("__new", "ii:i", "__unpin", "i:", null, null, false)]
    public void Module_with_an_allocator_keeps_its_memory_to_itself(
        string allocate, string allocateType, string release, string releaseType, string? keep, string? keepType, bool recognised)
    {
        using World world = new();
        ModuleBuilder m = Memory(1, 1);
        m.Function(allocateType, new Code().Op(Opcode.Unreachable), export: allocate);
        m.Function(releaseType, new Code().Op(Opcode.Unreachable), export: release);
        if (keep != null) m.Function(keepType!, new Code().Op(Opcode.Unreachable), export: keep);
        Instance* i = WithHeap(world, m, 1024);
        Assert.Equal(recognised, i->Memory->AppHeap == null);
    }

    [Fact]
    public void Heap_too_small_for_a_block_is_refused_and_nothing_stays()
    {
        using World world = new();
        Assert.Equal(WasmError.AppHeapTooSmall, world.Refusal(Memory(1, 1), new InstantiateArgs { HeapBytes = 8 }));
        Assert.Equal(0u, world.InstanceBytes);
    }

    [Fact]
    public void Blocks_lie_in_the_heap_and_come_back()
    {
        using World world = new();
        Instance* i = WithHeap(world, CApp(1, null, 500, 1000), 512);
        ExecEnv* env = World.Env(i);
        uint a, b, c;
        Assert.Equal(WasmError.None, AppMemory.Malloc(env, 100, &a));
        Assert.Equal(WasmError.None, AppMemory.Malloc(env, 100, &b));
        Assert.Equal(0u, a % 8);
        Assert.True(a >= 1000 && b >= a + 100 && b + 100 <= i->Memory->Size);
        Assert.Equal(WasmError.OutOfMemory, AppMemory.Malloc(env, 400, &c));
        Assert.Equal(400u, world.Rt->Error.Asked);
        Assert.Equal(0u, c);
        Assert.Equal(WasmError.None, AppMemory.Free(env, a));
        Assert.Equal(WasmError.DoubleFree, AppMemory.Free(env, a));
        Assert.Equal(WasmError.None, AppMemory.Free(env, b));
        Assert.Equal(WasmError.None, AppMemory.Free(env, 0));
        Assert.Equal(WasmError.ForeignPointer, AppMemory.Free(env, 16));
        Assert.Equal(WasmError.BadAppAddress, AppMemory.Free(env, 0xFFFFFFF0));
        Assert.Equal(WasmError.None, AppMemory.Malloc(env, 400, &c));
    }

    [Fact]
    public void Copied_data_arrive()
    {
        using World world = new();
        Instance* i = WithHeap(world, Memory(1, 1), 512);
        ExecEnv* env = World.Env(i);
        byte* data = stackalloc byte[] { 1, 2, 3 };
        uint address;
        Assert.Equal(WasmError.None, AppMemory.DupData(env, data, 3, &address));
        Assert.Equal(new byte[] { 1, 2, 3 }, World.Bytes(i, address, 3));
    }

    [Fact]
    public void Heap_follows_a_memory_that_moves()
    {
        using World world = new();
        Instance* i = WithHeap(world, Memory(1), 1024);
        ExecEnv* env = World.Env(i);
        uint a, b;
        Assert.Equal(WasmError.None, AppMemory.Malloc(env, 40, &a));
        byte* before = i->Memory->Data;
        Assert.Equal(2u, Memories.Grow(i->Memory, 1));
        Assert.True(i->Memory->Data != before, "the environment's block lies behind the memory, so it had to move");
        Assert.Equal(WasmError.None, AppMemory.Free(env, a));
        Assert.Equal(WasmError.None, AppMemory.Malloc(env, 40, &b));
        Assert.Equal(a, b);
    }

    [Fact]
    public void Heap_an_app_scribbled_over_is_poisoned_not_followed()
    {
        using World world = new();
        Instance* i = WithHeap(world, Memory(1, 1), 512);
        ExecEnv* env = World.Env(i);
        uint a, b;
        Assert.Equal(WasmError.None, AppMemory.Malloc(env, 40, &a));
        new Span<byte>(i->Memory->Data + 65536, 512).Fill(0xFF);
        WasmError error = AppMemory.Malloc(env, 40, &b);
        Assert.Equal(WasmError.HeapCorrupted, error);
        Assert.Equal(WasmError.HeapCorrupted, AppMemory.Free(env, a));
    }

    [Fact]
    public void Without_memory_or_allocator_there_is_nothing_to_give()
    {
        using World world = new();
        uint a;
        Assert.Equal(WasmError.NoAppAllocator, AppMemory.Malloc(World.Env(world.Instantiate(new ModuleBuilder())), 4, &a));
        ExecEnv* env = World.Env(world.Instantiate(Memory(1)));
        Assert.Equal(WasmError.NoAppAllocator, AppMemory.Malloc(env, 4, &a));
        Assert.Equal(WasmError.NoAppAllocator, AppMemory.Free(env, 8));
    }

    [Theory]
    [InlineData(0u, 65536u, true)]
    [InlineData(0u, 65537u, false)]
    [InlineData(65535u, 1u, true)]
    [InlineData(65535u, 2u, false)]
    [InlineData(65536u, 0u, true)]
    [InlineData(65536u, 1u, false)]
    [InlineData(65537u, 0u, false)]
    [InlineData(0x80000000u, 0x80000000u, false)]
    [InlineData(0xFFFFFFFFu, 1u, false)]
    [InlineData(1u, 0xFFFFFFFFu, false)]
    public void Addresses_are_valid_to_the_byte(uint address, uint size, bool valid)
    {
        using World world = new();
        Assert.Equal(valid, AppMemory.Validate(world.Instantiate(Memory(1)), address, size));
    }

    [Fact]
    public void Strings_must_end_inside_the_memory()
    {
        using World world = new();
        Instance* i = world.Instantiate(Memory(1));
        Raw.Fill(i->Memory->Data + 65530, (byte)'x', 6);
        Assert.True(AppMemory.ValidateString(i, 65529));
        Assert.False(AppMemory.ValidateString(i, 65530));
        Assert.False(AppMemory.ValidateString(i, 65536));
        Assert.False(AppMemory.ValidateString(i, 0xFFFFFFFF));
        i->Memory->Data[65535] = 0;
        Assert.True(AppMemory.ValidateString(i, 65530));
        Assert.False(AppMemory.ValidateString(world.Instantiate(new ModuleBuilder()), 0));
    }

    [Fact]
    public void Addresses_convert_both_ways_inside_the_memory_only()
    {
        using World world = new();
        Instance* i = world.Instantiate(Memory(1));
        uint address;
        Assert.True(AppMemory.ToApp(i, AppMemory.ToNative(i, 65535), &address));
        Assert.Equal(65535u, address);
        Assert.False(AppMemory.ToApp(i, i->Memory->Data + 65536, &address));
        Assert.False(AppMemory.ToApp(i, i->Memory->Data - 1, &address));
        Assert.False(AppMemory.ToApp(world.Instantiate(new ModuleBuilder()), null, &address));
    }
}
