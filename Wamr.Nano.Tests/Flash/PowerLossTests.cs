// SPDX-License-Identifier: MIT
// Whenever power fails, the device starts the old app or the new one, and the operation can be done again.
using System.Linq;
using System.Runtime.InteropServices;
using Wamr.Nano.Tests.TestKit.Flash;
using Wamr.Nano.Tests.TestKit.Simulation;
using Xunit;

namespace Wamr.Nano.Tests.Flash;

public sealed unsafe class PowerLossTests
{
    public static TheoryData<FlashTable> RealTables => [.. FlashTable.Real(1, 2, 4, 8, 16, 32)];

    public static TheoryData<FlashTable> BoardTables => [.. FlashTable.OfBoards()];

    [Theory]
    [MemberData(nameof(RealTables))]
    public void Power_may_fail_at_every_step_on_every_geometry(FlashTable table) =>
        TryAll(table, imageBytes: table.WriteUnit <= 2 ? 75u : 300u, losses: 1);

    [Theory]
    [MemberData(nameof(BoardTables))]
    public void Power_may_fail_at_every_step_on_every_board(FlashTable table) =>
        TryAll(table, imageBytes: table.WriteUnit <= 2 ? 75u : 300u, losses: 1);

    /// <summary>Images that cover several erase units: 2K and 4K units, and the shape of 16+64+128K, small.</summary>
    public static TheoryData<FlashTable, uint> Spanning
    {
        get
        {
            FlashTable[] real = [.. FlashTable.Real(32)];
            return new()
            {
                { real.First(t => t.Name == "2K"), 2100 },
                { real.First(t => t.Name == "4K"), 4200 },
                { FlashTable.Small(2), 500 },
                { FlashTable.Small(4), 900 },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Spanning))]
    public void Power_may_fail_between_the_erase_units_of_an_image(FlashTable table, uint imageBytes) =>
        TryAll(table, imageBytes, losses: 1);

    [Fact]
    public void Power_may_fail_with_any_bits_of_a_byte_written()
    {
        const uint update = 1, allBytes = 256;
        Run(FlashTable.Tiny(1), update, imageBytes: 5, losses: 1, FlashModel.Ways + allBytes);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(32)]
    public void Power_may_fail_again_while_the_operation_is_repeated(uint writeUnit) =>
        TryAll(FlashTable.Tiny(writeUnit), imageBytes: 60, losses: 2);

    [Fact]
    public void An_update_erases_each_unit_of_the_image_once_and_nothing_else()
    {
        Assert.Equal(1u, Run(FlashTable.Tiny(8), story: 1, imageBytes: 100, losses: 1, ways: 1).Erases);
        Assert.Equal(3u, Run(FlashTable.Real(8).First(), story: 1, imageBytes: 5000, losses: 1, ways: 1).Erases);
    }

    private static void TryAll(FlashTable table, uint imageBytes, uint losses)
    {
        for (uint story = 0; story < SlotStory.Count; story++) Run(table, story, imageBytes, losses, FlashModel.Ways);
    }

    private static PowerLossResult Run(FlashTable table, uint story, uint imageBytes, uint losses, uint ways)
    {
        PowerLossResult result;
        void* memory = NativeMemory.AllocZeroed(table.MemoryBytes);
        fixed (uint* numbers = table.Numbers) PowerLossTest.Run(numbers, (byte*)memory, story, imageBytes, losses, ways, &result);
        NativeMemory.Free(memory);
        string at = $"story {story}: {result.Failure} at step {result.Step} of {result.Steps}, way {result.Way}, error {result.Error}";
        Assert.True(result is { Failure: PowerLossFailure.None, Runs: > 0 }, at);
        Assert.True(result.Runs >= result.Steps * ways, at);
        return result;
    }
}
