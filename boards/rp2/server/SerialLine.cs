// SPDX-License-Identifier: MIT
// What an RP2040 or RP2350 receives: the port's interrupt puts it into the ring.
using System.Runtime.InteropServices;

namespace Wamr.Nano.Boards;

internal static class SerialLine
{
    /// <summary>From now on what arrives is kept.</summary>
    internal static void Listen()
    {
        Pl011.Listen(Chip.Uart);
        Nvic.Enable(Chip.UartInterrupt);
    }

    /// <summary>The serial port's interrupt (vectors.c); taking all that is there ends it.</summary>
    [UnmanagedCallersOnly(EntryPoint = "wn_serial")]
    private static void Arrived()
    {
        while (Pl011.Take(Chip.Uart) is int value and >= 0) Ring.Put((byte)value);
    }
}
