// SPDX-License-Identifier: MIT
// Boots that fail: an app that resets its device is given up for the one before, and flash with anything in it leads to a choice.
using System;
using Wamr.Nano.Tests.TestKit.Flash;
using Xunit;

namespace Wamr.Nano.Tests.Flash;

public sealed unsafe class BootMemoryTests : IDisposable
{
    private readonly SlotBoard _board = new(new FlashTable("8K", 32, [8192, 8192, 8192], [1, 1, 1]));
    private BootMemory _memory;

    public void Dispose() => _board.Dispose();

    /// <summary>A boot; the slot of the app that would be started.</summary>
    private int Boot(bool confirmed = false)
    {
        AppSlotEntry entry;
        fixed (BootMemory* memory = &_memory)
        {
            int slot = BootMemory.Choose(memory, _board.Device, &entry);
            if (!confirmed) return slot;
            BootMemory.Confirm(memory);
            BootMemory.Prove(memory, entry.Sequence);
            return slot;
        }
    }

    [Fact]
    public void An_app_that_is_never_confirmed_is_given_up_for_the_one_before_and_that_for_none()
    {
        _board.Install("a", SlotBoard.Image(1, 500));
        _board.Install("b", SlotBoard.Image(2, 500));
        Assert.Equal([1, 1, 1, 0, 0, 0, -1, -1], [Boot(), Boot(), Boot(), Boot(), Boot(), Boot(), Boot(), Boot()]);
        AppSlotEntry entry;
        Assert.Equal(AppSlotState.Ready, AppSlots.Inspect(_board.Device, 1, &entry));
        Assert.True(AppSlots.IsGivenUp(_board.Device, &entry));
    }

    [Fact]
    public void An_app_that_is_confirmed_goes_on_being_started()
    {
        _board.Install("a", SlotBoard.Image(1, 500));
        for (int n = 0; n < 20; n++) Assert.Equal(0, Boot(confirmed: n % 3 == 2));
    }

    [Fact]
    public void An_update_is_started_though_the_version_before_was_given_up()
    {
        _board.Install("a", SlotBoard.Image(1, 500));
        while (Boot() == 0) { }
        Assert.Equal(AppSlots.None, Boot());
        _board.Install("a", SlotBoard.Image(2, 500), slot: 1);
        Assert.Equal([1, 1, 1, -1], [Boot(), Boot(), Boot(), Boot()]);
        _board.Install("a", SlotBoard.Image(3, 500), slot: 2);
        Assert.Equal(2, Boot(confirmed: true));
    }

    [Fact]
    public void A_good_app_between_two_bad_ones_is_not_given_up_with_them()
    {
        _board.Install("a", SlotBoard.Image(1, 500));
        while (Boot() == 0) { }
        _board.Install("b", SlotBoard.Image(2, 500), slot: 1);
        Assert.Equal(1, Boot(confirmed: true));
        _board.Install("c", SlotBoard.Image(3, 500), slot: 2);
        Assert.Equal([2, 2, 2, 1], [Boot(), Boot(), Boot(), Boot()]);
    }

    [Fact]
    public void What_lies_in_memory_when_it_is_switched_on_counts_for_nothing()
    {
        Random random = new(14);
        _board.Install("a", SlotBoard.Image(1, 500));
        for (int n = 0; n < 1000; n++)
        {
            fixed (BootMemory* memory = &_memory) random.NextBytes(new Span<byte>(memory, sizeof(BootMemory)));
            Assert.Equal(0, Boot());
        }
        _memory = default;
        Assert.Equal(0, Boot());
    }

    /// <summary>
    /// Entries that are random, torn, worn or from the future, with images that fit or do not:
    /// a boot ends with a slot that is ready, or none.
    /// </summary>
    [Fact]
    public void Any_flash_and_any_memory_lead_to_a_ready_app_or_to_none()
    {
        Random random = new(2014);
        _board.Install("a", SlotBoard.Image(1, 500));
        _board.Install("b", SlotBoard.Image(2, 3000));
        byte[] good = _board.Flash.ToArray();
        for (int n = 0; n < 20_000; n++)
        {
            good.CopyTo(_board.Flash);
            Spoil(random);
            if (random.Next(2) == 0) fixed (BootMemory* memory = &_memory) random.NextBytes(new Span<byte>(memory, sizeof(BootMemory)));
            int slot = Boot(confirmed: random.Next(3) == 0);
            Assert.True(slot == AppSlots.None || _board.State((uint)slot) == AppSlotState.Ready, $"round {n}");
        }
    }

    private void Spoil(Random random)
    {
        for (int hits = random.Next(1, 5); hits != 0; hits--)
        {
            Span<byte> at = _board.Flash[(random.Next(3) * 8192)..];
            switch (random.Next(5))
            {
                case 0: random.NextBytes(at[..64]); break;
                case 1: at.Slice(random.Next(64), random.Next(1, 64)).Fill(0xFF); break;
                case 2: at[random.Next(64)] ^= (byte)(1 << random.Next(8)); break;
                case 3: at[64 + random.Next(400)] ^= (byte)(1 << random.Next(8)); break;
                default: Future(at, random); break;
            }
        }
    }

    /// <summary>An entry with a checksum that fits: of any sequence, with flags and sizes nobody writes.</summary>
    private static void Future(Span<byte> at, Random random)
    {
        fixed (byte* p = at)
        {
            AppSlotEntry* entry = (AppSlotEntry*)p;
            if (random.Next(2) == 0) entry->Sequence = (uint)random.NextInt64(1L << 32);
            if (random.Next(3) == 0) entry->Flags = (ushort)random.Next(1 << 16);
            if (random.Next(3) == 0) entry->ImageBytes = (uint)random.NextInt64(1L << 32);
            *(uint*)(p + 60) = Crc32.Of(p, 60);
        }
    }
}
