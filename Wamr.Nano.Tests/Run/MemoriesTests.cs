// SPDX-License-Identifier: MIT
// Linear memories: growth within every limit, bulk operations exact to the byte.
using System;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Run;

public unsafe class MemoriesTests
{
    private static Instance* Make(World world, uint min, uint? max = null, bool pageOfOneByte = false, InstantiateArgs args = default)
    {
        ModuleBuilder m = new();
        m.Memory(min, max, pageOfOneByte);
        m.PassiveData(1, 2, 3, 4, 5);
        return world.Instantiate(m, args: args);
    }

    [Fact]
    public void Growth_keeps_contents_zeroes_the_rest_and_answers_the_old_size()
    {
        using World world = new();
        Instance* i = Make(world, 1);
        Raw.Fill(i->Memory->Data, 7, 65536);
        Assert.Equal(1u, Memories.Grow(i->Memory, 2));
        Assert.Equal(3u, i->Memory->Pages);
        Assert.Equal(3u * 65536, i->Memory->Size);
        Assert.Equal(-1, new Span<byte>(i->Memory->Data, 65536).IndexOfAnyExcept((byte)7));
        Assert.Equal(-1, new Span<byte>(i->Memory->Data + 65536, 131072).IndexOfAnyExcept((byte)0));
        Assert.Equal(3u, Memories.Grow(i->Memory, 0));
    }

    [Fact]
    public void Memory_of_no_pages_can_grow()
    {
        using World world = new();
        Instance* i = Make(world, 0);
        Assert.True(i->Memory->Data == null);
        Assert.Equal(0u, Memories.Grow(i->Memory, 1));
        Assert.Equal(65536u, i->Memory->Size);
    }

    [Theory]
    [InlineData(3u, 0u, 2u, true)]
    [InlineData(3u, 0u, 3u, false)]
    [InlineData(10u, 2u, 1u, true)]
    [InlineData(10u, 2u, 2u, false)]
    [InlineData(65536u, 0u, 65535u, false)]
    [InlineData(65536u, 0u, 0xFFFFFFFFu, false)]
    [InlineData(3u, 9u, 3u, false)]
    public void Growth_stops_at_the_lower_of_declared_and_given_maximum(uint declared, uint given, uint delta, bool grows)
    {
        using World world = new();
        Instance* i = Make(world, 1, declared, args: new InstantiateArgs { MaxPages = given });
        Assert.Equal(grows ? 1u : Memories.Failed, Memories.Grow(i->Memory, delta));
        Assert.Equal(grows ? 1u + delta : 1u, i->Memory->Pages);
    }

    [Fact]
    public void Growth_that_finds_no_memory_leaves_all_as_it_was()
    {
        using World world = new(200 * 1024);
        Instance* i = Make(world, 1);
        i->Memory->Data[5] = 9;
        Assert.Equal(Memories.Failed, Memories.Grow(i->Memory, 4));
        Assert.Equal(65536u, i->Memory->Size);
        Assert.Equal(9, i->Memory->Data[5]);
        Assert.Equal(1u, Memories.Grow(i->Memory, 1));
    }

    [Fact]
    public void Pages_of_one_byte_grow_by_bytes()
    {
        using World world = new();
        Instance* i = Make(world, 3, 10, pageOfOneByte: true);
        Assert.Equal(3u, i->Memory->Size);
        Assert.Equal(3u, Memories.Grow(i->Memory, 7));
        Assert.Equal(10u, i->Memory->Size);
        Assert.Equal(Memories.Failed, Memories.Grow(i->Memory, 1));
    }

    [Fact]
    public void Memory_beyond_the_largest_is_refused_with_its_numbers()
    {
        using World world = new();
        ModuleBuilder m = new();
        m.Memory(65536);
        Assert.Equal(WasmError.MemoryTooLarge, world.Refusal(m));
        Assert.Equal(65536u, world.Rt->Error.Asked);
    }

    /// <summary>Memory of 16 bytes: (destination, source, count) and whether it fits.</summary>
    public static TheoryData<uint, uint, uint, bool> Ranges => new()
    {
        { 0, 0, 16, true },
        { 0, 1, 15, true },
        { 1, 0, 15, true },
        { 16, 16, 0, true },
        { 17, 0, 0, false },
        { 0, 17, 0, false },
        { 1, 0, 16, false },
        { 0, 1, 16, false },
        { 0xFFFFFFFF, 0, 1, false },
        { 0, 0xFFFFFFFF, 1, false },
        { 1, 0, 0xFFFFFFFF, false },
        { 0, 1, 0xFFFFFFFF, false },
        { 0x80000000, 0x80000000, 0x80000000, false },
    };

    [Theory]
    [MemberData(nameof(Ranges))]
    public void Copy_and_fill_write_all_or_nothing(uint to, uint from, uint count, bool fits)
    {
        using World world = new();
        Instance* i = Make(world, 16, pageOfOneByte: true);
        Span<byte> bytes = new(i->Memory->Data, 16);
        for (int n = 0; n < 16; n++) bytes[n] = (byte)(n + 1);
        byte[] expected = bytes.ToArray();
        if (fits) expected.AsSpan((int)from, (int)count).ToArray().CopyTo(expected, to);
        Assert.Equal(fits ? WasmError.None : WasmError.MemoryOutOfBounds, Memories.Copy(i->Memory, to, from, count));
        Assert.Equal(expected, bytes.ToArray());

        bool fillFits = (ulong)to + count <= 16;
        if (fillFits) expected.AsSpan((int)to, (int)count).Fill(0xEE);
        Assert.Equal(fillFits ? WasmError.None : WasmError.MemoryOutOfBounds, Memories.Fill(i->Memory, to, 0x12EE, count));
        Assert.Equal(expected, bytes.ToArray());
    }

    [Theory]
    [InlineData(0u, 0u, 5u, true)]
    [InlineData(11u, 0u, 5u, true)]
    [InlineData(12u, 0u, 5u, false)]
    [InlineData(0u, 1u, 5u, false)]
    [InlineData(0u, 5u, 0u, true)]
    [InlineData(0u, 6u, 0u, false)]
    [InlineData(16u, 5u, 0u, true)]
    [InlineData(17u, 0u, 0u, false)]
    [InlineData(0u, 0xFFFFFFFFu, 1u, false)]
    [InlineData(0xFFFFFFFFu, 0u, 1u, false)]
    [InlineData(0u, 1u, 0xFFFFFFFFu, false)]
    public void Init_writes_all_or_nothing(uint to, uint from, uint count, bool fits)
    {
        using World world = new();
        Instance* i = Make(world, 16, pageOfOneByte: true);
        byte[] expected = new byte[16];
        if (fits) new byte[] { 1, 2, 3, 4, 5 }.AsSpan((int)from, (int)count).CopyTo(expected.AsSpan((int)to));
        Assert.Equal(fits ? WasmError.None : WasmError.MemoryOutOfBounds, Memories.Init(i, 0, to, from, count));
        Assert.Equal(expected, World.Bytes(i, 0, 16));
    }

    [Fact]
    public void Dropped_segment_is_empty()
    {
        using World world = new();
        Instance* i = Make(world, 16, pageOfOneByte: true);
        Segments.DropData(i, 0);
        Assert.Equal(WasmError.None, Memories.Init(i, 0, 16, 0, 0));
        Assert.Equal(WasmError.MemoryOutOfBounds, Memories.Init(i, 0, 0, 0, 1));
    }

    [Fact]
    public void Truncated_memory_has_exactly_the_bytes_below_the_heap_and_does_not_grow()
    {
        using World world = new();
        ModuleBuilder m = new();
        m.Memory(1, export: "memory");
        m.Global('i', new Code().I32(1000), mutable: true);
        m.Global('i', new Code().I32(500), export: "__data_end");
        m.Global('i', new Code().I32(1001), export: "__heap_base");
        Instance* i = world.Instantiate(m);
        Assert.Equal(1008u, i->Memory->Size);
        Assert.Equal(1u, i->Memory->Pages);
        Assert.Equal(1u, Memories.Grow(i->Memory, 0));
        Assert.Equal(Memories.Failed, Memories.Grow(i->Memory, 1));
        Assert.Equal(WasmError.None, Memories.Fill(i->Memory, 1007, 1, 1));
        Assert.Equal(WasmError.MemoryOutOfBounds, Memories.Fill(i->Memory, 1007, 1, 2));
    }
}
