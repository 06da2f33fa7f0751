// SPDX-License-Identifier: MIT
// STM32F1, F2 and F4: serial port, general-purpose timer.
namespace Wamr.Nano.Boards;

internal static unsafe class Stm32
{
    private const uint Status = 0x00, Data = 0x04, BaudRate = 0x08, SerialControl = 0x0C;
    private const uint TimerControl = 0x00, Events = 0x14, Count = 0x24, Reload = 0x2C;

    /// <summary>Enables the transmitter of a USART.</summary>
    /// <param name="port">Its first register; it has its clock and its pin.</param>
    /// <param name="divider">Its clock divided by the baud rate.</param>
    internal static void StartSerial(uint port, uint divider)
    {
        const uint enable = 1 << 13, transmit = 1 << 3;
        Mmio.Write(port + BaudRate, divider);
        Mmio.Write(port + SerialControl, enable | transmit);
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

    /// <summary>Lets a 32-bit timer (TIM2, TIM5) count its clock.</summary>
    internal static void StartTimer(uint timer)
    {
        const uint update = 1, enable = 1;
        Mmio.Write(timer + Reload, uint.MaxValue);
        Mmio.Write(timer + Events, update);
        Mmio.Write(timer + TimerControl, enable);
    }

    internal static uint Ticks(uint timer) => Mmio.Read(timer + Count);

    /// <summary>Sets bits of a register, others stay.</summary>
    internal static void Set(uint register, uint bits) => Mmio.Write(register, Mmio.Read(register) | bits);
}
