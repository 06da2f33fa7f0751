// SPDX-License-Identifier: MIT
// What may go into a slot: WebAssembly modules and images.
using System;
using System.Buffers.Binary;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Flash;

namespace Wamr.Nano.Tool.Devices;

internal enum AppImageKind
{
    None,
    Wasm,
    Xip,
}

internal static class AppImage
{
    private const uint WasmMagic = 0x6D736100, XipMagic = 0x70697800;

    internal static AppImageKind KindOf(ReadOnlySpan<byte> bytes) =>
        bytes.Length < 8 ? AppImageKind.None : BinaryPrimitives.ReadUInt32LittleEndian(bytes) switch
    {
        WasmMagic => AppImageKind.Wasm,
        XipMagic => AppImageKind.Xip,
        _ => AppImageKind.None,
    };

    /// <summary>What `wnano ps` calls an image that begins with these four bytes; empty if there is none.</summary>
    internal static string Name(uint first) => first switch { 0 => "", WasmMagic => "wasm", XipMagic => "xip", _ => "other" };

    /// <summary>Refuses what no device of the kind could run, before it is put there.</summary>
    /// <param name="app">A module or an image.</param>
    /// <param name="board">The board on which it will run; null if that is unknown.</param>
    /// <exception cref="WasmException">It is malformed or invalid, or an image for another processor.</exception>
    internal static void Demand(byte[] app, BoardInfo? board)
    {
        if (!NanoRuntime.IsImage(app))
        {
            using NanoRuntime runtime = new(0);
            runtime.LoadModule(app);
        }
        else if (board != null) ImageTargets.Demand(app, board);
    }

    /// <exception cref="DeviceException">It is neither.</exception>
    internal static void Require(ReadOnlySpan<byte> bytes, string name)
    {
        if (KindOf(bytes) == AppImageKind.None)
            throw new DeviceException(DeviceError.NotFlashable, $"{name} is neither a module nor an image");
    }
}
