// SPDX-License-Identifier: MIT
// Reads the sizes of a file of any kind, which its first bytes show.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Wamr.Nano.Tool.Apps;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Errors;
using Wamr.Nano.Tool.Printing;
using Wamr.Nano.Xip.Elf;

namespace Wamr.Nano.Tool.Size;

/// <param name="board">The board whose memories count; null for none.</param>
/// <param name="stackBytes">Operand stack of a module; 0 for the most that its calls can take.</param>
/// <param name="heapBytes">App heap of a module.</param>
internal sealed class SizeSource(BoardInfo? board, uint stackBytes, uint heapBytes)
{
    /// <exception cref="ToolException">It is nothing that has sizes.</exception>
    internal SizeReport Read(FileInfo file)
    {
        byte[] bytes = Host.Read(file);
        string name = Host.NameOf(file);
        if (ElfFile.IsElf(bytes)) return FirmwareSizes.Of(name, file.FullName, Regions());
        // A file that is not a module causes an error with its code.
        if (bytes.AsSpan().StartsWith("\0asm"u8) || file.Extension == ".wasm")
            return ModuleSizes.Of(name, new() { Module = bytes, HeapBytes = heapBytes }, stackBytes, Flash(),
                (ulong)(board?.Pool.Sum(part => part.Bytes) ?? 0));
        if (NanoRuntime.IsImage(bytes)) return ImageSizes.Of(name, bytes, Flash(), (ulong)(board?.Pool.Sum(part => part.Bytes) ?? 0));
        throw new ToolException(ToolError.UnknownFile,
            $"{file.Name} ({Bytes.Text((ulong)bytes.Length)} B) is neither a module nor an image nor a firmware");
    }

    private ulong Flash() => board?.Memory.FirstOrDefault(area => area.Name == "flash")?.Length ?? 0;

    private IReadOnlyList<MapRegion> Regions() =>
        board == null ? [] : [.. board.Memory.Select(area => new MapRegion(area.Name, area.Origin, area.Length))];
}
