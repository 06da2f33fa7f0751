// SPDX-License-Identifier: MIT
// The app region of a board's flash: its properties, and its slots (docs/SLOTS.md, "What the design assumes about flash").
namespace Wamr.Nano.Core.Device.Flash;

/// <summary>Consecutive erase units of one size.</summary>
internal struct FlashRun
{
    internal uint Count;

    /// <summary>Bytes of each.</summary>
    internal uint UnitBytes;
}

/// <summary>The place of a slot, which consists of whole erase units.</summary>
internal struct FlashSlot
{
    /// <summary>Bytes from the start of the region.</summary>
    internal uint Offset;
    internal uint Bytes;
}

/// <summary>
/// Filled in by the board. Everything it points to must live as long as it is used. Offsets count from the start of the region. The first
/// argument of the functions is <see cref="Context"/>, and they return 0 on failure.
/// </summary>
internal unsafe struct FlashDevice
{
    internal void* Context;

    /// <summary>The address of the region; null if it is not in the address space.</summary>
    internal byte* Mapped;

    /// <summary>
    /// The size of a write unit, which may be programmed at most once between erases: a power of two up to <see cref="MaxWriteUnit"/>.
    /// </summary>
    internal uint WriteUnit;

    /// <summary>The erase units from the start of the region to its end.</summary>
    internal FlashRun* Runs;
    internal uint RunCount;

    /// <summary>At most <see cref="MaxSlots"/>, in the order of their offsets.</summary>
    internal FlashSlot* Slots;
    internal uint SlotCount;

    /// <summary>One bit per slot, set if code runs from it. Such slots are neither written nor removed.</summary>
    internal uint Busy;

    /// <summary>
    /// The range of sequences of apps that are not started at boot although they have flag start: see <see cref="BootMemory"/>; 0 for none.
    /// </summary>
    internal uint GivenUpFrom;
    internal uint GivenUpTo;

    /// <summary>Erases the unit that starts at an offset and has that many bytes.</summary>
    internal delegate*<void*, uint, uint, byte> Erase;

    /// <summary>Programs whole write units at an offset. The source need not be aligned.</summary>
    internal delegate*<void*, uint, byte*, uint, byte> Program;

    /// <summary>Reads bytes at an offset. Fails if the memory's error correction fails.</summary>
    internal delegate*<void*, uint, byte*, uint, byte> Read;

    internal const uint MaxWriteUnit = 32, MaxSlots = 32;
}
