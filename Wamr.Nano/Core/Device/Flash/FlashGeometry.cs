// SPDX-License-Identifier: MIT
// Erase units and slots: checks a board's tables, and finds the unit at an offset (docs/SLOTS.md, "Layout").
namespace Wamr.Nano.Core.Device.Flash;

internal static unsafe class FlashGeometry
{
    private const uint MaxRegion = 1u << 30;

    /// <summary>Whether the tables are valid. Everything else in this folder relies on that.</summary>
    internal static WasmError Check(FlashDevice* device)
    {
        uint unit = device->WriteUnit;
        if (unit == 0 || unit > FlashDevice.MaxWriteUnit || (unit & unit - 1) != 0) return WasmError.BadFlashGeometry;
        ulong region = 0;
        for (uint i = 0; i < device->RunCount; i++)
        {
            FlashRun run = device->Runs[i];
            if (run.UnitBytes == 0 || run.UnitBytes % FlashDevice.MaxWriteUnit != 0) return WasmError.BadFlashGeometry;
            region += (ulong)run.Count * run.UnitBytes;
            if (region > MaxRegion) return WasmError.BadFlashGeometry;
        }
        return CheckSlots(device, (uint)region);
    }

    private static WasmError CheckSlots(FlashDevice* device, uint region)
    {
        if (device->SlotCount == 0 || device->SlotCount > FlashDevice.MaxSlots) return WasmError.BadFlashGeometry;
        uint end = 0;
        for (uint i = 0; i < device->SlotCount; i++)
        {
            FlashSlot slot = device->Slots[i];
            if (slot.Offset < end || slot.Offset > region || slot.Bytes > region - slot.Offset) return WasmError.BadFlashGeometry;
            end = slot.Offset + slot.Bytes;
            if (slot.Bytes <= AppSlotEntry.Bytes || !IsBoundary(device, slot.Offset) || !IsBoundary(device, end))
                return WasmError.BadFlashGeometry;
        }
        return WasmError.None;
    }

    /// <summary>Whether an erase unit starts or ends there.</summary>
    private static bool IsBoundary(FlashDevice* device, uint offset)
    {
        uint start = 0;
        for (uint i = 0; i < device->RunCount; i++)
        {
            FlashRun run = device->Runs[i];
            uint bytes = run.Count * run.UnitBytes;
            if (offset - start <= bytes) return (offset - start) % run.UnitBytes == 0;
            start += bytes;
        }
        return false;
    }

    /// <summary>Bytes of the erase unit that starts at an offset of the region.</summary>
    internal static uint UnitBytes(FlashDevice* device, uint offset)
    {
        uint start = 0, i = 0;
        for (; i + 1 < device->RunCount; i++)
        {
            uint bytes = device->Runs[i].Count * device->Runs[i].UnitBytes;
            if (offset - start < bytes) break;
            start += bytes;
        }
        return device->Runs[i].UnitBytes;
    }
}
