// SPDX-License-Identifier: MIT
// Runs a piece of work again and again, each time with a later allocation failing: every failure must be clean.
using System;
using Xunit;

namespace Wamr.Nano.Tests.TestKit;

internal static unsafe class FailingAllocations
{
    /// <summary>
    /// Runs <paramref name="work"/> with allocation k = 1, 2 ... failing, once and then from there on, until it needs fewer than k. Each
    /// time it must answer <see cref="WasmError.OutOfMemory"/> and leave nothing allocated; the same work must then succeed.
    /// </summary>
    /// <returns>Allocations the work makes.</returns>
    public static uint All(Pool pool, Func<WasmError> work)
    {
        Once(pool, work, 0, false, WasmError.None);
        for (uint k = 1; ; k++)
        {
            if (!Strikes(pool, work, k)) return k - 1;
            Once(pool, work, 0, false, WasmError.None);
            Once(pool, work, k, true, WasmError.OutOfMemory);
            Once(pool, work, 0, false, WasmError.None);
        }
    }

    /// <summary>Whether the work reaches its k-th allocation; where it does, it must report that it failed.</summary>
    private static bool Strikes(Pool pool, Func<WasmError> work, uint k)
    {
        pool.Allocator->FailAfter = k;
        pool.Allocator->FailForever = false;
        WasmError error = work();
        bool struck = pool.Allocator->FailAfter == 0;
        pool.Allocator->FailAfter = 0;
        Assert.Equal(struck ? WasmError.OutOfMemory : WasmError.None, error);
        pool.AssertNothingLeaked();
        return struck;
    }

    private static void Once(Pool pool, Func<WasmError> work, uint failAfter, bool forever, WasmError expected)
    {
        pool.Allocator->FailAfter = failAfter;
        pool.Allocator->FailForever = forever;
        WasmError error = work();
        pool.Allocator->FailAfter = 0;
        pool.Allocator->FailForever = false;
        Assert.Equal(expected, error);
        pool.AssertNothingLeaked();
    }
}
