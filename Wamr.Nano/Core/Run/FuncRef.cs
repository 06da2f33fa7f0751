// SPDX-License-Identifier: MIT
// References to functions (spec chapter 4.2.1 "funcref"): 12 bits of instance number above 20 bits of function index; 0 is null.
namespace Wamr.Nano.Core.Run;

internal static unsafe class FuncRef
{
    internal const uint Null = 0;

    /// <summary>
    /// Reference to a function of <paramref name="instance"/>. An import bound to wasm gives a reference to the function itself, so that
    /// calls through it, and what keeps it alive, take the short way.
    /// </summary>
    internal static uint Of(Instance* instance, uint function)
    {
        if (function < instance->Module->ImportedFunctions)
        {
            FuncBinding* binding = &instance->Imports[function];
            if (binding->Instance != null) return (uint)binding->Instance->Id << Config.FuncRefBits | binding->FunctionIndex;
        }
        return (uint)instance->Id << Config.FuncRefBits | function;
    }

    /// <summary>Instance a reference points into; null for the null reference and for an instance that is gone.</summary>
    internal static Instance* InstanceOf(Runtime* runtime, uint reference)
    {
        uint id = reference >> Config.FuncRefBits;
        return id < runtime->InstanceCapacity ? runtime->Instances[id] : null;
    }

    /// <summary>Function index in that instance. One that came through the host must be checked against the module's functions.</summary>
    internal static uint FunctionOf(uint reference) => reference & ((1u << Config.FuncRefBits) - 1);
}
