// SPDX-License-Identifier: MIT
// STM32F100 as on the STM32VLDISCOVERY: Cortex-M3, 128 KB of flash and 8 KB of RAM, console on USART1 (pin PA9).

namespace Wamr.Nano.Boards;

internal static unsafe partial class Board
{
    private const uint Serial = 0x40013800, ClocksApb2 = 0x40021018, PortA = 0x40010800;

    /// <summary>As emulated; 8 on the board itself, which starts on its internal oscillator.</summary>
    internal const uint TicksPerMicrosecond = 24;

    /// <summary>Called first, with memory and stack ready.</summary>
    internal static void Init()
    {
        const uint portA = 1 << 2, usart1 = 1 << 14, divider = 8_000_000 / 115_200;
        Mmio.Set(ClocksApb2, portA | usart1);
        const uint high = 0x04, pin9 = 0xF << 4, alternatePushPull = 0xB << 4;
        Mmio.Write(PortA + high, (Mmio.Read(PortA + high) & ~pin9) | alternatePushPull);
        Usart.Start(Serial, divider);
        SysTick.Start();
    }

    /// <summary>Sends to the serial port; output and errors alike.</summary>
    internal static uint Write(void* context, uint stream, byte* text, uint size) => Usart.Send(Serial, text, size);

    /// <summary>A counter that runs up for ever and wraps at 32 bits.</summary>
    internal static uint Ticks() => SysTick.Ticks();
}
