// SPDX-License-Identifier: MIT
// Lowers a validated module to register code: every function is measured, one block of exactly that size is taken, then written.
using Wamr.Nano.Core.Memory;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Load.Precompile;

internal static unsafe class Precompiler
{
    /// <summary>
    /// Most register code of a module, in units of 16 bits. A branch that brings a thousand values to their places is a thousand
    /// instructions, so a module need not be large for its code to be.
    /// </summary>
    internal const uint MaxUnits = 1 << 24;

    /// <summary>
    /// Lowers all functions of a module. On failure nothing stays allocated and the allocator's error says why.
    /// </summary>
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
    /// Lowers a loaded module once more, for a machine with pointers of <paramref name="pointerBytes"/> bytes: to be written into an image,
    /// not to be run here.
    /// </summary>
    internal static WasmError LowerFor(Allocator* allocator, Module* module, byte pointerBytes)
    {
        Release(allocator, module);
        module->PointerBytes = pointerBytes;
        return Lower(allocator, module);
    }

    /// <summary>Gives the register code back.</summary>
    internal static void Release(Allocator* allocator, Module* module)
    {
        Allocator.Free(allocator, module->Code);
        module->Code = null;
        module->CodeSize = 0;
    }
}
