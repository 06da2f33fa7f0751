// SPDX-License-Identifier: MIT
// What may go into a slot: WebAssembly modules and images.
using System;
using System.Buffers.Binary;

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

    internal static AppImageKind KindOf(ReadOnlySpan<byte> bytes) => bytes.Length < 8 ? AppImageKind.None : BinaryPrimitives.ReadUInt32LittleEndian(bytes) switch
    {
        WasmMagic => AppImageKind.Wasm,
        XipMagic => AppImageKind.Xip,
        _ => AppImageKind.None,
    };

    /// <summary>What `wnano ps` calls an image that begins with these four bytes; empty where there is none.</summary>
    internal static string Name(uint first) => first switch { 0 => "", WasmMagic => "wasm", XipMagic => "xip", _ => "other" };

    /// <exception cref="DeviceException">It is neither.</exception>
    internal static void Require(ReadOnlySpan<byte> bytes, string name)
    {
        if (KindOf(bytes) == AppImageKind.None) throw new DeviceException(DeviceError.NotFlashable, $"{name} is neither a module nor an image");
    }
}
