// SPDX-License-Identifier: MIT
// Clocks of STM32H743: the internal oscillator of 64 MHz, as after reset, for core and buses (RM0433, "Reset and Clock Control").
// More needs the supply to be chosen first (PWR_CR3), which depends on the board.
namespace Wamr.Nano.Boards;

internal static class Clocks
{
    private const uint Rcc = 0x58024400, Ahb2 = Rcc + 0xDC, Ahb4 = Rcc + 0xE0, Apb1 = Rcc + 0xE8, Apb2 = Rcc + 0xF0;

    internal const uint Ports = 0x58020000, TimerMegahertz = 64, SerialHertz = 64_000_000;

    internal static void Start()
    {
        const uint sram123 = 7u << 29, timer2 = 1, usart2 = 1 << 17, usart3 = 1 << 18, usart1 = 1 << 4;
        Mmio.Set(Ahb2, sram123);
        Mmio.Set(Ahb4, (1u << (int)Pins.TransmitPort) | (1u << (int)Pins.ReceivePort));
        Mmio.Set(Apb1, timer2 | usart2 | usart3);
        Mmio.Set(Apb2, usart1);
        FlashCache.Flush();
    }
}
