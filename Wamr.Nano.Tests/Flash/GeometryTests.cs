// SPDX-License-Identifier: MIT
// Tables of a board that do not make sense are refused before anything is read or written.
using Xunit;

namespace Wamr.Nano.Tests.Flash;

public sealed unsafe class GeometryTests
{
    /// <summary>Write unit; runs; slots: right ones first, then one with a fault each.</summary>
    public static TheoryData<string, uint[], bool> Tables => new()
    {
        { "as it should be", [8, 2, 4, 256, 1, 1024, 2, 0, 1024, 1024, 1024], true },
        { "a run of no units, slots with a gap", [1, 3, 2, 256, 0, 512, 2, 512, 2, 0, 256, 512, 512], true },
        { "write unit 0", [0, 1, 4, 256, 1, 0, 256], false },
        { "write unit 12", [12, 1, 4, 256, 1, 0, 256], false },
        { "write unit 64", [64, 1, 4, 256, 1, 0, 256], false },
        { "no erase unit", [8, 0, 1, 0, 256], false },
        { "an erase unit of 0 bytes", [8, 1, 4, 0, 1, 0, 256], false },
        { "an erase unit that is no multiple of 32", [8, 1, 4, 200, 1, 0, 200], false },
        { "a region of more than 1 GiB", [8, 1, 0xFFFFFFFF, 0xFFFFFFE0, 1, 0, 0xFFFFFFE0], false },
        { "no slot", [8, 1, 4, 256, 0], false },
        { "a slot that starts inside a unit", [8, 1, 4, 256, 1, 128, 256], false },
        { "a slot that ends inside a unit", [8, 1, 4, 256, 1, 0, 128], false },
        { "a slot behind the region", [8, 1, 4, 256, 1, 1024, 256], false },
        { "a slot whose end wraps", [8, 1, 4, 256, 1, 256, 0xFFFFFF00], false },
        { "a slot with no room for an image", [8, 1, 4, 64, 1, 0, 64], false },
        { "slots that overlap", [8, 1, 4, 256, 2, 0, 512, 256, 256], false },
        { "slots out of order", [8, 1, 4, 256, 2, 512, 256, 0, 256], false },
    };

    [Theory]
    [MemberData(nameof(Tables))]
    public void A_board_has(string what, uint[] numbers, bool right)
    {
        Assert.NotEmpty(what);
        fixed (uint* table = numbers)
        {
            FlashDevice device = default;
            device.WriteUnit = table[0];
            device.RunCount = table[1];
            device.Runs = (FlashRun*)(table + 2);
            device.SlotCount = table[2 + 2 * table[1]];
            device.Slots = (FlashSlot*)(table + 3 + 2 * table[1]);
            Assert.Equal(right ? WasmError.None : WasmError.BadFlashGeometry, FlashGeometry.Check(&device));
        }
    }

    [Fact]
    public void Erase_units_have_the_size_of_their_run()
    {
        uint* table = stackalloc uint[] { 4, 256, 1, 1024, 2, 2048 };
        FlashDevice device = new() { Runs = (FlashRun*)table, RunCount = 3 };
        Assert.Equal(256u, FlashGeometry.UnitBytes(&device, 0));
        Assert.Equal(256u, FlashGeometry.UnitBytes(&device, 768));
        Assert.Equal(1024u, FlashGeometry.UnitBytes(&device, 1024));
        Assert.Equal(2048u, FlashGeometry.UnitBytes(&device, 2048));
        Assert.Equal(2048u, FlashGeometry.UnitBytes(&device, 4096));
    }
}
