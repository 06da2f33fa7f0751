// SPDX-License-Identifier: MIT
// Arm MPS2 boards: what differs by FPGA image is in Fpga.cs of each.

namespace Wamr.Nano.Boards;

internal static unsafe partial class Board
{
    internal const uint TicksPerMicrosecond = Fpga.Megahertz;

    /// <summary>Called first, with memory and stack ready.</summary>
    internal static void Init()
    {
        Mps2.StartSerial(Fpga.Serial);
        Mps2.StartTimer(Fpga.Timer);
    }

    /// <summary>Sends to the serial port; output and errors alike.</summary>
    internal static uint Write(void* context, uint stream, byte* text, uint size) => Mps2.Send(Fpga.Serial, text, size);

    /// <summary>A counter that runs up for ever and wraps at 32 bits.</summary>
    internal static uint Ticks() => Mps2.Ticks(Fpga.Timer);
}
