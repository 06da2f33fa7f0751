// SPDX-License-Identifier: MIT
// RP2350 with its Arm cores: addresses and bits (RP2350 data sheet, "Address Map" and the lists of registers).
namespace Wamr.Nano.Boards;

internal static class Chip
{
    internal const uint Resets = 0x40020000, Clocks = 0x40010000, Crystal = 0x40048000, Pll = 0x40050000;
    internal const uint Io = 0x40028000, Pads = 0x40038000, Uart = 0x40070000, Timer = 0x400B0000, UartInterrupt = 33;

    internal const uint IoBit = 1 << 6, PadsBit = 1 << 9, PllBit = 1 << 14, TimerBit = 1 << 23, UartBit = 1 << 26;

    /// <summary>1500 MHz by 5 by 2.</summary>
    internal const uint SystemHertz = 150_000_000, Divider1 = 5, Divider2 = 2;

    /// <summary>Lets the timer count microseconds.</summary>
    internal static void StartTicks()
    {
        const uint control = 0x40108018, cycles = 0x4010801C, perMicrosecond = 12, enable = 1;
        Mmio.Write(cycles, perMicrosecond);
        Mmio.Write(control, enable);
    }
}
