// SPDX-License-Identifier: MIT
// The 32-bit general-purpose timers of STM32, TIM2 and TIM5 (RM0090, "General-purpose timers").
namespace Wamr.Nano.Boards;

internal static class Stm32Timer
{
    private const uint Control = 0x00, Events = 0x14, Count = 0x24, Reload = 0x2C;

    /// <summary>Lets a timer count its clock.</summary>
    /// <param name="timer">First register; it has its clock.</param>
    internal static void Start(uint timer)
    {
        const uint update = 1, enable = 1;
        Mmio.Write(timer + Reload, uint.MaxValue);
        Mmio.Write(timer + Events, update);
        Mmio.Write(timer + Control, enable);
    }

    internal static uint Ticks(uint timer) => Mmio.Read(timer + Count);
}
