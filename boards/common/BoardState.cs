// SPDX-License-Identifier: MIT
// What the hooks of a board remember between calls; the context of every platform hook.
namespace Wamr.Nano.Boards;

internal struct BoardState
{
    internal Clock Clock;
    internal SimulatedSensors Sensors;
}
