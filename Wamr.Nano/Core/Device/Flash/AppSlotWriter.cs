// SPDX-License-Identifier: MIT
// Writes an image to a slot as it arrives. Only the entry at the end commits it (docs/SLOTS.md, "Operations").
using Wamr.Nano.Core.Platform;

namespace Wamr.Nano.Core.Device.Flash;

/// <summary>What to install. Size and CRC are given first, and checked at the end.</summary>
internal unsafe struct InstallRequest
{
    internal byte* Name;
    internal uint NameLength;
    internal uint ImageBytes;
    internal uint ImageCrc;

    /// <summary>Whether the device may start it at boot.</summary>
    internal bool Start;

    /// <summary>The slot, or <see cref="AppSlots.None"/> for any.</summary>
    internal int Slot;
}

/// <summary>
/// An install in progress. To drop it, just forget it: until <see cref="AppSlotWriter.Commit"/>, the slot counts as bad or empty.
/// </summary>
internal unsafe struct SlotWrite
{
    /// <summary>Null after a failure and at the end.</summary>
    internal FlashDevice* Device;
    internal uint Slot;

    /// <summary>Where the next byte goes, and the end of what has been erased; offsets in the region.</summary>
    internal uint At;
    internal uint Erased;

    /// <summary>The number of bytes still to come, and the CRC of those that have arrived.</summary>
    internal uint Left;
    internal uint Crc;

    /// <summary>The number of filled bytes of <see cref="Unit"/>.</summary>
    internal uint Held;
    internal AppSlotEntry Entry;

    /// <summary>A write unit that is not complete yet.</summary>
    internal fixed byte Unit[(int)FlashDevice.MaxWriteUnit];
}

internal static unsafe class AppSlotWriter
{
    /// <summary>Chooses a slot, and erases its first unit. If the request cannot be met, nothing changes.</summary>
    internal static WasmError Begin(SlotWrite* write, FlashDevice* device, InstallRequest* request)
    {
        *write = default;
        if (!AppSlotEntry.IsName(request->Name, request->NameLength)) return WasmError.BadAppName;
        if (request->ImageBytes == 0) return WasmError.ImageSizeMismatch;
        if (AppSlots.NextSequence(device) == 0) return WasmError.SequenceExhausted;
        uint slot;
        WasmError error = AppSlotChoice.Choose(device, request->ImageBytes, request->Slot, &slot);
        if (error != WasmError.None) return error;
        write->Device = device;
        write->Slot = slot;
        write->Left = request->ImageBytes;
        write->Erased = device->Slots[slot].Offset;
        write->At = write->Erased + AppSlotEntry.Bytes;
        Describe(&write->Entry, request);
        return EraseUpTo(write, write->At) ? WasmError.None : Fail(write, WasmError.FlashEraseFailed);
    }

    /// <summary>Writes the next bytes of the image, any number.</summary>
    internal static WasmError Write(SlotWrite* write, byte* bytes, uint size)
    {
        FlashDevice* device = write->Device;
        if (device == null) return WasmError.NoInstallOpen;
        if (size > write->Left) return Fail(write, WasmError.ImageSizeMismatch);
        write->Left -= size;
        write->Crc = Crc32.Add(write->Crc, bytes, size);
        while (size != 0)
        {
            uint taken;
            if (write->Held == 0 && size >= device->WriteUnit)
            {
                taken = size & ~(device->WriteUnit - 1);
                if (!EraseUpTo(write, write->At + taken)) return Fail(write, WasmError.FlashEraseFailed);
                if (!Program(write, bytes, taken)) return Fail(write, WasmError.FlashProgramFailed);
            }
            else
            {
                uint room = device->WriteUnit - write->Held;
                taken = size < room ? size : room;
                Raw.Copy(write->Unit + write->Held, bytes, taken);
                write->Held += taken;
                WasmError error = write->Held == device->WriteUnit ? Flush(write) : WasmError.None;
                if (error != WasmError.None) return error;
            }
            bytes += taken;
            size -= taken;
        }
        return WasmError.None;
    }

    /// <summary>Checks what was written, and makes it the newest version of its app.</summary>
    internal static WasmError Commit(SlotWrite* write)
    {
        FlashDevice* device = write->Device;
        if (device == null) return WasmError.NoInstallOpen;
        if (write->Left != 0) return Fail(write, WasmError.ImageSizeMismatch);
        if (write->Crc != write->Entry.ImageCrc) return Fail(write, WasmError.ImageCrcMismatch);
        WasmError error = write->Held != 0 ? Flush(write) : WasmError.None;
        if (error != WasmError.None) return error;
        if (!AppSlots.ImageIsGood(device, write->Slot, &write->Entry)) return Fail(write, WasmError.FlashVerifyFailed);
        write->Entry.Sequence = AppSlots.NextSequence(device);
        write->Entry.Crc = AppSlotEntry.CrcOf(&write->Entry);
        write->At = device->Slots[write->Slot].Offset;
        if (!Program(write, (byte*)&write->Entry, AppSlotEntry.Bytes)) return Fail(write, WasmError.FlashProgramFailed);
        AppSlotEntry check;
        AppSlotState state = AppSlots.ReadEntry(device, write->Slot, &check);
        return Fail(write, state == AppSlotState.Ready ? WasmError.None : WasmError.FlashVerifyFailed);
    }

    /// <summary>Installs the newest version of an app again, as the one to start at boot. Does nothing if it already is.</summary>
    internal static WasmError Activate(FlashDevice* device, byte* name, uint length)
    {
        const uint chunkBytes = 64;
        AppSlotEntry entry, boot;
        int from = AppSlots.Find(device, name, length, &entry);
        if (from == AppSlots.None) return WasmError.NoSuchApp;
        if (AppSlots.Boot(device, &boot) == from) return WasmError.None;
        InstallRequest request = default;
        request.Name = name;
        request.NameLength = length;
        request.ImageBytes = entry.ImageBytes;
        request.ImageCrc = entry.ImageCrc;
        request.Start = true;
        request.Slot = AppSlots.None;
        SlotWrite write;
        WasmError error = Begin(&write, device, &request);
        byte* chunk = stackalloc byte[(int)chunkBytes];
        uint at = device->Slots[from].Offset + AppSlotEntry.Bytes;
        while (error == WasmError.None && write.Left != 0)
        {
            uint size = write.Left < chunkBytes ? write.Left : chunkBytes;
            if (device->Read(device->Context, at, chunk, size) == 0) return WasmError.FlashReadFailed;
            error = Write(&write, chunk, size);
            at += size;
        }
        return error == WasmError.None ? Commit(&write) : error;
    }

    private static void Describe(AppSlotEntry* entry, InstallRequest* request)
    {
        entry->Magic = AppSlotEntry.MagicNumber;
        entry->Version = AppSlotEntry.CurrentVersion;
        entry->Flags = request->Start ? AppSlotEntry.StartFlag : (ushort)0;
        entry->ImageBytes = request->ImageBytes;
        entry->ImageCrc = request->ImageCrc;
        entry->NameLength = (byte)request->NameLength;
        Raw.Copy(entry->Name, request->Name, request->NameLength);
    }

    /// <summary>Programs the incomplete unit, filled up with erased bytes.</summary>
    private static WasmError Flush(SlotWrite* write)
    {
        uint unit = write->Device->WriteUnit;
        Raw.Fill(write->Unit + write->Held, 0xFF, unit - write->Held);
        write->Held = 0;
        if (!EraseUpTo(write, write->At + unit)) return Fail(write, WasmError.FlashEraseFailed);
        return Program(write, write->Unit, unit) ? WasmError.None : Fail(write, WasmError.FlashProgramFailed);
    }

    private static bool Program(SlotWrite* write, byte* bytes, uint size)
    {
        FlashDevice* device = write->Device;
        if (device->Program(device->Context, write->At, bytes, size) == 0) return false;
        write->At += size;
        return true;
    }

    /// <summary>Erases the units that begin before an offset, starting where the last call stopped.</summary>
    private static bool EraseUpTo(SlotWrite* write, uint end)
    {
        FlashDevice* device = write->Device;
        while (write->Erased < end)
        {
            if (!AppSlots.Erase(device, write->Erased)) return false;
            write->Erased += FlashGeometry.UnitBytes(device, write->Erased);
        }
        return true;
    }

    /// <summary>Ends the install.</summary>
    private static WasmError Fail(SlotWrite* write, WasmError error)
    {
        write->Device = null;
        return error;
    }
}
