// SPDX-License-Identifier: MIT
// What an MPS2 board receives: each byte's interrupt puts it into the ring. The port holds one byte, and the emulator waits until it is
// taken.
using System.Runtime.InteropServices;

namespace Wamr.Nano.Boards;

internal static class SerialLine
{
    /// <summary>Interrupt of the receiver of the first serial port.</summary>
    private const uint Interrupt = 0;

    /// <summary>From now on what arrives is kept.</summary>
    internal static void Listen()
    {
        Mps2.Listen(Fpga.Serial);
        Nvic.Enable(Interrupt);
    }

    /// <summary>The serial port's interrupt (vectors.c).</summary>
    [UnmanagedCallersOnly(EntryPoint = "wn_serial")]
    private static void Arrived()
    {
        while (Mps2.Take(Fpga.Serial) is int value and >= 0) Ring.Put((byte)value);
    }
}
