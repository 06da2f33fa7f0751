// SPDX-License-Identifier: MIT
// Switching the core to the PLL: the same bits of RCC_CR and RCC_CFGR on F4, F7, L4 and WB but for the number of the switch.
namespace Wamr.Nano.Boards;

internal static class Pll
{
    /// <summary>Starts the PLL, which is set up, and takes it as the core's clock.</summary>
    /// <param name="control">Address of RCC_CR.</param>
    /// <param name="configuration">Address of RCC_CFGR, its dividers set.</param>
    /// <param name="number">What SW and SWS call the PLL.</param>
    internal static void Switch(uint control, uint configuration, uint number)
    {
        const uint on = 1 << 24, ready = 1 << 25, switchMask = 3, statusShift = 2;
        Mmio.Set(control, on);
        while ((Mmio.Read(control) & ready) == 0) { }
        Mmio.Write(configuration, (Mmio.Read(configuration) & ~switchMask) | number);
        while (((Mmio.Read(configuration) >> (int)statusShift) & switchMask) != number) { }
    }
}
