// SPDX-License-Identifier: MIT
// Arm MPS2 with FPGA image AN500: Cortex-M7 with a double-precision FPU, at 25 MHz.
namespace Wamr.Nano.Boards;

internal static class Fpga
{
    internal const uint Serial = 0x40004000, Timer = 0x40000000;

    internal const uint Megahertz = 25;
}
