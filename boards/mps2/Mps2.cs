// SPDX-License-Identifier: MIT
// Arm MPS2 boards: CMSDK serial port and timer.
namespace Wamr.Nano.Boards;

internal static unsafe class Mps2
{
    private const uint Data = 0, State = 4, Control = 8, Interrupts = 12, Divider = 16; // serial port
    private const uint Count = 4, Reload = 8; // timer, its control register is at 0

    /// <summary>Enables the transmitter.</summary>
    internal static void StartSerial(uint port)
    {
        const uint transmit = 1, smallestDivider = 16;
        Mmio.Write(port + Divider, smallestDivider);
        Mmio.Write(port + Control, transmit);
    }

    /// <summary>Enables the receiver and its interrupt.</summary>
    internal static void Listen(uint port)
    {
        const uint transmit = 1, receive = 2, receiveInterrupt = 8;
        Mmio.Write(port + Control, transmit | receive | receiveInterrupt);
    }

    /// <summary>Takes the byte that has arrived, and ends its interrupt; less than 0 if there is none. The port holds one.</summary>
    internal static int Take(uint port)
    {
        const uint arrived = 2, receiveInterrupt = 2;
        Mmio.Write(port + Interrupts, receiveInterrupt);
        return (Mmio.Read(port + State) & arrived) != 0 ? (int)(Mmio.Read(port + Data) & 0xFF) : -1;
    }

    internal static uint Send(uint port, byte* text, uint size)
    {
        const uint full = 1;
        for (uint i = 0; i < size; i++)
        {
            while ((Mmio.Read(port + State) & full) != 0) { }
            Mmio.Write(port + Data, text[i]);
        }
        return size;
    }

    /// <summary>Lets a timer count down from 2^32 - 1, over and over.</summary>
    internal static void StartTimer(uint timer)
    {
        const uint enable = 1;
        Mmio.Write(timer + Reload, uint.MaxValue);
        Mmio.Write(timer + Count, uint.MaxValue);
        Mmio.Write(timer, enable);
    }

    internal static uint Ticks(uint timer) => ~Mmio.Read(timer + Count);
}
