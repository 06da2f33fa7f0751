// SPDX-License-Identifier: MIT
// A board that is no more than a program here: the app server's firmware, built and started, with the flash file that `wnano flash` writes.
using System.IO;
using Wamr.Nano.Tool.Boards;

namespace Wamr.Nano.Tool.Devices;

internal static class LocalBoard
{
    private const string FlashVariable = "WNANO_FLASH";

    /// <summary>Builds what has changed, and starts it.</summary>
    /// <returns>Its line; the board is switched off with it.</returns>
    internal static Stream Start(string name)
    {
        SourceTree tree = SourceTree.Find();
        BoardInfo board = tree.Board(name);
        if (board.IsFreestanding || board.Flash == null) throw new DeviceException(DeviceError.NoSlot, $"board '{name}' does not run here with app slots; name its port with --port");
        FirmwareBuild build = new(tree, board, new() { Program = "server/Server.cs" });
        string program = FirmwareLink.Link(build, new() { ModuleFile = Path.Combine(tree.Common, "empty.wasm") });
        return DevicePort.Start([program], (FlashVariable, tree.FlashFile(board)));
    }
}
