// SPDX-License-Identifier: MIT
// wnano flash: an app to a slot, or a firmware to its place, of a board or of an emulated board's flash file.
using System;
using System.CommandLine;
using System.IO;
using System.Text.Json.Nodes;
using Wamr.Nano.Tool.Apps;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Build;
using Wamr.Nano.Tool.Devices;
using Wamr.Nano.Tool.Flash;
using Wamr.Nano.Tool.Printing;
using Wamr.Nano.Tool.Usage;
using Wamr.Nano.Xip.Elf;

namespace Wamr.Nano.Tool.Commands;

internal static class FlashCommand
{
    private const string Emulated = "emulated";

    internal static Command Create()
    {
        Argument<FileInfo> file = new("file") { Description = "An app (.wasm, or an image of 'wnano compile'), or a firmware (ELF)." };
        Option<string> board = new("--board") { Description = "The board; 'wnano boards' lists them.", HelpName = "name", Required = true };
        Option<string?> port = new("--port", "-p")
        {
            Description = "The serial port that esptool uses. For an emulated board: another flash file.",
            HelpName = "port",
        };
        Option<int?> slot = new("--slot") { Description = "The slot of the app; by default, a free one.", HelpName = "number" };
        Option<string?> name = new("--name") { Description = "Name of the app; by default, the name of the file.", HelpName = "name" };
        Option<bool> noStart = new("--no-start") { Description = "Do not start the app at boot." };
        Option<string?> driver = new("--driver")
        {
            Description = "The flash tool to use, or 'emulated' for the emulator's flash file; by default, the board's tool.",
            HelpName = "name",
        };
        Option<bool> json = Output.JsonOption();
        slot.Between(0, DeviceOptions.LastSlot);
        WnanoCommand command = new(
            "flash", "Write an app or a firmware to a board's flash.",
            ("wnano flash app.wasm --board stm32f407", "writes an app to a free slot"),
            ("wnano flash server.elf --board stm32f407", "writes a firmware"))
        { file, board, port, slot, name, noStart, driver, json };
        command.SetAction(parsed => Program.Guard(() =>
        {
            FileInfo source = parsed.GetRequiredValue(file);
            byte[] bytes = Host.Read(source);
            if (ElfFile.IsElf(bytes)) parsed.Refuse("on a firmware, which has its own place", slot, name, noStart);
            SourceTree tree = SourceTree.Find();
            BoardInfo info = tree.Board(parsed.GetRequiredValue(board));
            if (info.Component != null && ElfFile.IsElf(bytes))
                throw new UsageException(
                    $"firmware of board '{info.Name}' is part of a project of {info.Component}: flash it with 'idf.py flash' there; apps "
                    + $"are flashed with this command");
            // Refuse what cannot be flashed before looking for a port.
            FirmwareImage? firmware = ElfFile.IsElf(bytes) ? FirmwareImage.Read(bytes, source.Name) : null;
            if (firmware == null) Demand(bytes, source, info);
            FlashLayout layout = info.Flash
                ?? throw new DeviceException(DeviceError.NoDriver, $"board '{info.Name}' does not describe its flash in board.json");
            Progress? progress = null;
            Flasher flasher = new(layout, Driver(tree, info, layout, parsed.GetValue(driver), parsed.GetValue(port)))
            {
                Step = text =>
                {
                    progress?.Dispose();
                    progress = null;
                    Console.Error.WriteLine(text);
                },
                Progress = done => (progress ??= new("  written", bytes.Length)).Report(Math.Min(done, bytes.Length)),
            };
            FlashResult result = Uninterrupted(() => firmware != null
                ? flasher.Firmware(firmware, FirmwareImage.MachineOf(info.Compiler.Program))
                : flasher.App(parsed.GetValue(name) ?? Host.NameOf(source), bytes, !parsed.GetValue(noStart), parsed.GetValue(slot)));
            Report(result, parsed.GetValue(json));
            return 0;
        }));
        return command;
    }

    private static void Demand(byte[] bytes, FileInfo source, BoardInfo board)
    {
        AppImage.Require(bytes, source.Name);
        AppImage.Demand(bytes, board);
    }

    private static IFlashDriver Driver(SourceTree tree, BoardInfo board, FlashLayout layout, string? wanted, string? port)
    {
        string? program = wanted ?? board.Flasher?.Program ?? (board.RunsHere ? Emulated : null);
        if (program == Emulated) return new EmulatedFlash(port ?? tree.FlashFile(board), layout);
        if (program == null) throw new DeviceException(DeviceError.NoDriver, $"wnano knows no tool that flashes board '{board.Name}'");
        FlashTool tool = FlashTool.Find(program)
            ?? throw new DeviceException(DeviceError.NoDriver, $"wnano does not know the tool '{program}'");
        string? chip = tool.KnowsChip || program == board.Flasher?.Program ? board.Chip : null;
        return new ToolDriver(tool, board.FlasherArguments(program) ?? [], chip, layout.Origin, port ?? OnlyPort(tool),
            ExternalProgram.Locate);
    }

    /// <summary>The port, for a tool whose arguments name one.</summary>
    private static string? OnlyPort(FlashTool tool) => Array.IndexOf(tool.Write, "{port}") < 0 ? null : DevicePort.TheOnly();

    /// <summary>Lets Ctrl+C end the tool that writes, not the report of it.</summary>
    private static T Uninterrupted<T>(Func<T> work)
    {
        ConsoleCancelEventHandler wait = (_, e) => e.Cancel = true;
        Console.CancelKeyPress += wait;
        try
        {
            return work();
        }
        finally
        {
            Console.CancelKeyPress -= wait;
        }
    }

    private static void Report(FlashResult result, bool json)
    {
        if (json)
        {
            JsonObject values = new()
            {
                ["chip"] = result.Chip,
                ["address"] = result.Address,
                ["bytes"] = result.Bytes,
                ["verified"] = true,
            };
            if (result.Slot is int slot) values["slot"] = slot;
            Output.Json(values);
            return;
        }
        string place = result.Slot is int number ? $"slot {number}" : "the firmware's place";
        Console.WriteLine(FormattableString.Invariant($"flashed and verified: {result.Bytes:N0} B in {place}, at 0x{result.Address:x8}"));
    }
}
