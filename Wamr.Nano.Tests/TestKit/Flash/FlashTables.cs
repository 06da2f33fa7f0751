// SPDX-License-Identifier: MIT
// The geometries power is cut on: erase units as microcontrollers have them, three slots each.
using System.Collections.Generic;
using System.Linq;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Flash;

namespace Wamr.Nano.Tests.TestKit.Flash;

/// <summary>A region of erase units, each number their bytes, divided into slots of some units each.</summary>
public sealed record FlashTable(string Name, uint WriteUnit, uint[] Units, int[] SlotUnits)
{
    /// <summary>Bytes of memory <see cref="Simulation.PowerLossTest.Run"/> needs.</summary>
    internal uint MemoryBytes => 6 * RegionBytes + 12 * (uint)Units.Length;

    internal uint RegionBytes => (uint)Units.Sum(unit => unit);

    /// <summary>The numbers <see cref="Simulation.PowerLossTest.Run"/> reads.</summary>
    internal uint[] Numbers
    {
        get
        {
            List<uint> numbers = [WriteUnit, (uint)Units.Length];
            foreach (uint unit in Units) numbers.AddRange([1, unit]);
            numbers.Add((uint)SlotUnits.Length);
            int first = 0;
            foreach (int count in SlotUnits)
            {
                numbers.AddRange([(uint)Units[..first].Sum(unit => unit), (uint)Units[first..(first + count)].Sum(unit => unit)]);
                first += count;
            }
            return [.. numbers];
        }
    }

    public override string ToString() => $"{Name}, write unit {WriteUnit}";

    private const uint K = 1024;

    /// <summary>The tables of real parts, for each write unit.</summary>
    internal static IEnumerable<FlashTable> Real(params uint[] writeUnits) => writeUnits.SelectMany(unit => new FlashTable[]
    {
        new("2K", unit, [.. Enumerable.Repeat(2 * K, 12)], [4, 4, 4]),
        new("4K", unit, [.. Enumerable.Repeat(4 * K, 6)], [2, 2, 2]),
        new("8K", unit, [.. Enumerable.Repeat(8 * K, 6)], [2, 2, 2]),
        new("16+64+128K", unit, [16 * K, 16 * K, 16 * K, 16 * K, 64 * K, 128 * K], [4, 1, 1]),
        new("32+128+256K", unit, [32 * K, 32 * K, 32 * K, 32 * K, 128 * K, 256 * K], [4, 1, 1]),
        new("128K", unit, [128 * K, 128 * K, 128 * K], [1, 1, 1]),
    });

    /// <summary>
    /// The tables of every board that has slots, each shape once: its slots as they are, of many at most the first five, without what
    /// lies before and behind them.
    /// </summary>
    internal static IEnumerable<FlashTable> OfBoards() => new SourceTree(Repository.PathOf("")).AllBoards()
        .Where(board => board.Flash is { Slots.Count: > 0 }).Select(board => Of(board.Name, board.Flash!))
        .DistinctBy(table => string.Join(' ', table.Numbers));

    private static FlashTable Of(string board, FlashLayout flash)
    {
        const int most = 5;
        SlotPlace[] slots = [.. flash.Slots.Take(most)];
        List<uint> units = [];
        List<int> counts = [];
        foreach (SlotPlace slot in slots)
        {
            int before = units.Count;
            units.AddRange(ErasedAt(flash).Where(unit => unit.Start >= slot.Offset && unit.Start < slot.Offset + slot.Bytes)
                .Select(unit => unit.Bytes));
            counts.Add(units.Count - before);
        }
        return new(board, flash.WriteUnit, [.. units], [.. counts]);
    }

    private static IEnumerable<(uint Start, uint Bytes)> ErasedAt(FlashLayout flash)
    {
        uint start = 0;
        foreach (EraseRun run in flash.Runs)
            for (uint i = 0; i < run.Count; i++, start += run.UnitBytes) yield return (start, run.UnitBytes);
    }

    /// <summary>The shape of 16+64+128K, small: an image covers all units of a slot in few steps.</summary>
    internal static FlashTable Small(uint writeUnit) => new("256+1024+2048", writeUnit, [256, 256, 256, 256, 1024, 2048], [4, 1, 1]);

    /// <summary>Three slots of one unit that a few write units fill.</summary>
    internal static FlashTable Tiny(uint writeUnit) => new("256", writeUnit, [256, 256, 256], [1, 1, 1]);
}
