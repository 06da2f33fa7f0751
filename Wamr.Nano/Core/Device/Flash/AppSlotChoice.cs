// SPDX-License-Identifier: MIT
// Chooses the slot for an image: never one that is still needed (docs/SLOTS.md, "Rules").
namespace Wamr.Nano.Core.Device.Flash;

internal static unsafe class AppSlotChoice
{
    /// <summary>In the order of preference; <c>Needed</c> is never written.</summary>
    private enum Use : byte
    {
        Free,
        Superseded,
        Needed,
    }

    /// <summary>Finds a slot for an image of the given size: the wanted slot, or the best one.</summary>
    /// <param name="device">The app region.</param>
    /// <param name="bytes">Bytes of the image.</param>
    /// <param name="wanted">The slot, or <see cref="AppSlots.None"/> for any.</param>
    /// <param name="slot">The slot found.</param>
    internal static WasmError Choose(FlashDevice* device, uint bytes, int wanted, uint* slot)
    {
        if (wanted >= (int)device->SlotCount) return WasmError.NoSuchSlot;
        AppSlotEntry entry;
        int boot = AppSlots.Boot(device, &entry), best = AppSlots.None;
        bool fits = false;
        Use bestUse = Use.Needed;
        uint bestSequence = 0;
        for (int i = 0; i < (int)device->SlotCount; i++)
        {
            if (wanted != AppSlots.None && i != wanted || !Fits(device, (uint)i, bytes)) continue;
            fits = true;
            Use use = i == boot ? Use.Needed : UseOf(device, (uint)i, &entry);
            if (use == Use.Needed
                || best != AppSlots.None && !IsBetter(device, (uint)i, use, entry.Sequence, (uint)best, bestUse, bestSequence))
                continue;
            best = i;
            bestUse = use;
            bestSequence = entry.Sequence;
        }
        if (!fits) return WasmError.ImageTooLarge;
        if (best == AppSlots.None) return wanted != AppSlots.None ? WasmError.SlotInUse : WasmError.NoFreeSlot;
        *slot = (uint)best;
        return WasmError.None;
    }

    private static bool Fits(FlashDevice* device, uint slot, uint bytes) => bytes <= device->Slots[slot].Bytes - AppSlotEntry.Bytes;

    private static bool IsBetter(FlashDevice* device, uint a, Use useA, uint sequenceA, uint b, Use useB, uint sequenceB)
    {
        if (useA != useB) return useA < useB;
        uint bytesA = device->Slots[a].Bytes, bytesB = device->Slots[b].Bytes;
        return bytesA != bytesB ? bytesA < bytesB : sequenceA < sequenceB;
    }

    /// <param name="device">The app region.</param>
    /// <param name="slot">The slot.</param>
    /// <param name="entry">Receives its entry; the sequence is 0 if it is free.</param>
    private static Use UseOf(FlashDevice* device, uint slot, AppSlotEntry* entry)
    {
        if ((device->Busy >> (int)slot & 1) != 0) return Use.Needed;
        if (AppSlots.Inspect(device, slot, entry) != AppSlotState.Ready)
        {
            entry->Sequence = 0;
            return Use.Free;
        }
        AppSlotEntry newest;
        int version = AppSlots.Find(device, entry->Name, entry->NameLength, &newest);
        return version == (int)slot ? Use.Needed : Use.Superseded;
    }
}
