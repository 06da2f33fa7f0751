// SPDX-License-Identifier: MIT
// Errors between this machine and a device: numbered from WN8301, with cause, figures and the next step.
using System;
using System.ComponentModel;
using System.Globalization;
using System.IO;

namespace Wamr.Nano.Tool.Devices;

/// <summary>Numbers are never reused. 830x: the line; 831x and 832x: flashing.</summary>
internal enum DeviceError
{
    [Description("there is no serial port, or there are several and none is named")] NoPort = 8301,
    [Description("the port cannot be opened")] WrongPort = 8302,
    [Description("another program uses the port")] PortBusy = 8303,
    [Description("the device does not answer")] NoAnswer = 8304,
    [Description("the firmware speaks another version of the console protocol")] OtherVersion = 8305,
    [Description("the device sent an answer that wnano does not understand")] BadAnswer = 8306,
    [Description("the board has no flash tool")] NoDriver = 8310,
    [Description("the flash tool is not installed")] DriverMissing = 8311,
    [Description("no board is connected")] NoBoard = 8312,
    [Description("the flash tool failed")] DriverFailed = 8313,
    [Description("the connected chip is not the one of the board")] WrongChip = 8314,
    [Description("the app or firmware does not fit")] TooLarge = 8315,
    [Description("the image or firmware is for another processor")] WrongImage = 8316,
    [Description("the file is not an app or a firmware")] NotFlashable = 8317,
    [Description("the flash does not contain what was written")] VerifyFailed = 8318,
    [Description("writing was interrupted")] Interrupted = 8319,
    [Description("the board has no app slots")] NoSlot = 8320,
    [Description("the app cannot go to a slot: the wanted one may not be written, or none is free")] SlotNeeded = 8321,
    [Description("the flash file of an emulated board has the wrong size")] DamagedFlash = 8322,
    [Description("the board's emulator cannot write its flash")] ReadOnlyFlash = 8323,
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
