// SPDX-License-Identifier: MIT
// A board's flash as board.json describes it: erase units, write unit, slots (docs/SLOTS.md, "Choosing slots for a board").
using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Wamr.Nano.Tool.Flash;

/// <summary>A run of erase units of one size.</summary>
internal sealed record EraseRun(uint Count, uint UnitBytes);

/// <summary>A slot; its place counts from the start of flash.</summary>
internal sealed record SlotPlace(uint Offset, uint Bytes);

/// <param name="Origin">Address of the first byte.</param>
/// <param name="WriteUnit">Bytes that are programmed at once.</param>
/// <param name="Runs">The erase units, from the start to the end.</param>
/// <param name="Slots">May be none.</param>
internal sealed record FlashLayout(uint Origin, uint WriteUnit, IReadOnlyList<EraseRun> Runs, IReadOnlyList<SlotPlace> Slots)
{
    internal uint Bytes => (uint)Runs.Sum(run => run.Count * run.UnitBytes);

    /// <summary>The image the largest slot has room for, bytes.</summary>
    internal uint LargestImage => Slots.Max(slot => slot.Bytes) - AppSlotEntry.Bytes;

    /// <summary>Runs as board.json writes them: <c>4x16K</c>.</summary>
    internal static IReadOnlyList<EraseRun> ParseRuns(IEnumerable<string> texts) => [.. texts.Select(ParseRun)];

    private static EraseRun ParseRun(string text)
    {
        string[] parts = text.Split('x');
        bool ok = parts.Length == 2 && uint.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out _)
            && Printing.Bytes.TryParse(parts[1], out _);
        if (!ok) throw new FormatException($"'{text}' is no list of sectors: write such as 4x16K");
        Printing.Bytes.TryParse(parts[1], out uint bytes);
        return new(uint.Parse(parts[0], CultureInfo.InvariantCulture), bytes);
    }

    /// <exception cref="InvalidDataException">Erase units, write unit and slots do not fit each other.</exception>
    internal unsafe FlashLayout Checked(string board)
    {
        fixed (FlashRun* runs = CoreRuns())
        fixed (FlashSlot* slots = CoreSlots())
        {
            FlashDevice device = Device(runs, slots);
            if (Slots.Count == 0 || FlashGeometry.Check(&device) == WasmError.None) return this;
            ErrorInfo info = new();
            throw new InvalidDataException($"{board}: {ErrorTexts.Message(WasmError.BadFlashGeometry, info, Reader.Tool)}");
        }
    }

    internal FlashRun[] CoreRuns() => [.. Runs.Select(run => new FlashRun { Count = run.Count, UnitBytes = run.UnitBytes })];

    internal FlashSlot[] CoreSlots() => [.. Slots.Select(slot => new FlashSlot { Offset = slot.Offset, Bytes = slot.Bytes })];

    /// <summary>The tables of a core's device; its functions are the caller's to set.</summary>
    internal unsafe FlashDevice Device(FlashRun* runs, FlashSlot* slots) => new()
    {
        WriteUnit = WriteUnit, Runs = runs, RunCount = (uint)Runs.Count, Slots = slots, SlotCount = (uint)Slots.Count,
    };
}
