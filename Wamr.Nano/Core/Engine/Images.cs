// SPDX-License-Identifier: MIT
// Loads images of every kind, for a firmware that has every engine.
using Wamr.Nano.Core.Engine.Interpreter;
using Wamr.Nano.Core.Engine.Native;
using Wamr.Nano.Core.Image;
using Wamr.Nano.Core.Run;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Engine;

internal static unsafe class Images
{
    /// <summary>Whether these bytes, 4-aligned, begin like an image.</summary>
    internal static bool Is(byte* bytes, uint size) => size >= sizeof(uint) && *(uint*)bytes == ImageHeader.MagicNumber;

    /// <summary>Makes a module from an image: see <see cref="Modules.OfImage"/>.</summary>
    internal static WasmError Load(Runtime* rt, byte* bytes, uint size, ImageArgs* args, Module** module) =>
        size >= ImageHeader.Bytes && ((ImageHeader*)bytes)->Kind == ImageKind.Bytecode
            ? BytecodeImages.Load(rt, bytes, size, args, module)
            : NativeImages.Load(rt, bytes, size, args, module);
}
