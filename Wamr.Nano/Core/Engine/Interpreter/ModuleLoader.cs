// SPDX-License-Identifier: MIT
// Loads binaries, for the interpreter.
using System.Runtime.CompilerServices;
using Wamr.Nano.Core.Load;
using Wamr.Nano.Core.Run;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Engine.Interpreter;

internal static unsafe class ModuleLoader
{
    /// <summary>Makes a module from a binary, ready to be instantiated.</summary>
    /// <param name="rt">Owner of the module.</param>
    /// <param name="bytes">The binary. It is never written, may lie in flash, and must outlive the module.</param>
    /// <param name="size">Bytes of the binary.</param>
    /// <param name="module">Set only on success. Free it with <see cref="Modules.Unload"/>.</param>
    /// <returns>The error. <see cref="Runtime.Error"/> then also has offset and index, and nothing stays allocated.</returns>
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
