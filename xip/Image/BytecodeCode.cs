// SPDX-License-Identifier: MIT
// The code of a bytecode image: register code from the core's own precompiler, for a machine whose pointers may have another size than
// here.
using System;
using System.Linq;

namespace Wamr.Nano.Xip.Image;

internal static unsafe class BytecodeCode
{
    /// <exception cref="WasmException">A function exceeds a limit of register code.</exception>
    internal static ImageCode Make(Module* module, byte pointerBytes)
    {
        Runtime* rt = LoadedModule.Of(module)->Runtime;
        WasmError error = Precompiler.LowerFor(&rt->Allocator, module, pointerBytes);
        if (error != WasmError.None) throw new WasmException(error, rt->Error);
        return new()
        {
            Kind = ImageKind.Bytecode,
            Bytes = new ReadOnlySpan<byte>(module->Code, (int)module->CodeSize).ToArray(),
            Functions = [.. Enumerable.Range(0, module->FunctionCount).Select(n => module->Functions[n].Code)],
            AbiVersion = RegCode.Version,
            AlignmentLog2 = 3,
            References = ReferenceMap.Of(module),
        };
    }
}
