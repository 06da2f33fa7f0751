// SPDX-License-Identifier: MIT
// Makes the processor fault on purpose, so that tests see what is reported.
using System.Runtime.CompilerServices;

namespace Wamr.Nano.Boards;

internal static unsafe class FaultProbe
{
    /// <summary>First argument of the plan: 0 calls a function where none can be, 1 overflows the native stack. Does not return.</summary>
    internal static uint Run()
    {
        const uint call = 0;
        const uint neverExecutable = 0xE0000001;
        RunPlan* plan = RunPlan.Get();
        return plan->Slots[0] == call ? ((delegate*<uint, uint>)(nuint)neverExecutable)(plan->ModuleBytes) + 1 : Deeper(plan->ModuleBytes);
    }

    [AllowRecursion]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static uint Deeper(uint depth)
    {
        // The result is needed after the call: no compiler may make a loop of it.
        uint* block = stackalloc uint[16];
        block[depth & 15] = depth;
        return Deeper(depth + 1) + block[depth & 7];
    }
}
