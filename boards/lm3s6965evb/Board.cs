// SPDX-License-Identifier: MIT
// Stellaris LM3S6965 evaluation board: Cortex-M3 at 50 MHz, console on UART0 (PA0 receives, PA1 sends). Registers from the data sheet
// "LM3S6965 Microcontroller": chapters "System Control", "General-Purpose Input/Outputs".

namespace Wamr.Nano.Boards;

internal static unsafe partial class Board
{
    private const uint Serial = 0x4000C000, PortA = 0x40004000, SystemControl = 0x400FE000;
    private const uint Hertz = 50_000_000, BaudRate = 115_200;

    internal const uint TicksPerMicrosecond = 50;

    /// <summary>Called first, with memory and stack ready.</summary>
    internal static void Init()
    {
        StartClock();
        const uint clockOfSerials = 0x104, clockOfPorts = 0x108, first = 1;
        Mmio.Set(SystemControl + clockOfSerials, first);
        Mmio.Set(SystemControl + clockOfPorts, first);
        const uint alternate = 0x420, digital = 0x51C, pins01 = 3;
        Mmio.Set(PortA + alternate, pins01);
        Mmio.Set(PortA + digital, pins01);
        Pl011.Start(Serial, Hertz, BaudRate);
        SysTick.Start();
    }

    /// <summary>The PLL's 200 MHz, divided by 4, from the crystal of 8 MHz.</summary>
    private static void StartClock()
    {
        const uint status = 0x50, configuration = 0x60, locked = 1 << 6;
        const uint divideBy4 = 3u << 23, useDivider = 1 << 22, bypass = 1 << 11, crystal8 = 0xE << 6, powerDown = 1 << 13,
            noInternal = 1 << 1;
        Mmio.Write(SystemControl + configuration, divideBy4 | bypass | powerDown | crystal8 | noInternal);
        Mmio.Write(SystemControl + configuration, divideBy4 | useDivider | bypass | crystal8 | noInternal);
        while ((Mmio.Read(SystemControl + status) & locked) == 0) { }
        Mmio.Write(SystemControl + configuration, divideBy4 | useDivider | crystal8 | noInternal);
    }

    /// <summary>Sends to the serial port; output and errors alike.</summary>
    internal static uint Write(void* context, uint stream, byte* text, uint size) => Pl011.Send(Serial, text, size);

    /// <summary>A counter that runs up for ever and wraps at 32 bits.</summary>
    internal static uint Ticks() => SysTick.Ticks();
}
