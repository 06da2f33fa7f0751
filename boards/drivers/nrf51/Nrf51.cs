// SPDX-License-Identifier: MIT
// nRF51: serial port, timer, random numbers.
namespace Wamr.Nano.Boards;

internal static unsafe class Nrf51
{
    private const uint Serial = 0x40002000, Timer = 0x40008000, Rng = 0x4000D000;
    private const uint TaskStart = 0x000, TaskStartTransmit = 0x008, TaskCapture = 0x040, EventReady = 0x100, EventSent = 0x11C;

    /// <summary>Enables the transmitter on a pin.</summary>
    internal static void StartSerial(uint pin)
    {
        const uint enable = 0x500, transmitPin = 0x50C, baudRate = 0x524, on = 4, baud115200 = 0x01D7E000;
        Mmio.Write(Serial + transmitPin, pin);
        Mmio.Write(Serial + baudRate, baud115200);
        Mmio.Write(Serial + enable, on);
        Mmio.Write(Serial + TaskStartTransmit, 1);
    }

    internal static uint Send(byte* text, uint size)
    {
        const uint data = 0x51C;
        for (uint i = 0; i < size; i++)
        {
            Mmio.Write(Serial + EventSent, 0);
            Mmio.Write(Serial + data, text[i]);
            while (Mmio.Read(Serial + EventSent) == 0) { }
        }
        return size;
    }

    /// <summary>Lets a 32-bit timer count at 16 MHz.</summary>
    internal static void StartTimer()
    {
        const uint width = 0x508, bits32 = 3, prescaler = 0x510;
        Mmio.Write(Timer + width, bits32);
        Mmio.Write(Timer + prescaler, 0);
        Mmio.Write(Timer + TaskStart, 1);
    }

    internal static uint Ticks()
    {
        const uint captured = 0x540;
        Mmio.Write(Timer + TaskCapture, 1);
        return Mmio.Read(Timer + captured);
    }

    /// <summary>A byte of the noise source.</summary>
    internal static byte Random()
    {
        const uint value = 0x508;
        Mmio.Write(Rng + EventReady, 0);
        Mmio.Write(Rng + TaskStart, 1);
        while (Mmio.Read(Rng + EventReady) == 0) { }
        return (byte)Mmio.Read(Rng + value);
    }
}
