// SPDX-License-Identifier: MIT
// The app region of a board's flash: what it can do, how it is divided (docs/SLOTS.md, "What flash promises").
namespace Wamr.Nano.Core.Device.Flash;

/// <summary>Erase units of one size that follow each other.</summary>
internal struct FlashRun
{
    internal uint Count;

    /// <summary>Bytes of each.</summary>
    internal uint UnitBytes;
}

/// <summary>Place of a slot: whole erase units.</summary>
internal struct FlashSlot
{
    /// <summary>Bytes from the start of the region.</summary>
    internal uint Offset;
    internal uint Bytes;
}

/// <summary>
/// Filled by the board; what it points to lives as long as it is used. Offsets count from the start of the region.
/// The functions get <see cref="Context"/> first and answer 0 on failure.
/// </summary>
internal unsafe struct FlashDevice
{
    internal void* Context;

    /// <summary>Where the region lies in the address space; null where code cannot reach it.</summary>
    internal byte* Mapped;

    /// <summary>Bytes programmed at once, at most once between erases: a power of two up to <see cref="MaxWriteUnit"/>.</summary>
    internal uint WriteUnit;

    /// <summary>The erase units from the start of the region to its end.</summary>
    internal FlashRun* Runs;
    internal uint RunCount;

    /// <summary>At most <see cref="MaxSlots"/>, in the order of their offsets.</summary>
    internal FlashSlot* Slots;
    internal uint SlotCount;

    /// <summary>A bit for each slot that code runs from: those are neither written nor removed.</summary>
    internal uint Busy;

    /// <summary>Sequences of apps that are not started at boot, though marked so: see <see cref="BootMemory"/>; 0 for none.</summary>
    internal uint GivenUpFrom;
    internal uint GivenUpTo;

    /// <summary>Erases the unit that starts at an offset and has that many bytes.</summary>
    internal delegate*<void*, uint, uint, byte> Erase;

    /// <summary>Programs whole write units at an offset. The source need not be aligned.</summary>
    internal delegate*<void*, uint, byte*, uint, byte> Program;

    /// <summary>Reads bytes at an offset. Fails where the memory's own error correction does.</summary>
    internal delegate*<void*, uint, byte*, uint, byte> Read;

    internal const uint MaxWriteUnit = 32, MaxSlots = 32;
}
