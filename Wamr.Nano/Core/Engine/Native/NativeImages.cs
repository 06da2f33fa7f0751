// SPDX-License-Identifier: MIT
// Loads native images. It is separate from the other loaders, so that a firmware without it contains no code for native images.
using Wamr.Nano.Core.Image;
using Wamr.Nano.Core.Run;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Engine.Native;

internal static unsafe class NativeImages
{
    /// <summary>Makes a module from a native image: see <see cref="Modules.OfImage"/>.</summary>
    internal static WasmError Load(Runtime* rt, byte* bytes, uint size, ImageArgs* args, Module** module)
    {
        LoadedModule* m;
        WasmError error = Modules.OfImage(rt, bytes, size, ImageKind.Native, args, &m);
        if (error != WasmError.None) return error;
        NativeEngine.Adopt(m);
        *module = &m->Module;
        return WasmError.None;
    }
}
