// SPDX-License-Identifier: MIT
// The newer USART, with registers of its own for each direction: F7, H7, L4, WB (RM0410, RM0433, RM0351, RM0434: "USART registers").
namespace Wamr.Nano.Boards;

internal static unsafe class Usart
{
    private const uint Control = 0x00, BaudRate = 0x0C, Status = 0x1C, Clear = 0x20, Received = 0x24, Transmit = 0x28;

    /// <summary>Enables the transmitter.</summary>
    /// <param name="port">First register; it has its clock and its pins.</param>
    /// <param name="divider">Its clock divided by the baud rate.</param>
    internal static void Start(uint port, uint divider)
    {
        const uint enable = 1, transmit = 1 << 3;
        Mmio.Write(port + BaudRate, divider);
        Mmio.Write(port + Control, enable | transmit);
    }

    internal static uint Send(uint port, byte* text, uint size)
    {
        const uint empty = 1 << 7;
        for (uint i = 0; i < size; i++)
        {
            while ((Mmio.Read(port + Status) & empty) == 0) { }
            Mmio.Write(port + Transmit, text[i]);
        }
        return size;
    }

    /// <summary>Enables the receiver and its interrupt.</summary>
    internal static void Listen(uint port)
    {
        const uint receive = 1 << 2, receiveInterrupt = 1 << 5;
        Mmio.Set(port + Control, receive | receiveInterrupt);
    }

    /// <summary>A byte that has arrived; -1 for none, and then an overrun is cleared.</summary>
    internal static int Take(uint port)
    {
        const uint notEmpty = 1 << 5, overrun = 1 << 3;
        if ((Mmio.Read(port + Status) & notEmpty) != 0) return (byte)Mmio.Read(port + Received);
        Mmio.Write(port + Clear, overrun);
        return -1;
    }
}
