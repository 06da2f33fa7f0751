// SPDX-License-Identifier: MIT
// Where the native stack of the firmware ends.
namespace Wamr.Nano.Boards;

internal static unsafe class Stack
{
    /// <summary>Lowest address the stack may have reached when the runtime is entered; see <see cref="RunPlan.StackReserve"/>.</summary>
    internal static nuint Boundary(void* context)
    {
        RunPlan* plan = RunPlan.Get();
        return plan->StackLimit == null ? 0 : (nuint)plan->StackLimit + plan->StackReserve;
    }
}
