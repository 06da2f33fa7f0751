// SPDX-License-Identifier: MIT
// Clocks of STM32F405, F407, F427, F429, F746 and F769: 168 MHz from the internal oscillator of 16 MHz, which needs no over-drive (RM0090,
// RM0385, RM0410, "Reset and clock control").
namespace Wamr.Nano.Boards;

internal static class Clocks
{
    private const uint Rcc = 0x40023800, Control = Rcc, PllConfiguration = Rcc + 0x04, Configuration = Rcc + 0x08;
    private const uint Ahb1 = Rcc + 0x30, Apb1 = Rcc + 0x40, Apb2 = Rcc + 0x44;

    internal const uint Ports = 0x40020000, FlashAccess = 0x40023C00;

    /// <summary>TIM2 runs at twice the rate of its bus, 42 MHz.</summary>
    internal const uint TimerMegahertz = 84;

    /// <summary>USART1 is on APB2 at 84 MHz, USART2 and 3 on APB1 at 42 MHz.</summary>
    internal const uint SerialHertz = Pins.Serial == Usart1 ? 84_000_000 : 42_000_000;

    private const uint Usart1 = 0x40011000;

    internal static void Start()
    {
        const uint waitStates = 5, prefetch = 1 << 8, apb1By4 = 5 << 10, apb2By2 = 4 << 13, toPll = 2;
        const uint from16By16 = 16, times336 = 336 << 6, usbBy7 = 7 << 24; // P is 2: its bits are 0
        const uint by2 = 2 << 28; // R of F769, which are the reserved bits of the others after reset
        const uint timer2 = 1, usart2 = 1 << 17, usart3 = 1 << 18, usart1 = 1 << 4;
        Mmio.Write(FlashAccess, waitStates | prefetch);
        FlashCache.Flush();
        Mmio.Write(PllConfiguration, from16By16 | times336 | usbBy7 | by2);
        Mmio.Write(Configuration, apb1By4 | apb2By2);
        Pll.Switch(Control, Configuration, toPll);
        Mmio.Set(Ahb1, (1u << (int)Pins.TransmitPort) | (1u << (int)Pins.ReceivePort));
        Mmio.Set(Apb1, timer2 | usart2 | usart3);
        Mmio.Set(Apb2, usart1);
    }
}
