// SPDX-License-Identifier: MIT
// Arm MPS2 with FPGA image AN386: Cortex-M4F at 25 MHz.
using Wamr.Nano.Core;

namespace Wamr.Nano.Boards;

internal static unsafe class Board
{
    internal const uint Serial = 0x40004000;

    private const uint Timer = 0x40000000;

    internal const uint TicksPerMicrosecond = 25;

    private const uint NanosecondsPerTick = 40;

    /// <summary>Called first, with memory and stack ready.</summary>
    internal static void Init()
    {
        Mps2.StartSerial(Serial);
        Mps2.StartTimer(Timer);
    }

    internal static void Fill(Platform* platform, BoardState* state)
    {
        platform->Context = state;
        platform->Write = &Write;
        platform->Clock = &Clock.Read;
        platform->ClockResolution = NanosecondsPerTick;
        platform->Sleep = &Clock.Sleep;
        platform->ReadSensor = &SimulatedSensors.Read;
        platform->StackBoundary = &Stack.Boundary;
    }

    /// <summary>Sends to the serial port; output and errors alike.</summary>
    internal static uint Write(void* context, uint stream, byte* text, uint size) => Mps2.Send(Serial, text, size);

    /// <summary>A counter that runs up for ever and wraps at 32 bits.</summary>
    internal static uint Ticks() => Mps2.Ticks(Timer);
}
