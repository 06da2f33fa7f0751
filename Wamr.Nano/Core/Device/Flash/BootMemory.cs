// SPDX-License-Identifier: MIT
// What a device remembers of its boots over a reset, so that an app that resets it is given up (docs/SLOTS.md, "Boots that fail").
using Wamr.Nano.Core.Platform;

namespace Wamr.Nano.Core.Device.Flash;

/// <summary>
/// Lies in RAM that keeps its contents when the device is reset, and may hold anything when it was switched on. Flash would remember
/// longer, but it cannot be written twice without an erase, and what reads as erased there is not trusted.
/// </summary>
internal unsafe struct BootMemory
{
    /// <summary>Starts of one app without a good end, after which it is given up.</summary>
    internal const uint Tries = 3;

    /// <summary>Sequence of the app that was started last, and how often it was without being confirmed.</summary>
    internal uint Started;
    internal uint Count;

    /// <summary>Sequences of the apps that were given up: from the first to the last of them, and all between; 0 for none.</summary>
    internal uint GivenUpFrom;
    internal uint GivenUpTo;

    /// <summary>CRC-32 of what is before.</summary>
    internal uint Crc;

    /// <summary>
    /// Chooses the app to start and counts the start. An app that was started three times in a row and never confirmed is given up: then it
    /// is the one before, and without one none.
    /// </summary>
    /// <param name="memory">Null where a device has no such memory: nothing is counted.</param>
    /// <param name="device">Gets to know which apps are given up.</param>
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

    /// <summary>The app that was started is good: it ended without a trap, or has run for long enough.</summary>
    internal static void Confirm(BootMemory* memory)
    {
        if (memory == null) return;
        memory->Count = 0;
        memory->Crc = CrcOf(memory);
    }

    /// <summary>
    /// An app has proved good. If it is the one chosen at boot, and newer than all that were given up, those are forgotten: given-up apps
    /// are kept as one range, and an app between two bad ones must not fall into it.
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
