// SPDX-License-Identifier: MIT
// Lowers a validated module to register code: measures every function, allocates one block of exactly that size, then writes the code.
using Wamr.Nano.Core.Memory;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Load.Precompile;

internal static unsafe class Precompiler
{
    /// <summary>
    /// The largest register code of a module, in units of 16 bits. A branch that moves a thousand values is a thousand instructions, so
    /// even a small module can have large code.
    /// </summary>
    internal const uint MaxUnits = 1 << 24;

    /// <summary> Lowers all functions of a module. On failure, nothing stays allocated, and the allocator has the error. </summary>
    internal static WasmError Lower(Allocator* allocator, Module* m)
    {
        uint units = 0;
        for (uint i = m->ImportedFunctions; i < m->FunctionCount; i++)
        {
            WasmError error = FunctionLowering.Measure(allocator, m, i, &units);
            if (error == WasmError.None && units > MaxUnits)
                error = ErrorInfo.Fail(allocator->Error, WasmError.FunctionTooLarge, ErrorInfo.Unknown, i);
            if (error != WasmError.None) return error;
        }
        StackPointer.Decide(m);
        m->CodeSize = units * 2;
        if (units == 0) return WasmError.None;
        m->Code = (ushort*)Allocator.Alloc(allocator, m->CodeSize, MemoryCategory.Module);
        if (m->Code == null) return WasmError.OutOfMemory;
        ushort* to = m->Code;
        for (uint i = m->ImportedFunctions; i < m->FunctionCount; i++)
        {
            WasmError error = FunctionLowering.Write(allocator, m, i, &to);
            if (error != WasmError.None)
            {
                Release(allocator, m);
                return error;
            }
        }
        return WasmError.None;
    }

    /// <summary>
    /// Lowers a loaded module again, for a machine with pointers of <paramref name="pointerBytes"/> bytes. The code is for an image, and is
    /// not run here.
    /// </summary>
    internal static WasmError LowerFor(Allocator* allocator, Module* module, byte pointerBytes)
    {
        Release(allocator, module);
        module->PointerBytes = pointerBytes;
        return Lower(allocator, module);
    }

    /// <summary>Frees the register code.</summary>
    internal static void Release(Allocator* allocator, Module* module)
    {
        Allocator.Free(allocator, module->Code);
        module->Code = null;
        module->CodeSize = 0;
    }
}
