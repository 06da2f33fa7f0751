// SPDX-License-Identifier: MIT
// The older USART, with one status and one data register: F1 and F4 (RM0041, RM0090: "USART registers").
namespace Wamr.Nano.Boards;

internal static unsafe class Usart
{
    private const uint Status = 0x00, Data = 0x04, BaudRate = 0x08, Control = 0x0C;

    /// <summary>Enables the transmitter.</summary>
    /// <param name="port">First register; it has its clock and its pins.</param>
    /// <param name="divider">Its clock divided by the baud rate.</param>
    internal static void Start(uint port, uint divider)
    {
        const uint enable = 1 << 13, transmit = 1 << 3;
        Mmio.Write(port + BaudRate, divider);
        Mmio.Write(port + Control, enable | transmit);
    }

    internal static uint Send(uint port, byte* text, uint size)
    {
        const uint empty = 1 << 7;
        for (uint i = 0; i < size; i++)
        {
            while ((Mmio.Read(port + Status) & empty) == 0) { }
            Mmio.Write(port + Data, text[i]);
        }
        return size;
    }

    /// <summary>Enables the receiver and its interrupt.</summary>
    internal static void Listen(uint port)
    {
        const uint receive = 1 << 2, receiveInterrupt = 1 << 5;
        Mmio.Set(port + Control, receive | receiveInterrupt);
    }

    /// <summary>A byte that has arrived; -1 for none. Reading the data clears an overrun, too.</summary>
    internal static int Take(uint port)
    {
        const uint notEmpty = 1 << 5, overrun = 1 << 3;
        return (Mmio.Read(port + Status) & (notEmpty | overrun)) != 0 ? (byte)Mmio.Read(port + Data) : -1;
    }
}
