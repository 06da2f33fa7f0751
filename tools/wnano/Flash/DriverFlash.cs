// SPDX-License-Identifier: MIT
// A board's slots, accessed through a driver, as flash for the core. The core's own rules decide where an app goes, and make the bytes of
// its slot.
using System;
using System.Runtime.InteropServices;
using System.Text;

namespace Wamr.Nano.Tool.Flash;

/// <summary>What an install makes: a slot's number and its first bytes, entry and image, whole write units.</summary>
internal sealed record PreparedSlot(int Slot, byte[] Bytes);

/// <summary>Reads a slot's entry, and its image, when the core asks for it; writes nothing to the board.</summary>
internal sealed unsafe class DriverFlash : IDisposable
{
    private readonly FlashLayout _layout;
    private readonly IFlashDriver _driver;
    private readonly byte[] _contents;

    /// <summary>Bytes of each slot that have been read, or erased here.</summary>
    private readonly uint[] _known;
    private readonly FlashDevice* _device;
    private GCHandle _self, _runs, _slots;
    private Exception? _failure;

    internal DriverFlash(FlashLayout layout, IFlashDriver driver)
    {
        _layout = layout;
        _driver = driver;
        _contents = new byte[layout.Bytes];
        _known = new uint[layout.Slots.Count];
        _self = GCHandle.Alloc(this);
        _runs = GCHandle.Alloc(layout.CoreRuns(), GCHandleType.Pinned);
        _slots = GCHandle.Alloc(layout.CoreSlots(), GCHandleType.Pinned);
        _device = (FlashDevice*)NativeMemory.Alloc((nuint)sizeof(FlashDevice));
        *_device = layout.Device((FlashRun*)_runs.AddrOfPinnedObject(), (FlashSlot*)_slots.AddrOfPinnedObject());
        _device->Context = (void*)GCHandle.ToIntPtr(_self);
        _device->Erase = &Erase;
        _device->Program = &Program;
        _device->Read = &Read;
    }

    public void Dispose()
    {
        NativeMemory.Free(_device);
        _runs.Free();
        _slots.Free();
        _self.Free();
    }

    /// <summary>Name and slot of the app that is started now; null for none.</summary>
    internal (string Name, int Slot)? Boot()
    {
        AppSlotEntry entry;
        int slot = AppSlots.Boot(_device, &entry);
        Rethrow();
        return slot == AppSlots.None ? null : (Encoding.UTF8.GetString(entry.Name, entry.NameLength), slot);
    }

    /// <summary>Makes the bytes of a slot.</summary>
    /// <param name="name">The app.</param>
    /// <param name="image">The image.</param>
    /// <param name="start">Whether the device may start it at boot.</param>
    /// <param name="slot">Null for any.</param>
    /// <exception cref="WasmException">There is no such slot, or none free.</exception>
    internal PreparedSlot Install(string name, byte[] image, bool start, int? slot)
    {
        SlotWrite write;
        WasmError error;
        fixed (byte* letters = Encoding.UTF8.GetBytes(name + "\0"), bytes = image)
        {
            InstallRequest request = new()
            {
                Name = letters, NameLength = (uint)Encoding.UTF8.GetByteCount(name), ImageBytes = (uint)image.Length,
                ImageCrc = Crc32.Of(bytes, (uint)image.Length), Start = start, Slot = slot ?? AppSlots.None,
            };
            error = AppSlotWriter.Begin(&write, _device, &request);
            if (error == WasmError.None) error = AppSlotWriter.Write(&write, bytes, (uint)image.Length);
            if (error == WasmError.None) error = AppSlotWriter.Commit(&write);
        }
        Rethrow();
        if (error != WasmError.None) throw new WasmException(error, NanoRuntime.NoDetails);
        uint size = (AppSlotEntry.Bytes + (uint)image.Length + _layout.WriteUnit - 1) / _layout.WriteUnit * _layout.WriteUnit;
        int offset = (int)_layout.Slots[(int)write.Slot].Offset;
        return new((int)write.Slot, _contents[offset..(offset + (int)size)]);
    }

    /// <summary>What a driver threw while the core was on the stack.</summary>
    private void Rethrow()
    {
        if (_failure != null) throw _failure;
    }

    /// <summary>Reads the entry, or with it the image, of the slot an offset lies in.</summary>
    private void Know(uint offset, uint size)
    {
        int slot = 0;
        while (offset >= _layout.Slots[slot].Offset + _layout.Slots[slot].Bytes) slot++;
        SlotPlace place = _layout.Slots[slot];
        if (offset + size - place.Offset <= _known[slot]) return;
        uint bytes = AppSlotEntry.Bytes;
        if (_known[slot] >= bytes) bytes += BitConverter.ToUInt32(_contents, (int)place.Offset + 12);
        _driver.Read(place.Offset, (int)bytes).CopyTo(_contents, place.Offset);
        _known[slot] = bytes;
    }

    private static DriverFlash Of(void* context) => (DriverFlash)GCHandle.FromIntPtr((nint)context).Target!;

    private static byte Read(void* context, uint offset, byte* bytes, uint size)
    {
        DriverFlash flash = Of(context);
        try
        {
            flash.Know(offset, size);
        }
        catch (Exception e)
        {
            flash._failure ??= e;
            return 0;
        }
        flash._contents.AsSpan((int)offset, (int)size).CopyTo(new Span<byte>(bytes, (int)size));
        return 1;
    }

    private static byte Erase(void* context, uint offset, uint size)
    {
        DriverFlash flash = Of(context);
        flash._contents.AsSpan((int)offset, (int)size).Fill(0xFF);
        for (int slot = 0; slot < flash._known.Length; slot++)
            if (flash._layout.Slots[slot].Offset == offset) flash._known[slot] = flash._layout.Slots[slot].Bytes;
        return 1;
    }

    private static byte Program(void* context, uint offset, byte* bytes, uint size)
    {
        new ReadOnlySpan<byte>(bytes, (int)size).CopyTo(Of(context)._contents.AsSpan((int)offset));
        return 1;
    }
}
