// SPDX-License-Identifier: MIT
// What call_indirect may call (spec chapter 4.4.8), for every engine.
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Run;

internal static unsafe class IndirectCalls
{
    /// <summary>Checks the element that call_indirect is about to call, and its type.</summary>
    internal static WasmError Check(Instance* instance, TableInst* table, uint index, uint type)
    {
        if (index >= table->Size) return WasmError.UndefinedElement;
        uint reference = table->Elements[index];
        if (reference == FuncRef.Null) return WasmError.UninitializedElement;
        Instance* other = FuncRef.InstanceOf(instance->Runtime, reference);
        // A reference from the host may name an instance or a function that does not exist.
        if (other == null || FuncRef.FunctionOf(reference) >= other->Module->FunctionCount) return WasmError.UninitializedElement;
        Module* module = other->Module;
        FuncType* found = &module->Types[module->Functions[FuncRef.FunctionOf(reference)].TypeIndex];
        return FuncTypes.Equal(found, &instance->Module->Types[type]) ? WasmError.None : WasmError.IndirectCallTypeMismatch;
    }
}
