// SPDX-License-Identifier: MIT
// Loads bytecode images: register code that was made elsewhere, and that the interpreter runs in place.
using Wamr.Nano.Core.Image;
using Wamr.Nano.Core.Image.Bytecode;
using Wamr.Nano.Core.Run;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Engine.Interpreter;

internal static unsafe class BytecodeImages
{
    /// <summary>
    /// Makes a module from a bytecode image: see <see cref="Modules.OfImage"/>. Its code is checked, so it need not be trusted.
    /// </summary>
    internal static WasmError Load(Runtime* rt, byte* bytes, uint size, ImageArgs* args, Module** module)
    {
        LoadedModule* m;
        WasmError error = Modules.OfImage(rt, bytes, size, ImageKind.Bytecode, args, &m);
        if (error != WasmError.None) return error;
        error = BytecodeCheck.Check(&rt->Allocator, &m->Module, m->Image);
        if (error == WasmError.None)
        {
            InterpreterEngine.Adopt(m);
            *module = &m->Module;
        }
        else Modules.Release(m);
        return error;
    }
}
