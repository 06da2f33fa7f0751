// SPDX-License-Identifier: MIT
// Loading of binaries, for the interpreter to run.
using System.Runtime.CompilerServices;
using Wamr.Nano.Core.Load;
using Wamr.Nano.Core.Run;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Engine.Interpreter;

internal static unsafe class ModuleLoader
{
    /// <summary>Makes a module of a binary, ready to be instantiated.</summary>
    /// <param name="rt">Owner of the module.</param>
    /// <param name="bytes">The binary: never written, may lie in flash, must outlive the module.</param>
    /// <param name="size">Bytes of the binary.</param>
    /// <param name="module">Set on success only; to be given back by <see cref="Modules.Unload"/>.</param>
    /// <returns>On failure <see cref="Runtime.Error"/> tells offset and index as well, and nothing stays allocated.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)] // a step of its own on the native stack
    internal static WasmError Load(Runtime* rt, byte* bytes, uint size, Module** module)
    {
        if (NativeStack.IsLow(rt)) return WasmError.NativeStackOverflow;
        WasmError error = Loader.Load(&rt->Allocator, &rt->Load, bytes, size, (uint)sizeof(LoadedModule), module);
        if (error != WasmError.None) return error;
        LoadedModule* loaded = LoadedModule.Of(*module);
        loaded->Runtime = rt;
        InterpreterEngine.Adopt(loaded);
        return WasmError.None;
    }
}
