// SPDX-License-Identifier: MIT
// Loading of whatever image there is, for a firmware that has every engine.
namespace Wamr.Nano.Core;

internal static unsafe class Images
{
    /// <summary>Whether these bytes, 4-aligned, want to be an image.</summary>
    internal static bool Is(byte* bytes, uint size) => size >= sizeof(uint) && *(uint*)bytes == ImageHeader.MagicNumber;

    /// <summary>Makes a module of an image: see <see cref="ImageLoader.Open"/>.</summary>
    internal static WasmError Load(Runtime* rt, byte* bytes, uint size, ImageArgs* args, Module** module) =>
        size >= ImageHeader.Bytes && ((ImageHeader*)bytes)->Kind == ImageKind.Bytecode
            ? BytecodeImages.Load(rt, bytes, size, args, module)
            : NativeImages.Load(rt, bytes, size, args, module);
}
