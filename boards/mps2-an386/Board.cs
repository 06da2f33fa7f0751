// SPDX-License-Identifier: MIT
// Arm MPS2 with FPGA image AN386: Cortex-M4F.
using Wamr.Nano.Core;

namespace Wamr.Nano.Boards;

internal static unsafe class Board
{
    private const uint Serial = 0x40004000, Timer = 0x40000000;

    /// <summary>The timer runs at 25 MHz; an instruction takes 1 ns where instructions are counted.</summary>
    internal const uint InstructionsPerTick = 40;

    internal static void Init()
    {
        Mps2.StartSerial(Serial);
        Mps2.StartTimer(Timer);
    }

    internal static void Fill(Platform* platform)
    {
        platform->Write = &Write;
        platform->ReadSensor = &ReadSensor;
    }

    internal static uint Write(void* context, uint stream, byte* text, uint size) => Mps2.Send(Serial, text, size);

    internal static uint Ticks() => Mps2.Ticks(Timer);

    private static int ReadSensor(void* context, uint channel) => 20000 + (int)channel * 1000;
}
