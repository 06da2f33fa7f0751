// SPDX-License-Identifier: MIT
// The directory entry at the start of a slot, exactly as it lies in flash (docs/SLOTS.md, "Layout").
using Wamr.Nano.Core.Platform;

namespace Wamr.Nano.Core.Device.Flash;

internal unsafe struct AppSlotEntry
{
    internal uint Magic;
    internal ushort Version;
    internal ushort Flags;

    /// <summary>1 to <see cref="MaxSequence"/>; larger is newer.</summary>
    internal uint Sequence;
    internal uint ImageBytes;
    internal uint ImageCrc;
    internal uint Reserved;
    internal byte NameLength;
    internal fixed byte Reserved3[3];
    internal fixed byte Name[(int)MaxName];

    /// <summary>CRC-32 of everything before.</summary>
    internal uint Crc;

    internal const uint Bytes = 64, MaxName = 32, MaxSequence = 0xFFFFFFFE;
    internal const uint MagicNumber = 0x4C534E57;
    internal const ushort CurrentVersion = 1, StartFlag = 1;

    private const uint BytesBeforeCrc = Bytes - 4;

    internal static uint CrcOf(AppSlotEntry* entry) => Crc32.Of((byte*)entry, BytesBeforeCrc);

    /// <summary>Whether all fields are valid, for a slot of that size.</summary>
    internal static bool IsValid(AppSlotEntry* entry, uint slotBytes)
    {
        if (entry->Magic != MagicNumber || entry->Version != CurrentVersion || entry->Crc != CrcOf(entry)) return false;
        if ((entry->Flags & ~StartFlag) != 0 || entry->Reserved != 0) return false;
        if (entry->Reserved3[0] != 0 || entry->Reserved3[1] != 0 || entry->Reserved3[2] != 0) return false;
        if (entry->Sequence == 0 || entry->Sequence > MaxSequence) return false;
        if (entry->ImageBytes == 0 || entry->ImageBytes > slotBytes - Bytes) return false;
        if (!IsName(entry->Name, entry->NameLength)) return false;
        for (uint i = entry->NameLength; i < MaxName; i++)
            if (entry->Name[i] != 0) return false;
        return true;
    }

    /// <summary>Letters, digits, point, underscore and hyphen, which need no quotes anywhere.</summary>
    internal static bool IsName(byte* name, uint length)
    {
        if (length == 0 || length > MaxName) return false;
        for (uint i = 0; i < length; i++)
        {
            byte c = name[i], letter = (byte)(c | 0x20);
            bool plain = letter >= (byte)'a' && letter <= (byte)'z' || c >= (byte)'0' && c <= (byte)'9';
            if (!plain && c != (byte)'.' && c != (byte)'_' && c != (byte)'-') return false;
        }
        return true;
    }

    internal static bool IsNamed(AppSlotEntry* entry, byte* name, uint length) =>
        entry->NameLength == length && Raw.Equal(entry->Name, name, length);
}
