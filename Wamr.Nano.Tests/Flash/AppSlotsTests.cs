// SPDX-License-Identifier: MIT
// Entries, states, versions, the choice of a slot: docs/SLOTS.md, rule by rule.
using System;
using System.Linq;
using Wamr.Nano.Tests.TestKit.Flash;
using Wamr.Nano.Tests.TestKit.Simulation;
using Xunit;

namespace Wamr.Nano.Tests.Flash;

public sealed unsafe class AppSlotsTests : IDisposable
{
    private readonly SlotBoard board = new(FlashTable.Tiny(8));

    public void Dispose() => board.Dispose();

    [Fact]
    public void The_CRC_is_that_of_IEEE_802_3() => Assert.Equal(0xCBF43926u, SlotBoard.CrcOf([.. "123456789"u8]));

    [Fact]
    public void An_entry_has_the_bytes_the_document_says()
    {
        Assert.Equal(WasmError.None, board.Install("blink", [1, 2, 3, 4, 5]));
        string entry = Convert.ToHexString(board.Flash[..72]);
        string name = Convert.ToHexString("blink"u8) + new string('0', 2 * (32 - 5));
        Assert.Equal("574E534C"
            + "0100" + "0100" + "01000000" + "05000000" + "F499 0B47".Replace(" ", "") + "00000000" + "05000000" + name, entry[..120]);
        Assert.Equal("0102030405FFFFFF", entry[128..]);
        Assert.Equal(SlotBoard.CrcOf(board.Flash[..60].ToArray()), BitConverter.ToUInt32(board.Flash[60..]));
    }

    [Fact]
    public void Nothing_is_started_from_erased_flash()
    {
        Assert.Equal(AppSlots.None, board.Boot());
        Assert.All(Enumerable.Range(0, 3), slot => Assert.Equal(AppSlotState.Empty, board.State((uint)slot)));
    }

    [Fact]
    public void Any_flipped_bit_of_entry_or_image_brings_the_version_before_back()
    {
        board.Install("a", SlotBoard.Image(1, 50));
        board.Install("a", SlotBoard.Image(2, 50));
        for (int bit = 0; bit < 8 * (64 + 50); bit++)
        {
            ref byte b = ref board.Flash[256 + bit / 8];
            b ^= (byte)(1 << bit % 8);
            Assert.Equal(0, board.Boot());
            Assert.Equal(bit < 8 * 64 ? AppSlotState.BadEntry : AppSlotState.BadImage, board.State(1));
            b ^= (byte)(1 << bit % 8);
        }
        Assert.Equal(1, board.Boot());
    }

    [Theory]
    [InlineData(4, 2)]
    [InlineData(6, 3)]
    [InlineData(8, 0)]
    [InlineData(12, 193)]
    [InlineData(20, 1)]
    [InlineData(24, 0)]
    [InlineData(24, 33)]
    [InlineData(26, 1)]
    [InlineData(28, ' ')]
    [InlineData(31, 'x')]
    public void An_entry_with_a_right_CRC_and_a_wrong_field_is_bad(int offset, byte value)
    {
        board.Install("app", SlotBoard.Image(1, 50));
        board.Flash[offset] = value;
        BitConverter.TryWriteBytes(board.Flash[60..], SlotBoard.CrcOf(board.Flash[..60].ToArray()));
        Assert.Equal(AppSlotState.BadEntry, board.State(0));
    }

    [Fact]
    public void Updates_take_turns_and_spare_the_app_that_is_started()
    {
        int[] slots = new int[7];
        for (int i = 0; i < slots.Length; i++)
        {
            Assert.Equal(WasmError.None, board.Install("a", SlotBoard.Image(i, 20)));
            slots[i] = board.Boot();
        }
        Assert.Equal([0, 1, 2, 0, 1, 2, 0], slots);
    }

    [Fact]
    public void A_full_region_refuses_another_app_and_an_update_until_one_is_removed()
    {
        foreach (string name in new[] { "a", "b", "c" }) Assert.Equal(WasmError.None, board.Install(name, SlotBoard.Image(1, 20)));
        byte[] before = board.Flash.ToArray();
        Assert.Equal(WasmError.NoFreeSlot, board.Install("d", SlotBoard.Image(1, 20)));
        Assert.Equal(WasmError.NoFreeSlot, board.Install("a", SlotBoard.Image(2, 20)));
        Assert.Equal(WasmError.SlotInUse, board.Install("a", SlotBoard.Image(2, 20), slot: 1));
        Assert.Equal(before, board.Flash.ToArray());
        Assert.Equal(WasmError.None, board.Remove("b"));
        Assert.Equal(WasmError.None, board.Install("a", SlotBoard.Image(2, 20)));
        Assert.Equal((1, AppSlots.None), (board.Boot(), board.Find("b")));
    }

    [Fact]
    public void A_version_that_is_not_to_be_started_never_takes_the_place_of_the_one_that_is()
    {
        board.Install("a", SlotBoard.Image(1, 20));
        for (int i = 2; i < 6; i++)
        {
            Assert.Equal(WasmError.None, board.Install("a", SlotBoard.Image(i, 20), start: false));
            Assert.Equal(0, board.Boot());
        }
    }

    [Fact]
    public void Activating_starts_another_app_and_then_changes_nothing()
    {
        board.Install("a", SlotBoard.Image(1, 20));
        board.Install("b", SlotBoard.Image(2, 33), start: false);
        Assert.Equal(WasmError.NoSuchApp, board.Activate("c"));
        Assert.Equal(WasmError.None, board.Activate("b"));
        Assert.Equal((2, 2), (board.Boot(), board.Find("b")));
        byte[] before = board.Flash.ToArray();
        Assert.Equal(WasmError.None, board.Activate("b"));
        Assert.Equal(before, board.Flash.ToArray());
    }

    [Fact]
    public void Slots_that_code_runs_from_are_neither_written_nor_removed()
    {
        board.Install("a", SlotBoard.Image(1, 20));
        board.Install("a", SlotBoard.Image(2, 20));
        board.Install("b", SlotBoard.Image(2, 20));
        board.Device->Busy = 0b001;
        Assert.Equal(WasmError.NoFreeSlot, board.Install("b", SlotBoard.Image(3, 20)));
        Assert.Equal(WasmError.SlotInUse, board.Remove("a"));
        Assert.Equal(WasmError.SlotInUse, AppSlots.RemoveSlot(board.Device, 0));
        Assert.Equal(1, board.Find("a"));
    }

    [Fact]
    public void The_smallest_slot_that_fits_is_taken()
    {
        using SlotBoard mixed = new(FlashTable.Small(4) with { SlotUnits = [1, 3, 1] });
        Assert.Equal(WasmError.ImageTooLarge, mixed.Install("x", SlotBoard.Image(1, 1024 - 63)));
        Assert.Equal(WasmError.None, mixed.Install("m", SlotBoard.Image(1, 700)));
        Assert.Equal(WasmError.None, mixed.Install("l", SlotBoard.Image(1, 1024 - 64)));
        Assert.Equal(WasmError.None, mixed.Install("s", SlotBoard.Image(1, 192)));
        Assert.Equal((1, 2, 0), (mixed.Find("m"), mixed.Find("l"), mixed.Find("s")));
        Assert.Equal(WasmError.ImageTooLarge, mixed.Install("s", SlotBoard.Image(1, 193), slot: 0));
        Assert.Equal(WasmError.NoSuchSlot, mixed.Install("s", SlotBoard.Image(1, 1), slot: 3));
    }

    [Fact]
    public void An_image_that_differs_from_what_was_promised_is_never_committed()
    {
        byte[] image = SlotBoard.Image(1, 20);
        SlotWrite write;
        fixed (byte* bytes = image)
        {
            Assert.Equal(WasmError.None, board.Begin(&write, "a", 20, SlotBoard.CrcOf(image) ^ 1));
            Assert.Equal(WasmError.None, AppSlotWriter.Write(&write, bytes, 20));
            Assert.Equal(WasmError.ImageCrcMismatch, AppSlotWriter.Commit(&write));
            Assert.Equal(WasmError.NoInstallOpen, AppSlotWriter.Commit(&write));
            Assert.Equal(WasmError.None, board.Begin(&write, "a", 20, SlotBoard.CrcOf(image)));
            Assert.Equal(WasmError.None, AppSlotWriter.Write(&write, bytes, 19));
            Assert.Equal(WasmError.ImageSizeMismatch, AppSlotWriter.Commit(&write));
            Assert.Equal(WasmError.None, board.Begin(&write, "a", 19, SlotBoard.CrcOf(image)));
            Assert.Equal(WasmError.ImageSizeMismatch, AppSlotWriter.Write(&write, bytes, 20));
            Assert.Equal(WasmError.NoInstallOpen, AppSlotWriter.Write(&write, bytes, 1));
        }
        Assert.Equal(AppSlots.None, board.Find("a"));
    }

    [Theory]
    [InlineData("", WasmError.BadAppName)]
    [InlineData("with space", WasmError.BadAppName)]
    [InlineData("umläut", WasmError.BadAppName)]
    [InlineData("A-name_of.exactly-32-characters.", WasmError.None)]
    [InlineData("a-name-of-33-characters-is-refused", WasmError.BadAppName)]
    public void Names_are_plain(string name, WasmError expected) => Assert.Equal(expected, board.Install(name, [1]));

    [Fact]
    public void The_last_sequence_number_is_the_end()
    {
        board.Install("a", [1]);
        BitConverter.TryWriteBytes(board.Flash[8..], AppSlotEntry.MaxSequence);
        BitConverter.TryWriteBytes(board.Flash[60..], SlotBoard.CrcOf(board.Flash[..60].ToArray()));
        Assert.Equal(0, board.Boot());
        Assert.Equal(WasmError.SequenceExhausted, board.Install("a", [2]));
    }

    [Fact]
    public void A_slot_whose_entry_cannot_be_read_is_bad_and_may_be_written()
    {
        board.Install("a", [1]);
        board.Model->Now.Wear[3] = Wear.Unreadable;
        Assert.Equal(AppSlotState.BadEntry, board.State(0));
        Assert.Equal(WasmError.None, board.Install("a", [2], slot: 0));
        Assert.Equal(0, board.Boot());
    }
    /// <summary>Locked flash takes every erase and every write without a word.</summary>
    [Fact]
    public void What_locked_flash_does_not_do_is_noticed()
    {
        Assert.Equal(WasmError.None, board.Install("a", SlotBoard.Image(1, 20)));
        Assert.Equal(WasmError.None, board.Install("a", SlotBoard.Image(2, 20)));
        byte[] before = board.Flash.ToArray();
        board.Model->Locked = 1;
        Assert.Equal(WasmError.FlashEraseFailed, board.Remove("a"));
        Assert.Equal(WasmError.FlashEraseFailed, AppSlots.RemoveSlot(board.Device, 1));
        Assert.Equal(WasmError.FlashEraseFailed, board.Install("a", SlotBoard.Image(3, 20), slot: 0));
        Assert.Equal(WasmError.FlashVerifyFailed, board.Install("a", SlotBoard.Image(3, 20), slot: 2));
        Assert.Equal(before, board.Flash.ToArray());
        board.Model->Locked = 0;
        Assert.Equal(WasmError.None, board.Remove("a"));
    }
}
