// SPDX-License-Identifier: MIT
// A board that runs on this machine: the app server's firmware, built and started, with the flash file that `wnano flash` writes.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Build;
using Wamr.Nano.Tool.Flash;

namespace Wamr.Nano.Tool.Devices;

internal static class LocalBoard
{
    private const string FlashVariable = "WNANO_FLASH";

    /// <summary>Builds what has changed, and starts it.</summary>
    /// <param name="name">The board.</param>
    /// <param name="writes">Whether it is to write its flash.</param>
    /// <returns>Its line; the board is switched off with it.</returns>
    /// <exception cref="DeviceException">It does not run here with app slots, or cannot write them.</exception>
    internal static Stream Start(string name, bool writes)
    {
        SourceTree tree = SourceTree.Find();
        BoardInfo board = tree.Board(name);
        if (writes && board is { ServesHere: true, ServerReadsOnly: true })
            throw new DeviceException(DeviceError.ReadOnlyFlash,
                $"the emulator of board '{name}' cannot write its flash; {string.Join(" and ", Writable(tree))} can");
        return Start(board, Build(tree, board), tree.FlashFile(board));
    }

    /// <summary>The app server's firmware.</summary>
    /// <returns>Name of the ELF file.</returns>
    internal static string Build(SourceTree tree, BoardInfo board)
    {
        if (!board.ServesHere)
            throw new DeviceException(DeviceError.NoSlot,
                $"board '{board.Name}' does not run here with app slots; name its port with --port");
        board.DemandRuns();
        FirmwareBuild build = new(tree, board, new() { Program = FirmwareOptions.Server });
        return FirmwareLink.Link(build, new() { ModuleFile = tree.EmptyModule });
    }

    /// <summary>Boards whose app server installs and removes apps on this machine, those with an emulator first.</summary>
    private static IEnumerable<string> Writable(SourceTree tree) =>
        tree.AllBoards().Where(board => board is { ServesHere: true, ServerReadsOnly: false }).OrderBy(board => board.Emulator == null)
            .Select(board => board.Name);

    /// <summary>Starts it with a flash file, which is created if it does not exist.</summary>
    internal static Stream Start(BoardInfo board, string elf, string flash)
    {
        FileStream held = Hold(board, flash);
        try
        {
            EmulatedFlash file = new(flash, board.Flash!);
            file.Probe();
            if (board.Emulator is not BoardTool emulator) return DevicePort.Start([elf], held, (FlashVariable, flash));
            PutFirmware(board, file, elf);
            return DevicePort.Start([ExternalProgram.Require(emulator.Program, emulator.Package), .. Arguments(board, elf, flash)], held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Two programs that write one flash file would destroy it.</summary>
    private static FileStream Hold(BoardInfo board, string flash)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(flash))!);
            return new(flash + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new DeviceException(DeviceError.PortBusy, $"board '{board.Name}' is running already, with {flash}");
        }
    }

    /// <summary>Where the processor starts from the flash file, the firmware must lie there, as 'wnano flash' would put it.</summary>
    private static void PutFirmware(BoardInfo board, EmulatedFlash file, string elf)
    {
        if (board.ServerArguments.Contains("{elf}")) return;
        FirmwareImage firmware = FirmwareImage.Read(File.ReadAllBytes(elf), elf);
        byte[] there = file.Read(firmware.Address - board.Flash!.Origin, firmware.Bytes.Length);
        if (!there.AsSpan().SequenceEqual(firmware.Bytes))
            new Flasher(board.Flash, file).Firmware(firmware, FirmwareImage.MachineOf(board.Compiler.Program));
    }

    private static IEnumerable<string> Arguments(BoardInfo board, string elf, string flash)
    {
        List<string> arguments = [.. board.Emulator!.Arguments];
        int kernel = arguments.IndexOf("-kernel");
        arguments.RemoveRange(kernel, 2);
        arguments.InsertRange(kernel, board.ServerArguments);
        return arguments.Select(argument =>
            argument.Replace("{elf}", elf, StringComparison.Ordinal).Replace("{flash}", flash, StringComparison.Ordinal));
    }
}
