// SPDX-License-Identifier: MIT
// Where an image lay and ran on a board, as the firmware reports it: proof that it ran in place.
using System;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Printing;

namespace Wamr.Nano.Tool.Emulate;

/// <param name="At">Address of the image.</param>
/// <param name="Size">Bytes of it.</param>
/// <param name="CodeAt">Address the code runs at.</param>
/// <param name="CodeSize">Bytes of it.</param>
/// <param name="MemoryAt">Address of the linear memory; 0 without one.</param>
/// <param name="MemorySize">Bytes of it.</param>
internal sealed record ImagePlace(ulong At, uint Size, ulong CodeAt, uint CodeSize, ulong MemoryAt, uint MemorySize)
{
    private const string Kind = "image";

    /// <summary>The place of the image that ran; null if it was none.</summary>
    internal static ImagePlace? Of(BoardResult result) => result.Report(Kind) == null ? null : new(
        result.Address(Kind, "at"), (uint)result.Address(Kind, "bytes"), result.Address(Kind, "code"),
        (uint)result.Address(Kind, "codebytes"), result.Address(Kind, "memory"), (uint)result.Address(Kind, "memorybytes"));

    /// <summary>Whether the code ran within the image.</summary>
    internal bool RanInPlace => CodeAt >= At && CodeAt + CodeSize <= At + Size;

    /// <summary>The board's memory an address lies in; null if the operating system decides.</summary>
    internal static MemoryArea? AreaOf(BoardInfo board, ulong address) =>
        board.Memory.FirstOrDefault(area => address >= area.Origin && address - area.Origin < area.Length);

    internal void Print(BoardInfo board)
    {
        Console.WriteLine($"image: {Bytes.Text(Size)} B at {Hex(At)}{In(board, At)}");
        Console.WriteLine(
            $"code: {Bytes.Text(CodeSize)} B run at {Hex(CodeAt)}, "
            + $"{(RanInPlace ? "in the image: nothing was copied" : "outside the image")}");
        if (MemorySize != 0) Console.WriteLine($"linear memory: {Bytes.Text(MemorySize)} B at {Hex(MemoryAt)}{In(board, MemoryAt)}");
    }

    internal JsonObject Json() => new()
    {
        ["address"] = At,
        ["bytes"] = Size,
        ["codeAddress"] = CodeAt,
        ["codeBytes"] = CodeSize,
        ["memoryAddress"] = MemoryAt,
        ["memoryBytes"] = MemorySize,
        ["ranInPlace"] = RanInPlace,
    };

    private static string In(BoardInfo board, ulong address) => AreaOf(board, address) is MemoryArea area ? $", in {area.Name}" : "";

    private static string Hex(ulong address) => "0x" + address.ToString("X8", CultureInfo.InvariantCulture);
}
