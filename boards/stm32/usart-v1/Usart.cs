// SPDX-License-Identifier: MIT
// The older USART, with one status and one data register: F4 (RM0090, "USART registers").
namespace Wamr.Nano.Boards;

internal static unsafe class Usart
{
    private const uint Status = 0x00, Data = 0x04, Control = 0x0C;

    /// <summary>Enables the transmitter.</summary>
    /// <param name="port">First register; it has its clock and its pins.</param>
    /// <param name="divider">Its clock divided by the baud rate.</param>
    internal static void Start(uint port, uint divider) => Stm32.StartSerial(port, divider);

    internal static uint Send(uint port, byte* text, uint size) => Stm32.Send(port, text, size);

    /// <summary>Enables the receiver and its interrupt.</summary>
    internal static void Listen(uint port)
    {
        const uint receive = 1 << 2, receiveInterrupt = 1 << 5;
        Stm32.Set(port + Control, receive | receiveInterrupt);
    }

    /// <summary>A byte that has arrived; -1 for none. Reading the data clears an overrun, too.</summary>
    internal static int Take(uint port)
    {
        const uint notEmpty = 1 << 5, overrun = 1 << 3;
        return (Mmio.Read(port + Status) & (notEmpty | overrun)) != 0 ? (byte)Mmio.Read(port + Data) : -1;
    }
}
