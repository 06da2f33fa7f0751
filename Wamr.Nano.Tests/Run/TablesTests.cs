// SPDX-License-Identifier: MIT
// Tables: growth, and the operations of the table instructions, exact to the element.
using System;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Run;

public unsafe class TablesTests
{
    /// <summary>Tables of 8 and 4 elements; a passive segment of functions 0, 1, 2.</summary>
    private static Instance* Make(World world, uint? max = null)
    {
        ModuleBuilder m = new();
        m.Table(8, max);
        m.Table(4);
        for (int n = 0; n < 3; n++) m.Function(":", new Code());
        m.PassiveElements(0, 1, 2);
        Instance* i = world.Instantiate(m);
        for (uint n = 0; n < 8; n++) Assert.Equal(WasmError.None, Tables.Set(i, 0, n, 100 + n));
        return i;
    }

    [Fact]
    public void Elements_start_as_null_and_are_bounds_checked()
    {
        using World world = new();
        Instance* i = Make(world);
        uint value = 1;
        Assert.Equal(WasmError.None, Tables.Get(i, 1, 3, &value));
        Assert.Equal(FuncRef.Null, value);
        Assert.Equal(WasmError.TableOutOfBounds, Tables.Get(i, 1, 4, &value));
        Assert.Equal(WasmError.TableOutOfBounds, Tables.Get(i, 1, uint.MaxValue, &value));
        Assert.Equal(WasmError.TableOutOfBounds, Tables.Set(i, 1, 4, 1));
    }

    [Fact]
    public void Growth_keeps_elements_sets_the_new_ones_and_answers_the_old_size()
    {
        using World world = new();
        Instance* i = Make(world);
        Assert.Equal(8u, Tables.Grow(i, 0, 42, 3));
        Assert.Equal(new uint[] { 100, 101, 102, 103, 104, 105, 106, 107, 42, 42, 42 }, World.Elements(i));
        Assert.Equal(11u, Tables.Grow(i, 0, 1, 0));
    }

    [Theory]
    [InlineData(10u, 2u, true)]
    [InlineData(10u, 3u, false)]
    [InlineData(null, 10_000_000u, false)]
    [InlineData(null, 0xFFFFFFFFu, false)]
    public void Growth_stops_at_the_maximum_and_at_the_largest_table(uint? max, uint delta, bool grows)
    {
        using World world = new();
        Instance* i = Make(world, max);
        Assert.Equal(grows ? 8u : Tables.Failed, Tables.Grow(i, 0, 0, delta));
        Assert.Equal(grows ? 8u + delta : 8u, i->Tables[0]->Size);
    }

    [Fact]
    public void Growth_that_finds_no_memory_leaves_all_as_it_was()
    {
        using World world = new(16 * 1024);
        Instance* i = Make(world);
        Assert.Equal(Tables.Failed, Tables.Grow(i, 0, 0, 5000));
        Assert.Equal(100u, World.Elements(i)[0]);
        Assert.Equal(8u, i->Tables[0]->Size);
    }

    [Fact]
    public void Table_larger_than_any_may_be_is_refused()
    {
        using World world = new();
        ModuleBuilder m = new();
        m.Table(Config.MaxTableSize + 1);
        Assert.Equal(WasmError.TableTooLarge, world.Refusal(m));
        Assert.Equal(Config.MaxTableSize, world.Rt->Error.Free);
    }

    /// <summary>Table of 8: (destination, source, count) and whether it fits.</summary>
    public static TheoryData<uint, uint, uint, bool> Ranges => new()
    {
        { 0, 0, 8, true },
        { 0, 1, 7, true },
        { 1, 0, 7, true },
        { 8, 8, 0, true },
        { 9, 0, 0, false },
        { 0, 9, 0, false },
        { 1, 0, 8, false },
        { 0, 1, 8, false },
        { 0xFFFFFFFF, 0, 1, false },
        { 0, 0xFFFFFFFF, 2, false },
        { 1, 1, 0xFFFFFFFF, false },
    };

    [Theory]
    [MemberData(nameof(Ranges))]
    public void Copy_and_fill_write_all_or_nothing(uint to, uint from, uint count, bool fits)
    {
        using World world = new();
        Instance* i = Make(world);
        uint[] expected = World.Elements(i);
        if (fits) expected.AsSpan((int)from, (int)count).ToArray().CopyTo(expected, to);
        Assert.Equal(fits ? WasmError.None : WasmError.TableOutOfBounds, Tables.Copy(i, 0, 0, to, from, count));
        Assert.Equal(expected, World.Elements(i));

        bool fillFits = (ulong)to + count <= 8;
        if (fillFits) expected.AsSpan((int)to, (int)count).Fill(7);
        Assert.Equal(fillFits ? WasmError.None : WasmError.TableOutOfBounds, Tables.Fill(i, 0, to, 7, count));
        Assert.Equal(expected, World.Elements(i));
    }

    [Fact]
    public void Copy_between_tables_checks_each_by_its_own_size()
    {
        using World world = new();
        Instance* i = Make(world);
        Assert.Equal(WasmError.None, Tables.Copy(i, 1, 0, 0, 4, 4));
        Assert.Equal(new uint[] { 104, 105, 106, 107 }, World.Elements(i, 1));
        Assert.Equal(WasmError.TableOutOfBounds, Tables.Copy(i, 1, 0, 0, 0, 5));
        Assert.Equal(WasmError.TableOutOfBounds, Tables.Copy(i, 0, 1, 0, 0, 5));
    }

    [Theory]
    [InlineData(0u, 0u, 3u, true)]
    [InlineData(5u, 0u, 3u, true)]
    [InlineData(2u, 2u, 1u, true)]
    [InlineData(6u, 0u, 3u, false)]
    [InlineData(0u, 1u, 3u, false)]
    [InlineData(8u, 3u, 0u, true)]
    [InlineData(9u, 0u, 0u, false)]
    [InlineData(0u, 4u, 0u, false)]
    [InlineData(0u, 0xFFFFFFFFu, 2u, false)]
    [InlineData(0xFFFFFFFFu, 0u, 1u, false)]
    public void Init_writes_all_or_nothing(uint to, uint from, uint count, bool fits)
    {
        using World world = new();
        Instance* i = Make(world);
        uint[] expected = World.Elements(i);
        uint[] items = [FuncRef.Of(i, 0), FuncRef.Of(i, 1), FuncRef.Of(i, 2)];
        if (fits) items.AsSpan((int)from, (int)count).CopyTo(expected.AsSpan((int)to));
        Assert.Equal(fits ? WasmError.None : WasmError.TableOutOfBounds, Tables.Init(i, 0, 0, to, from, count));
        Assert.Equal(expected, World.Elements(i));
    }

    [Fact]
    public void Dropped_segment_is_empty()
    {
        using World world = new();
        Instance* i = Make(world);
        Segments.DropElem(i, 0);
        Assert.Equal(WasmError.None, Tables.Init(i, 0, 0, 8, 0, 0));
        Assert.Equal(WasmError.TableOutOfBounds, Tables.Init(i, 0, 0, 0, 0, 1));
    }
}
