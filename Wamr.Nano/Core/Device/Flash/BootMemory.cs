// SPDX-License-Identifier: MIT
// What a device remembers across resets, so that it can give up an app that resets it (docs/SLOTS.md, "Boots that fail").
using Wamr.Nano.Core.Platform;

namespace Wamr.Nano.Core.Device.Flash;

/// <summary>
/// It lies in RAM that keeps its contents across a reset, but contains garbage after power-up. Flash would remember longer, but it cannot
/// be written twice without an erase, and a place that reads as erased is not trusted.
/// </summary>
internal unsafe struct BootMemory
{
    /// <summary>After this many starts without proving good, an app is given up.</summary>
    internal const uint Tries = 3;

    /// <summary>The sequence of the app that was started last, and how often it was started without being confirmed.</summary>
    internal uint Started;
    internal uint Count;

    /// <summary>The range of sequences of the apps that were given up; 0 for none.</summary>
    internal uint GivenUpFrom;
    internal uint GivenUpTo;

    /// <summary>CRC-32 of all fields before.</summary>
    internal uint Crc;

    /// <summary>
    /// Chooses the app to start, and counts the start. If an app was started three times in a row and never confirmed, it is given up. Then
    /// the choice is the app before, or none.
    /// </summary>
    /// <param name="memory">The boot memory; null if the device has none, and then nothing is counted.</param>
    /// <param name="device">Receives which apps are given up.</param>
    /// <param name="entry">Entry of the app.</param>
    /// <returns>Its slot, or <see cref="AppSlots.None"/>.</returns>
    internal static int Choose(BootMemory* memory, FlashDevice* device, AppSlotEntry* entry)
    {
        if (memory == null) return AppSlots.Boot(device, entry);
        if (memory->Crc != CrcOf(memory)) *memory = default;
        for (; ; )
        {
            device->GivenUpFrom = memory->GivenUpFrom;
            device->GivenUpTo = memory->GivenUpTo;
            int slot = AppSlots.Boot(device, entry);
            if (slot == AppSlots.None || entry->Sequence != memory->Started)
            {
                memory->Started = slot == AppSlots.None ? 0 : entry->Sequence;
                memory->Count = 0;
            }
            if (memory->Count < Tries)
            {
                memory->Count++;
                memory->Crc = CrcOf(memory);
                return slot;
            }
            GiveUp(memory, entry->Sequence);
        }
    }

    /// <summary>Confirms the app that was started: it ended without a trap, or has run for long enough.</summary>
    internal static void Confirm(BootMemory* memory)
    {
        if (memory == null) return;
        memory->Count = 0;
        memory->Crc = CrcOf(memory);
    }

    /// <summary>
    /// Notes that an app has proved good. If it is the boot choice, and newer than all apps that were given up, those are forgotten.
    /// Given-up apps are stored as one range, and a good app must not fall into it.
    /// </summary>
    internal static void Prove(BootMemory* memory, uint sequence)
    {
        if (memory == null || memory->Started != sequence || sequence <= memory->GivenUpTo) return;
        memory->GivenUpFrom = memory->GivenUpTo = 0;
        memory->Crc = CrcOf(memory);
    }

    private static void GiveUp(BootMemory* memory, uint sequence)
    {
        if (memory->GivenUpFrom == 0 || sequence < memory->GivenUpFrom) memory->GivenUpFrom = sequence;
        if (sequence > memory->GivenUpTo) memory->GivenUpTo = sequence;
    }

    private static uint CrcOf(BootMemory* memory) => ~Crc32.Add(0, (byte*)memory, (uint)(sizeof(BootMemory) - sizeof(uint)));
}
