// SPDX-License-Identifier: MIT
// The PL011 serial port (Arm PrimeCell UART PL011 Technical Reference Manual; RP2040 data sheet, "UART").
namespace Wamr.Nano.Boards;

internal static unsafe class Pl011
{
    private const uint Data = 0x00, Flags = 0x18, Divider = 0x24, Fraction = 0x28, Format = 0x2C, Control = 0x30, Mask = 0x38;

    /// <summary>Enables the transmitter.</summary>
    /// <param name="port">First register; it has its clock and its pins.</param>
    /// <param name="hertz">Its clock.</param>
    /// <param name="baud">Bits a second.</param>
    internal static void Start(uint port, uint hertz, uint baud)
    {
        const uint eights = 8, bits8WithFifo = 0x70, enable = 1, transmit = 1 << 8;
        uint divider = eights * hertz / baud; // in 1/128: the data sheet's way to round to 1/64
        Mmio.Write(port + Divider, divider >> 7);
        Mmio.Write(port + Fraction, ((divider & 0x7F) + 1) / 2);
        Mmio.Write(port + Format, bits8WithFifo);
        Mmio.Write(port + Control, enable | transmit);
    }

    internal static uint Send(uint port, byte* text, uint size)
    {
        const uint full = 1 << 5;
        for (uint i = 0; i < size; i++)
        {
            while ((Mmio.Read(port + Flags) & full) != 0) { }
            Mmio.Write(port + Data, text[i]);
        }
        return size;
    }

    /// <summary>Enables the receiver, and its interrupts: half full, and silent for 32 bits.</summary>
    internal static void Listen(uint port)
    {
        const uint receive = 1 << 9, level = 1 << 4, silence = 1 << 6;
        Mmio.Write(port + Control, Mmio.Read(port + Control) | receive);
        Mmio.Write(port + Mask, level | silence);
    }

    /// <summary>A byte that has arrived; -1 for none.</summary>
    internal static int Take(uint port)
    {
        const uint empty = 1 << 4;
        return (Mmio.Read(port + Flags) & empty) == 0 ? (byte)Mmio.Read(port + Data) : -1;
    }
}
