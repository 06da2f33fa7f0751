// SPDX-License-Identifier: MIT
// What an STM32 receives: each byte's interrupt puts it into the ring.
using System.Runtime.InteropServices;

namespace Wamr.Nano.Boards;

internal static class SerialLine
{
    /// <summary>From now on what arrives is kept.</summary>
    internal static void Listen()
    {
        Usart.Listen(Pins.Serial);
        Nvic.Enable(Pins.SerialInterrupt);
    }

    /// <summary>The serial port's interrupt (vectors.c).</summary>
    [UnmanagedCallersOnly(EntryPoint = "wn_serial")]
    private static void Arrived()
    {
        while (Usart.Take(Pins.Serial) is int value and >= 0) Ring.Put((byte)value);
    }
}
