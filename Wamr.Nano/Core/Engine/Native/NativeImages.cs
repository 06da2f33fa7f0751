// SPDX-License-Identifier: MIT
// Loading of native images. Apart from the other loaders, so that a firmware without them holds nothing of theirs.
using Wamr.Nano.Core.Image;
using Wamr.Nano.Core.Run;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Engine.Native;

internal static unsafe class NativeImages
{
    /// <summary>Makes a module of a native image: see <see cref="Modules.OfImage"/>.</summary>
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
