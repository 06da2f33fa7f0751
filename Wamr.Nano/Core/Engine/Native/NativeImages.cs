// SPDX-License-Identifier: MIT
// Loading of native images. Apart from the other loaders, so that a firmware without them holds nothing of theirs.
using Wamr.Nano.Core.Image;
using Wamr.Nano.Core.Run;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Engine.Native;

internal static unsafe class NativeImages
{
    /// <summary>Makes a module of a native image: see <see cref="ImageLoader.Open"/>.</summary>
    internal static WasmError Load(Runtime* rt, byte* bytes, uint size, ImageArgs* args, Module** module)
    {
        WasmError error = ImageLoader.Open(rt, bytes, size, ImageKind.Native, args, module);
        if (error == WasmError.None) (*module)->Run = &NativeEngine.Run;
        return error;
    }
}
