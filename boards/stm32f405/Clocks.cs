// SPDX-License-Identifier: MIT
// Clocks of an STM32F405 as QEMU emulates it: there is no clock control, and TIM2 counts nanoseconds. The chip's own are in stm32/pll168.
namespace Wamr.Nano.Boards;

internal static class Clocks
{
    private const uint Ahb1 = 0x40023830, Apb1 = 0x40023840, Apb2 = 0x40023844;

    internal const uint Ports = 0x40020000, FlashAccess = 0x40023C00, TimerMegahertz = 1000, SerialHertz = 16_000_000;

    internal static void Start()
    {
        const uint timer2 = 1, usart1 = 1 << 4;
        Mmio.Set(Ahb1, 1u << (int)Pins.TransmitPort);
        Mmio.Set(Apb1, timer2);
        Mmio.Set(Apb2, usart1);
    }
}
