// SPDX-License-Identifier: MIT
// RP2040: addresses and bits (RP2040 data sheet, "Address Map" and the lists of registers).
namespace Wamr.Nano.Boards;

internal static class Chip
{
    internal const uint Resets = 0x4000C000, Clocks = 0x40008000, Crystal = 0x40024000, Pll = 0x40028000;
    internal const uint Io = 0x40014000, Pads = 0x4001C000, Uart = 0x40034000, Timer = 0x40054000, UartInterrupt = 20;

    internal const uint IoBit = 1 << 5, PadsBit = 1 << 8, PllBit = 1 << 12, TimerBit = 1 << 21, UartBit = 1 << 22;

    /// <summary>1500 MHz by 6 by 2.</summary>
    internal const uint SystemHertz = 125_000_000, Divider1 = 6, Divider2 = 2;

    /// <summary>Lets the timer count microseconds: it is the watchdog that divides the crystal.</summary>
    internal static void StartTicks()
    {
        const uint watchdogTick = 0x4005802C, enable = 1 << 9, cycles = 12;
        Mmio.Write(watchdogTick, enable | cycles);
    }
}
