// SPDX-License-Identifier: MIT
// What the hooks of a board remember between calls; the context of every platform hook.
namespace Wamr.Nano.Boards;

internal struct BoardState
{
    /// <summary>Lowest address the stack may have reached when the runtime is entered.</summary>
    internal nuint StackBoundary;

    internal Clock Clock;
    internal SimulatedSensors Sensors;
}
