// SPDX-License-Identifier: MIT
// RP2040 and RP2350: console on UART0 (GPIO0 sends, GPIO1 receives), time from the microsecond timer. Chip has what differs.

namespace Wamr.Nano.Boards;

internal static unsafe partial class Board
{
    private const uint BaudRate = 115_200;

    internal const uint TicksPerMicrosecond = 1;

    /// <summary>Called first, with memory and stack ready.</summary>
    internal static void Init()
    {
        Clocks.Start();
        const uint control = 0x04, bytesPerPin = 8, uart = 2, pinBytes = 4;
        const uint inputDriveUpSchmitt = 0x5A; // IE, 4 mA, pulled up, Schmitt trigger; connected, on RP2350
        for (uint pin = 0; pin < 2; pin++)
        {
            Mmio.Write(Chip.Io + control + pin * bytesPerPin, uart);
            Mmio.Write(Chip.Pads + control + pin * pinBytes, inputDriveUpSchmitt);
        }
        Pl011.Start(Chip.Uart, Chip.SystemHertz, BaudRate);
    }

    /// <summary>Sends to the serial port; output and errors alike.</summary>
    internal static uint Write(void* context, uint stream, byte* text, uint size) => Pl011.Send(Chip.Uart, text, size);

    /// <summary>A counter that runs up for ever and wraps at 32 bits.</summary>
    internal static uint Ticks()
    {
        const uint rawLow = 0x28;
        return Mmio.Read(Chip.Timer + rawLow);
    }
}
