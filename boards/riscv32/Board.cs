// SPDX-License-Identifier: MIT
// RISC-V as in the ESP32-C3 (rv32imc, no FPU), on QEMU's board "virt".

namespace Wamr.Nano.Boards;

internal static unsafe partial class Board
{
    private const uint Serial = 0x10000000, Timer = 0x0200BFF8;

    internal const uint TicksPerMicrosecond = 10;

    /// <summary>Called first, with memory and stack ready.</summary>
    internal static void Init()
    {

    }

    /// <summary>Sends to the serial port; output and errors alike.</summary>
    internal static uint Write(void* context, uint stream, byte* text, uint size) => Send(text, size);

    /// <summary>A counter that runs up for ever and wraps at 32 bits.</summary>
    internal static uint Ticks() => Mmio.Read(Timer);

    /// <summary>The 16550 of this board has room at any time.</summary>
    private static uint Send(byte* text, uint size)
    {
        for (uint i = 0; i < size; i++) Mmio.WriteByte(Serial, text[i]);
        return size;
    }
}
