// SPDX-License-Identifier: MIT
// What is done to the slots: a preparation, then one operation that is cut off; and what a device would start and find afterwards.

namespace Wamr.Nano.Tests.TestKit.Simulation;

/// <summary>Operations with apps named a, b and c; the image of each version is made of its name and number.</summary>
internal static unsafe class SlotStory
{
    /// <summary>
    /// The stories, by number: a first install; an update; the same with all three slots in use; an app that is not started; another app
    /// started; the only app removed; an app of two versions removed beside another; the newest version's slot removed (rollback).
    /// </summary>
    internal const uint Count = 8;

    private const byte A = (byte)'a', B = (byte)'b', C = (byte)'c';

    /// <summary>What there is before, installed without a power loss.</summary>
    internal static WasmError Prepare(FlashDevice* device, uint story, uint imageBytes) => story switch
    {
        0 => WasmError.None,
        1 or 5 => Install(device, A, 1, imageBytes, true),
        2 => Both(InstallTwice(device, imageBytes, true), Install(device, A, 3, imageBytes, true)),
        3 => Install(device, A, 1, imageBytes, true),
        4 => Both(Install(device, A, 1, imageBytes, true), Install(device, B, 1, imageBytes, false)),
        6 => Both(Install(device, B, 1, imageBytes, true), InstallTwice(device, imageBytes, true)),
        _ => InstallTwice(device, imageBytes, true),
    };

    /// <summary>The operation that power may fail in.</summary>
    internal static WasmError Act(FlashDevice* device, uint story, uint imageBytes)
    {
        byte a = A, b = B;
        return story switch
        {
            0 => Install(device, A, 1, imageBytes, true),
            1 => Install(device, A, 2, imageBytes, true),
            2 => Install(device, A, 4, imageBytes, true),
            3 => Install(device, C, 1, imageBytes, false),
            4 => AppSlotWriter.Activate(device, &b, 1),
            5 or 6 => AppSlots.Remove(device, &a, 1),
            _ => RollBack(device),
        };
    }

    /// <summary>Whether doing it once more, after it had succeeded although power failed, may be answered so.</summary>
    internal static bool MayRepeatWith(uint story, WasmError error) =>
        error == WasmError.None || story is 5 or 6 or 7 && error == WasmError.NoSuchApp;

    /// <summary>What a device makes of its flash: the app it starts, and the versions it finds, byte for byte.</summary>
    internal static uint State(FlashDevice* device)
    {
        AppSlotEntry entry;
        byte* names = stackalloc byte[3];
        uint* state = stackalloc uint[5];
        int boot = AppSlots.Boot(device, &entry);
        state[0] = boot == AppSlots.None ? 0u : entry.Name[0];
        state[1] = boot == AppSlots.None ? 0 : Contents(device, (uint)boot, &entry);
        for (uint i = 0; i < 3; i++)
        {
            names[i] = (byte)(A + i);
            int found = AppSlots.Find(device, &names[i], 1, &entry);
            state[2 + i] = found == AppSlots.None ? 0 : Contents(device, (uint)found, &entry);
        }
        return Crc32.Of((byte*)state, 5 * sizeof(uint));
    }

    /// <summary>The version whose bytes an image holds, from 1; a number no version has where it holds others.</summary>
    private static uint Contents(FlashDevice* device, uint slot, AppSlotEntry* entry)
    {
        const uint wrong = 0xBAD;
        byte first, there;
        uint at = device->Slots[slot].Offset + AppSlotEntry.Bytes;
        if (device->Read(device->Context, at, &first, 1) == 0) return wrong;
        for (uint i = 1; i < entry->ImageBytes; i++)
            if (device->Read(device->Context, at + i, &there, 1) == 0 || there != ImageByte(entry->Name[0], first, i)) return wrong;
        return first;
    }

    private static byte ImageByte(byte name, uint version, uint index) =>
        index == 0 ? (byte)version : (byte)((index * 167 + name * 31 + version * 59) * 2654435761 >> 24);

    private static WasmError Install(FlashDevice* device, byte name, uint version, uint imageBytes, bool start)
    {
        const uint chunkBytes = 37;
        byte* chunk = stackalloc byte[(int)chunkBytes];
        uint crc = 0;
        for (uint i = 0; i < imageBytes; i++)
        {
            *chunk = ImageByte(name, version, i);
            crc = Crc32.Add(crc, chunk, 1);
        }
        InstallRequest request = default;
        request.Name = &name;
        request.NameLength = 1;
        request.ImageBytes = imageBytes;
        request.ImageCrc = crc;
        request.Start = start;
        request.Slot = AppSlots.None;
        SlotWrite write;
        WasmError error = AppSlotWriter.Begin(&write, device, &request);
        for (uint at = 0, size; at < imageBytes && error == WasmError.None; at += size)
        {
            size = imageBytes - at < chunkBytes ? imageBytes - at : chunkBytes;
            for (uint i = 0; i < size; i++) chunk[i] = ImageByte(name, version, at + i);
            error = AppSlotWriter.Write(&write, chunk, size);
        }
        return error == WasmError.None ? AppSlotWriter.Commit(&write) : error;
    }

    private static WasmError InstallTwice(FlashDevice* device, uint imageBytes, bool start) =>
        Both(Install(device, A, 1, imageBytes, start), Install(device, A, 2, imageBytes, start));

    private static WasmError Both(WasmError first, WasmError second) => first != WasmError.None ? first : second;

    /// <summary>Removes the slot with version 2; the answer is that of a removal by name where it is gone.</summary>
    private static WasmError RollBack(FlashDevice* device)
    {
        byte name = A;
        AppSlotEntry entry;
        int slot = AppSlots.Find(device, &name, 1, &entry);
        return slot == AppSlots.None || Contents(device, (uint)slot, &entry) != 2 ? WasmError.NoSuchApp
            : AppSlots.RemoveSlot(device, (uint)slot);
    }
}
