// SPDX-License-Identifier: MIT
// Arm MPS2 with FPGA image AN505: Cortex-M33 at 20 MHz, in its secure state; hence the addresses with bit 28 set.
namespace Wamr.Nano.Boards;

internal static class Fpga
{
    internal const uint Serial = 0x50200000, Timer = 0x50000000;

    internal const uint Megahertz = 20;
}
