// SPDX-License-Identifier: MIT
// The end of a pool: it reports what leaked, but never in place of what failed the test before.
using System;
using Wamr.Nano.Tests.TestKit;
using Xunit;
using Xunit.Sdk;

namespace Wamr.Nano.Tests.KitTests;

public unsafe class PoolTests
{
    private static void Leak(Pool pool) => Assert.True(Allocator.Alloc(pool.Allocator, 10, MemoryCategory.Module) != null);

    private static void Fail() => throw new InvalidOperationException();

    [Fact]
    public void Leak_fails_the_test() => Assert.ThrowsAny<XunitException>(() =>
    {
        using Pool pool = new();
        Leak(pool);
    });

    [Fact]
    public void Leak_fails_the_test_after_an_exception_that_was_caught() => Assert.ThrowsAny<XunitException>(() =>
    {
        using Pool pool = new();
        Leak(pool);
        Assert.Throws<InvalidOperationException>(Fail);
    });

    [Fact]
    public void Failure_of_a_test_is_reported_and_not_what_leaked_by_it()
    {
        EqualException failure = Assert.Throws<EqualException>(() =>
        {
            using Pool pool = new();
            Leak(pool);
            Assert.Equal("expected", "actual");
        });
        Assert.Contains("actual", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Failure_in_a_world_is_reported_and_not_what_leaked_by_it() => Assert.Throws<InvalidOperationException>(() =>
    {
        using World world = new();
        world.Load(new ModuleBuilder());
        Leak(world.Pool);
        Fail();
    });

    [Fact]
    public void Byte_written_behind_the_pool_fails_the_test() => Assert.ThrowsAny<XunitException>(() =>
    {
        using Pool pool = new(4096);
        pool.Start[4096] = 1;
    });
}
