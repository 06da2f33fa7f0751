// SPDX-License-Identifier: MIT
// Every guest pointer of every WASI function at the edges of the memory: what does not fit is refused, and nothing is written.
using Xunit;

namespace Wamr.Nano.Tests.WasiPreview1;

public unsafe class WasiPointersTests
{
    private const int Success = 0, Fault = 21;

    /// <summary>
    /// Function; its argument slots with valid values; which slot is the pointer under test; bytes it must point at. The memory holds an
    /// iovec at 16 (8 bytes at 64), subscriptions of a clock at 96 and 144.
    /// </summary>
    public static TheoryData<int, uint[], int, uint> Pointers => new()
    {
        { (int)WasiFunction.ArgsSizesGet, [0, 4], 0, 4 },
        { (int)WasiFunction.ArgsSizesGet, [0, 4], 1, 4 },
        { (int)WasiFunction.ArgsGet, [0, 64], 0, 8 },
        { (int)WasiFunction.ArgsGet, [0, 64], 1, 11 },
        { (int)WasiFunction.EnvironSizesGet, [0, 4], 0, 4 },
        { (int)WasiFunction.EnvironSizesGet, [0, 4], 1, 4 },
        { (int)WasiFunction.EnvironGet, [0, 64], 0, 4 },
        { (int)WasiFunction.EnvironGet, [0, 64], 1, 4 },
        { (int)WasiFunction.ClockResGet, [1, 0], 1, 8 },
        { (int)WasiFunction.ClockTimeGet, [1, 0, 0, 0], 3, 8 },
        { (int)WasiFunction.RandomGet, [0, 13], 0, 13 },
        { (int)WasiFunction.FdFdstatGet, [1, 0], 1, 24 },
        { (int)WasiFunction.FdFilestatGet, [1, 0], 1, 64 },
        { (int)WasiFunction.FdWrite, [1, 16, 1, 0], 1, 8 },
        { (int)WasiFunction.FdWrite, [1, 16, 1, 0], 3, 4 },
        { (int)WasiFunction.FdRead, [0, 16, 1, 0], 1, 8 },
        { (int)WasiFunction.FdRead, [0, 16, 1, 0], 3, 4 },
        { (int)WasiFunction.PollOneoff, [96, 192, 1, 0], 0, 48 },
        { (int)WasiFunction.PollOneoff, [96, 192, 1, 0], 1, 32 },
        { (int)WasiFunction.PollOneoff, [96, 192, 1, 0], 3, 4 },
        { (int)WasiFunction.PollOneoff, [96, 192, 2, 0], 0, 96 },
        { (int)WasiFunction.PollOneoff, [96, 192, 2, 0], 1, 64 },
    };

    private static WasiWorld Make()
    {
        WasiWorld w = new(["prog", "a bcd"], ["A=1"]);
        w.SetInput("12345678");
        w.Store(16, 64, 8);
        return w;
    }

    [Theory]
    [MemberData(nameof(Pointers))]
    public void Pointers_are_checked_to_the_byte_before_anything_is_written(int function, uint[] arguments, int pointer, uint size)
    {
        const uint End = WasiWorld.MemoryBytes;
        uint[] edges = [0, 1, End - size, End - size + 1, End - 1, End, End + 1, 0x80000000, 0 - size, 0 - size + 1, 0xFFFFFFFF];
        foreach (uint address in edges)
        {
            using WasiWorld w = Make();
            byte[] before = w.Memory.ToArray();
            uint[] slots = [.. arguments];
            slots[pointer] = address;
            bool fits = (ulong)address + size <= End;
            Assert.Equal(fits ? Success : Fault, w.Call((WasiFunction)function, slots));
            if (fits) continue;
            Assert.Equal(before, w.Memory.ToArray());
            Assert.Equal((0u, 0u, 0u, 0ul), (w.Seen->Written, w.Seen->InputRead, w.Seen->RandomCalls, w.Seen->Slept));
        }
    }

    /// <summary>Of preview 0: function, arguments, which of them is the pointer, bytes it must point at.</summary>
    public static TheoryData<int, uint[], int, uint> UnstablePointers => new()
    {
        { (int)WasiFunction.FdFilestatGet, [1, 0], 1, 56 },
        { (int)WasiFunction.PollOneoff, [96, 192, 1, 0], 0, 56 },
        { (int)WasiFunction.PollOneoff, [96, 192, 1, 0], 1, 32 },
        { (int)WasiFunction.PollOneoff, [96, 192, 1, 0], 3, 4 },
        { (int)WasiFunction.PollOneoff, [96, 192, 2, 0], 0, 112 },
    };

    [Theory]
    [MemberData(nameof(UnstablePointers))]
    public void Structures_of_preview_0_have_their_own_sizes(int function, uint[] arguments, int pointer, uint size)
    {
        const uint End = WasiWorld.MemoryBytes;
        foreach (uint address in (uint[])[0, End - size, End - size + 1, End - 1, End, 0x80000000, 0 - size])
        {
            using WasiWorld w = Make();
            byte[] before = w.Memory.ToArray();
            uint[] slots = [.. arguments];
            slots[pointer] = address;
            bool fits = (ulong)address + size <= End;
            Assert.Equal(fits ? Success : Fault, w.CallUnstable((WasiFunction)function, slots));
            if (!fits) Assert.Equal(before, w.Memory.ToArray());
        }
    }

    /// <summary>Addresses and lengths of a buffer in a list.</summary>
    [Theory]
    [InlineData(0u, 256u, true)]
    [InlineData(255u, 1u, true)]
    [InlineData(256u, 0u, true)]
    [InlineData(255u, 2u, false)]
    [InlineData(256u, 1u, false)]
    [InlineData(257u, 0u, false)]
    [InlineData(0u, 257u, false)]
    [InlineData(0x80000000u, 0x80000000u, false)]
    [InlineData(0xFFFFFFFFu, 1u, false)]
    [InlineData(1u, 0xFFFFFFFFu, false)]
    public void Buffers_of_a_list_are_all_checked_before_the_first_is_used(uint address, uint length, bool fits)
    {
        foreach (WasiFunction function in new[] { WasiFunction.FdWrite, WasiFunction.FdRead })
        {
            using WasiWorld w = Make();
            w.Seen->WriteLimit = 8;
            w.Store(16, 64, 8, address, length);
            byte[] before = w.Memory.ToArray();
            uint fd = function == WasiFunction.FdWrite ? 1u : 0;
            Assert.Equal(fits ? Success : Fault, w.Call(function, fd, 16, 2, 0));
            if (fits) continue;
            Assert.Equal(before, w.Memory.ToArray());
            Assert.Equal((0u, 0u), (w.Seen->Written, w.Seen->InputRead));
        }
    }

    /// <summary>Numbers of items whose size in bytes is beyond 32 bits, 0 or small when cut off at them.</summary>
    [Theory]
    [InlineData((int)WasiFunction.FdWrite, 0x20000000u)]
    [InlineData((int)WasiFunction.FdWrite, 0x20000001u)]
    [InlineData((int)WasiFunction.FdWrite, 0xFFFFFFFFu)]
    [InlineData((int)WasiFunction.FdRead, 0x20000001u)]
    [InlineData((int)WasiFunction.PollOneoff, 0x08000000u)]
    [InlineData((int)WasiFunction.PollOneoff, 0x08000001u)]
    [InlineData((int)WasiFunction.PollOneoff, 0x10000000u)]
    [InlineData((int)WasiFunction.PollOneoff, 0xFFFFFFFFu)]
    public void Number_of_items_does_not_wrap(int function, uint count)
    {
        using WasiWorld w = Make();
        byte[] before = w.Memory.ToArray();
        Assert.Equal(Fault, w.Call((WasiFunction)function, (WasiFunction)function == WasiFunction.FdWrite ? 1u : 0u, 16, count, 0));
        Assert.Equal(before, w.Memory.ToArray());
    }

    [Fact]
    public void Events_must_fit_though_the_subscriptions_do()
    {
        using WasiWorld w = Make();
        byte[] before = w.Memory.ToArray();
        Assert.Equal(Fault, w.Call(WasiFunction.PollOneoff, 0, 256 - 4 * 32 + 1, 4, 0));
        Assert.Equal(before, w.Memory.ToArray());
        Assert.Equal(Success, w.Call(WasiFunction.PollOneoff, 0, 256 - 4 * 32, 4, 252));
    }

    [Fact]
    public void List_that_is_overwritten_while_it_is_read_into_is_checked_again()
    {
        using WasiWorld w = Make();
        // The first buffer is the second entry of the list itself.
        w.Store(16, 24, 8, 64, 1);
        w.SetInput("\u00010\u0001\u0001\u0001\u0001\u0001\u0001");
        Assert.Equal(Fault, w.Call(WasiFunction.FdRead, 0, 16, 2, 0));
    }

    [Fact]
    public void Instance_without_memory_has_no_valid_address()
    {
        using WasiWorld w = Make();
        MemoryInst* memory = w.Env->Instance->Memory;
        w.Env->Instance->Memory = null;
        foreach (object[] row in Pointers)
            Assert.Equal(Fault, w.Call((WasiFunction)(int)row[0], (uint[])row[1]));
        w.Env->Instance->Memory = memory;
    }
}
