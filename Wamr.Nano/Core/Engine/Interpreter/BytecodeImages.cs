// SPDX-License-Identifier: MIT
// Loading of bytecode images: register code made elsewhere, which the interpreter runs where it lies.
using Wamr.Nano.Core.Image;
using Wamr.Nano.Core.Image.Bytecode;
using Wamr.Nano.Core.Run;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Engine.Interpreter;

internal static unsafe class BytecodeImages
{
    /// <summary>Makes a module of a bytecode image: see <see cref="ImageLoader.Open"/>. Its code is checked, and need not be trusted.</summary>
    internal static WasmError Load(Runtime* rt, byte* bytes, uint size, ImageArgs* args, Module** module)
    {
        Module* m;
        WasmError error = ImageLoader.Open(rt, bytes, size, ImageKind.Bytecode, args, &m);
        if (error != WasmError.None) return error;
        error = BytecodeCheck.Check(m);
        if (error == WasmError.None)
        {
            m->Run = &InterpreterEngine.Run;
            *module = m;
        }
        else Modules.Release(m);
        return error;
    }
}
