// SPDX-License-Identifier: MIT
// References to functions (spec chapter 4.2.1 "funcref"): 12 bits of instance number above 20 bits of function index; 0 is null.
namespace Wamr.Nano.Core.Run;

internal static unsafe class FuncRef
{
    internal const uint Null = 0;

    /// <summary>
    /// A reference to a function of <paramref name="instance"/>. If an import is bound to a function of another instance, the reference is
    /// to that function itself, so calls through it go there directly, and it keeps only that instance alive.
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

    /// <summary>The instance of a reference; null for the null reference, and if the instance no longer exists.</summary>
    internal static Instance* InstanceOf(Runtime* runtime, uint reference)
    {
        uint id = reference >> Config.FuncRefBits;
        return id < runtime->InstanceCapacity ? runtime->Instances[id] : null;
    }

    /// <summary>
    /// The function index in that instance. If the reference came from the host, the index must be checked against the module's functions.
    /// </summary>
    internal static uint FunctionOf(uint reference) => reference & ((1u << Config.FuncRefBits) - 1);
}
