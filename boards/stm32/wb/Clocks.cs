// SPDX-License-Identifier: MIT
// Clocks of STM32WB55: 64 MHz from the internal oscillator of 16 MHz (RM0434, "Reset and clock control"). The radio core stays off.
namespace Wamr.Nano.Boards;

internal static class Clocks
{
    private const uint Rcc = 0x58000000, Control = Rcc, Configuration = Rcc + 0x08, PllConfiguration = Rcc + 0x0C;
    private const uint Ahb2 = Rcc + 0x4C, Apb1 = Rcc + 0x58, Apb2 = Rcc + 0x60;

    internal const uint Ports = 0x48000000, FlashAccess = 0x58004000, TimerMegahertz = 64, SerialHertz = 64_000_000;

    internal static void Start()
    {
        const uint waitStates = 3, prefetch = 1 << 8, hsi = 1 << 8, hsiReady = 1 << 10, toPll = 3;
        const uint fromHsi = 2, times8 = 8 << 8, outputR = 1 << 28, by2 = 1 << 29; // M is 1: its bits are 0
        const uint timer2 = 1, usart1 = 1 << 14;
        Mmio.Set(Control, hsi);
        while ((Mmio.Read(Control) & hsiReady) == 0) { }
        Mmio.Write(FlashAccess, waitStates | prefetch);
        FlashCache.Flush();
        Mmio.Write(PllConfiguration, fromHsi | times8 | outputR | by2);
        Pll.Switch(Control, Configuration, toPll);
        Mmio.Set(Ahb2, (1u << (int)Pins.TransmitPort) | (1u << (int)Pins.ReceivePort));
        Mmio.Set(Apb1, timer2);
        Mmio.Set(Apb2, usart1);
    }
}
