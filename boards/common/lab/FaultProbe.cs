// SPDX-License-Identifier: MIT
// Makes the processor fault on purpose, so that tests can check the report.
using System.Runtime.CompilerServices;

namespace Wamr.Nano.Boards;

internal static unsafe class FaultProbe
{
    /// <summary>The first argument of the plan: 0 calls an impossible address, 1 overflows the native stack. Does not return.</summary>
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
        // The result is needed after the call, so that no compiler turns this into a loop.
        uint* block = stackalloc uint[16];
        block[depth & 15] = depth;
        return Deeper(depth + 1) + block[depth & 7];
    }
}
