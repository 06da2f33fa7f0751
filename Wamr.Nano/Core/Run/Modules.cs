// SPDX-License-Identifier: MIT
// The end of a module, wherever it came from.
using Wamr.Nano.Core.Memory;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Run;

internal static unsafe class Modules
{
    /// <summary>Gives a module back. <see cref="WasmError.ModuleInUse"/> while it has instances.</summary>
    internal static WasmError Unload(Module* module)
    {
        if (module->Instances != 0) return Runtimes.Fail(module->Runtime, WasmError.ModuleInUse);
        Release(module);
        return WasmError.None;
    }

    /// <summary>Frees its memory. Code that lies in an image is not its own.</summary>
    internal static void Release(Module* module)
    {
        Allocator* allocator = &module->Runtime->Allocator;
        if (module->Image == null) Allocator.Free(allocator, module->Code);
        Allocator.Free(allocator, module);
    }
}
