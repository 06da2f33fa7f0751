// SPDX-License-Identifier: MIT
// The contents of the slots: states, versions, the boot choice, removal (docs/SLOTS.md, "States of a slot" and "Rules").
using Wamr.Nano.Core.Platform;

namespace Wamr.Nano.Core.Device.Flash;

internal enum AppSlotState : byte
{
    Empty,
    BadEntry,
    BadImage,
    Ready,
}

/// <summary>
/// Each function reads flash again. The device's tables have passed <see cref="FlashGeometry.Check"/>. Slots are numbered from 0.
/// </summary>
internal static unsafe class AppSlots
{
    internal const int None = -1;

    private const uint ChunkBytes = 64;

    /// <summary>
    /// The state of a slot, after a check of its whole image. The entry is filled in for <c>Ready</c> and <c>BadImage</c>.
    /// </summary>
    internal static AppSlotState Inspect(FlashDevice* device, uint slot, AppSlotEntry* entry)
    {
        AppSlotState state = ReadEntry(device, slot, entry);
        return state == AppSlotState.Ready && !ImageIsGood(device, slot, entry) ? AppSlotState.BadImage : state;
    }

    /// <summary>The same, but checks only the entry. <c>Ready</c> then means that the entry is correct.</summary>
    internal static AppSlotState ReadEntry(FlashDevice* device, uint slot, AppSlotEntry* entry)
    {
        FlashSlot* area = &device->Slots[slot];
        if (device->Read(device->Context, area->Offset, (byte*)entry, AppSlotEntry.Bytes) == 0) return AppSlotState.BadEntry;
        if (AppSlotEntry.IsValid(entry, area->Bytes)) return AppSlotState.Ready;
        for (uint i = 0; i < AppSlotEntry.Bytes; i++)
            if (((byte*)entry)[i] != 0xFF) return AppSlotState.BadEntry;
        return AppSlotState.Empty;
    }

    /// <summary>Whether the image in flash has the given size and CRC.</summary>
    internal static bool ImageIsGood(FlashDevice* device, uint slot, AppSlotEntry* entry)
    {
        byte* chunk = stackalloc byte[(int)ChunkBytes];
        uint at = device->Slots[slot].Offset + AppSlotEntry.Bytes, crc = 0;
        for (uint left = entry->ImageBytes; left != 0;)
        {
            uint size = left < ChunkBytes ? left : ChunkBytes;
            if (device->Read(device->Context, at, chunk, size) == 0) return false;
            crc = Crc32.Add(crc, chunk, size);
            at += size;
            left -= size;
        }
        return crc == entry->ImageCrc;
    }

    /// <summary>
    /// The slot of the app to start: the newest one with flag start and a good image; <see cref="None"/> if there is none.
    /// </summary>
    internal static int Boot(FlashDevice* device, AppSlotEntry* entry) => Newest(device, null, 0, AppSlotEntry.StartFlag, entry);

    /// <summary>Whether an app was given up because the device was reset each time the app was started.</summary>
    internal static bool IsGivenUp(FlashDevice* device, AppSlotEntry* entry) =>
        device->GivenUpTo != 0 && entry->Sequence >= device->GivenUpFrom && entry->Sequence <= device->GivenUpTo;

    /// <summary>The slot of the newest version of an app; <see cref="None"/> if there is none.</summary>
    internal static int Find(FlashDevice* device, byte* name, uint length, AppSlotEntry* entry) => Newest(device, name, length, 0, entry);

    /// <summary>The address of a slot's image, if the flash is in the address space.</summary>
    internal static byte* Image(FlashDevice* device, uint slot) => device->Mapped + device->Slots[slot].Offset + AppSlotEntry.Bytes;

    /// <summary>Checks images from the newest entry down until one is good. A null name means any app.</summary>
    private static int Newest(FlashDevice* device, byte* name, uint length, ushort flags, AppSlotEntry* entry)
    {
        AppSlotEntry other;
        for (uint below = AppSlotEntry.MaxSequence + 1; ; below = entry->Sequence)
        {
            int found = None;
            for (uint i = 0; i < device->SlotCount; i++)
            {
                if (ReadEntry(device, i, &other) != AppSlotState.Ready || other.Sequence >= below) continue;
                if ((other.Flags & flags) != flags || (flags & AppSlotEntry.StartFlag) != 0 && IsGivenUp(device, &other)
                    || name != null && !AppSlotEntry.IsNamed(&other, name, length))
                    continue;
                if (found != None && other.Sequence <= entry->Sequence) continue;
                found = (int)i;
                *entry = other;
            }
            if (found == None || ImageIsGood(device, (uint)found, entry)) return found;
        }
    }

    /// <summary>The sequence after that of the newest entry, even if its image is bad; 0 if none is left.</summary>
    internal static uint NextSequence(FlashDevice* device)
    {
        uint newest = 0;
        AppSlotEntry entry;
        for (uint i = 0; i < device->SlotCount; i++)
            if (ReadEntry(device, i, &entry) == AppSlotState.Ready && entry.Sequence > newest) newest = entry.Sequence;
        return newest == AppSlotEntry.MaxSequence ? 0 : newest + 1;
    }

    /// <summary>Empties a slot with any contents. The version before, if there is one, becomes the app again.</summary>
    internal static WasmError RemoveSlot(FlashDevice* device, uint slot)
    {
        if (slot >= device->SlotCount) return WasmError.NoSuchSlot;
        if ((device->Busy >> (int)slot & 1) != 0) return WasmError.SlotInUse;
        return Erase(device, device->Slots[slot].Offset) ? WasmError.None : WasmError.FlashEraseFailed;
    }

    /// <summary>
    /// Erases the unit that starts at an offset, and reads back its beginning, because locked flash, or memory that is not flash, may
    /// accept an erase without an error. What is programmed later is compared completely.
    /// </summary>
    internal static bool Erase(FlashDevice* device, uint start)
    {
        const uint least = FlashDevice.MaxWriteUnit; // no unit is smaller
        byte* chunk = stackalloc byte[(int)least];
        if (device->Erase(device->Context, start, FlashGeometry.UnitBytes(device, start)) == 0) return false;
        if (device->Read(device->Context, start, chunk, least) == 0) return false;
        uint i = 0;
        while (i < least && chunk[i] == 0xFF) i++;
        return i == least;
    }

    /// <summary>Removes all versions of an app, the newest last, so that until then the app is the same.</summary>
    internal static WasmError Remove(FlashDevice* device, byte* name, uint length)
    {
        uint mine = 0;
        AppSlotEntry entry;
        for (uint i = 0; i < device->SlotCount; i++)
            if (ReadEntry(device, i, &entry) == AppSlotState.Ready && AppSlotEntry.IsNamed(&entry, name, length)) mine |= 1u << (int)i;
        if (mine == 0) return WasmError.NoSuchApp;
        if ((mine & device->Busy) != 0) return WasmError.SlotInUse;
        while (mine != 0)
        {
            int oldest = Oldest(device, mine);
            WasmError error = oldest == None ? WasmError.FlashReadFailed : RemoveSlot(device, (uint)oldest);
            if (error != WasmError.None) return error;
            mine &= ~(1u << oldest);
        }
        return WasmError.None;
    }

    private static int Oldest(FlashDevice* device, uint slots)
    {
        int oldest = None;
        uint lowest = uint.MaxValue;
        AppSlotEntry entry;
        for (uint i = 0; i < device->SlotCount; i++)
        {
            if ((slots >> (int)i & 1) == 0 || ReadEntry(device, i, &entry) != AppSlotState.Ready || entry.Sequence >= lowest) continue;
            oldest = (int)i;
            lowest = entry.Sequence;
        }
        return oldest;
    }
}
