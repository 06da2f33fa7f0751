// SPDX-License-Identifier: MIT
// BBC micro:bit: nRF51822, Cortex-M0 at 16 MHz, 256 KB of flash and 16 KB of RAM.

namespace Wamr.Nano.Boards;

internal static unsafe partial class Board
{
    private const uint TransmitPin = 24;

    internal const uint TicksPerMicrosecond = 16;

    /// <summary>Called first, with memory and stack ready.</summary>
    internal static void Init()
    {
        Nrf51.StartSerial(TransmitPin);
        Nrf51.StartTimer();
    }

    static partial void Adapt(PlatformHooks* platform, BoardState* state)
    {
        platform->Random = &Random;
    }

    /// <summary>Sends to the serial port; output and errors alike.</summary>
    internal static uint Write(void* context, uint stream, byte* text, uint size) => Nrf51.Send(text, size);

    /// <summary>A counter that runs up for ever and wraps at 32 bits.</summary>
    internal static uint Ticks() => Nrf51.Ticks();

    private static byte Random(void* context, byte* buffer, uint size)
    {
        for (uint i = 0; i < size; i++) buffer[i] = Nrf51.Random();
        return 1;
    }
}
