// SPDX-License-Identifier: MIT
// What goes wrong between this machine and a device: numbered from WN8301, with cause, numbers and the next step.
using System;
using System.Globalization;
using System.IO;

namespace Wamr.Nano.Tool.Devices;

/// <summary>Numbers are never reused. 830x: the line; 831x and 832x: flashing.</summary>
internal enum DeviceError
{
    NoPort = 8301,
    WrongPort = 8302,
    PortBusy = 8303,
    NoAnswer = 8304,
    OtherVersion = 8305,
    BadAnswer = 8306,
    NoDriver = 8310,
    DriverMissing = 8311,
    NoBoard = 8312,
    DriverFailed = 8313,
    WrongChip = 8314,
    TooLarge = 8315,
    WrongImage = 8316,
    NotFlashable = 8317,
    VerifyFailed = 8318,
    Interrupted = 8319,
    NoSlot = 8320,
    SlotNeeded = 8321,
    DamagedFlash = 8322,
    ReadOnlyFlash = 8323,
}

/// <summary>A device, its port or its flash tool cannot do what was asked.</summary>
internal sealed class DeviceException(DeviceError error, string cause) : IOException(Text(error, cause))
{
    internal DeviceError Error { get; } = error;

    private static string Text(DeviceError error, string cause) =>
        string.Create(CultureInfo.InvariantCulture, $"WN{(int)error:D4} {cause}: {NextStep(error)}");

    internal static string NextStep(DeviceError error) => error switch
    {
        DeviceError.NoPort => "connect the board, or name its port with --port (a device file, tcp:host:port, exec:program)",
        DeviceError.WrongPort => "name another port with --port; 'wnano ports' lists them",
        DeviceError.PortBusy => "end the program that uses it (a monitor, an IDE), then try again",
        DeviceError.NoAnswer =>
            "check the port and --baud, and that the board runs a firmware with a console; reset the board and try again",
        DeviceError.OtherVersion => "use the wnano that the firmware was built with, or flash the firmware again",
        DeviceError.BadAnswer => "use a wnano of the same version as the firmware",
        DeviceError.NoDriver => "add a \"flasher\" to its board.json, or flash the file of 'wnano build' with the maker's tool",
        DeviceError.DriverMissing => "install it, or choose another tool with --driver",
        DeviceError.NoBoard => "connect the board and its debug probe, and check power and cable",
        DeviceError.DriverFailed => "its message is above; the flash may be half written, so flash again before use",
        DeviceError.WrongChip => "connect the right board, or name the right one with --board",
        DeviceError.TooLarge => "'wnano size' says what is large; another --slot or board may have more room",
        DeviceError.WrongImage => "compile it for this board: 'wnano compile --board'",
        DeviceError.NotFlashable => "give a .wasm module, an image of 'wnano compile', or a firmware of 'wnano build' (ELF)",
        DeviceError.VerifyFailed => "flash again; a worn erase unit needs another --slot",
        DeviceError.Interrupted => "flash again; until then, the board starts the app it had before",
        DeviceError.NoSlot => "add slots to its board.json: docs/SLOTS.md",
        DeviceError.SlotNeeded => "take another --slot, or remove an app with 'wnano rm'",
        DeviceError.DamagedFlash => "delete the file: that erases the flash, and every app must be installed again",
        DeviceError.ReadOnlyFlash =>
            "name one of those with --board, or write the app into the flash file of this board with 'wnano flash'",
        _ => throw new ArgumentOutOfRangeException(nameof(error)),
    };
}
