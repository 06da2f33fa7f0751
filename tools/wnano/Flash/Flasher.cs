// SPDX-License-Identifier: MIT
// Flashing, step by step: everything that can be refused is refused before anything is erased; what was written is read back.
using System;
using System.Globalization;
using System.Linq;
using Wamr.Nano.Tool.Devices;

namespace Wamr.Nano.Tool.Flash;

/// <param name="Slot">Null for a firmware.</param>
internal sealed record FlashResult(string Chip, int? Slot, uint Address, int Bytes);

internal sealed class Flasher(FlashLayout layout, IFlashDriver driver)
{
    /// <summary>Called with what is being done, before progress over that many bytes.</summary>
    internal Action<string> Step { get; init; } = _ => { };

    internal Action<long> Progress { get; init; } = _ => { };

    /// <summary>Writes an app to a slot; the version before stays where it is.</summary>
    internal FlashResult App(string name, byte[] image, bool start, int? slot)
    {
        if (layout.Slots.Count == 0) throw new DeviceException(DeviceError.NoSlot, "the board has no app slots");
        if (slot is int number && (uint)number >= layout.Slots.Count)
            throw new DeviceException(DeviceError.SlotNeeded, $"there is no slot {number}; the slots are 0 to {layout.Slots.Count - 1}");
        uint room = slot is int wanted ? layout.Slots[wanted].Bytes - AppSlotEntry.Bytes : layout.LargestImage;
        if (image.Length > room)
            throw TooLarge($"the image has {image.Length:N0} B, the {(slot == null ? "largest slot" : "slot")} room for {room:N0} B");
        string chip = driver.Probe();
        Step($"{driver.Name}: {chip}; reading the slots");
        using DriverFlash flash = new(layout, driver);
        (string Name, int Slot)? boot = flash.Boot();
        PreparedSlot prepared = Prepare(flash, name, image, start, slot);
        uint offset = layout.Slots[prepared.Slot].Offset;
        Step(string.Create(CultureInfo.InvariantCulture,
            $"writing {prepared.Bytes.Length:N0} B to slot {prepared.Slot}; "
            + $"{(boot is var (app, at) ? $"{app} in slot {at} stays" : "no app before it")}"));
        Write(offset, prepared.Bytes);
        return new(chip, prepared.Slot, layout.Origin + offset, prepared.Bytes.Length);
    }

    /// <summary>Writes a firmware to where it was linked.</summary>
    /// <param name="firmware">The firmware.</param>
    /// <param name="machine">The board's processor.</param>
    internal FlashResult Firmware(FirmwareImage firmware, ushort machine)
    {
        if (firmware.Machine != machine)
            throw new DeviceException(DeviceError.WrongImage,
                $"the firmware is for ELF machine {firmware.Machine}, and the board has machine {machine}");
        uint offset = firmware.Address - layout.Origin, size = Rounded(firmware.Bytes.Length);
        uint limit = layout.Slots.Count == 0 ? layout.Bytes : layout.Slots.Min(slot => slot.Offset);
        if (firmware.Address < layout.Origin || offset > limit || size > limit - offset)
            throw TooLarge($"the firmware takes {firmware}, the board has {limit:N0} B at 0x{layout.Origin:x8} for it");
        string chip = driver.Probe();
        Step(string.Create(CultureInfo.InvariantCulture, $"{driver.Name}: {chip}; writing {firmware}"));
        byte[] bytes = [.. firmware.Bytes, .. Enumerable.Repeat((byte)0xFF, (int)size - firmware.Bytes.Length)];
        Write(offset, bytes);
        return new(chip, null, firmware.Address, bytes.Length);
    }

    private static PreparedSlot Prepare(DriverFlash flash, string name, byte[] image, bool start, int? slot)
    {
        try
        {
            return flash.Install(name, image, start, slot);
        }
        catch (WasmException e) when (e.Error is WasmError.NoFreeSlot or WasmError.SlotInUse)
        {
            throw new DeviceException(DeviceError.SlotNeeded,
                $"{e.Code} no slot may be overwritten: each holds the newest version of an app");
        }
    }

    private void Write(uint offset, byte[] bytes)
    {
        driver.Write(offset, bytes, Progress);
        Step("reading back");
        byte[] there = driver.Read(offset, bytes.Length);
        int same = bytes.AsSpan().CommonPrefixLength(there);
        if (same != bytes.Length)
            throw new DeviceException(DeviceError.VerifyFailed,
                string.Create(CultureInfo.InvariantCulture,
                    $"the byte at 0x{layout.Origin + offset + (uint)same:x8} reads 0x{there[same]:x2}, not 0x{bytes[same]:x2}"));
        driver.Start();
    }

    private uint Rounded(int bytes) => ((uint)bytes + layout.WriteUnit - 1) / layout.WriteUnit * layout.WriteUnit;

    private static DeviceException TooLarge(FormattableString cause) => new(DeviceError.TooLarge, FormattableString.Invariant(cause));
}
