// SPDX-License-Identifier: MIT
// Where the native stack of the firmware ends.
namespace Wamr.Nano.Boards;

internal static unsafe class Stack
{
    /// <summary>Sets the boundary from the linked sizes; see <see cref="RunPlan.StackReserve"/>.</summary>
    internal static void Init(BoardState* state)
    {
        RunPlan* plan = RunPlan.Get();
        if (plan->StackLimit != null) state->StackBoundary = (nuint)plan->StackLimit + plan->StackReserve;
    }

    /// <summary>Platform hook: the lowest address that the stack may have reached when the runtime is entered.</summary>
    internal static nuint Boundary(void* context) => ((BoardState*)context)->StackBoundary;
}
