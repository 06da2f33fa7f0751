// SPDX-License-Identifier: MIT
// Tensilica Xtensa LX106, the core of the ESP8266, on QEMU's simulator board. Console and end of the run are simulator calls.
using System.Runtime.InteropServices;

namespace Wamr.Nano.Boards;

internal static unsafe class Board
{
    private const uint OutputFile = 1, WriteCall = 4;

    /// <summary>The simulator's system calls: number, then up to three arguments.</summary>
    [DllImport("firmware", EntryPoint = "wn_simcall")]
    private static extern uint Call(uint number, uint a, uint b, uint c);

    /// <summary>The core's cycle counter.</summary>
    [DllImport("firmware", EntryPoint = "wn_cycles")]
    private static extern uint Cycles();

    internal const uint TicksPerMicrosecond = 40;

    private const uint NanosecondsPerTick = 25;

    /// <summary>Called first, with memory and stack ready.</summary>
    internal static void Init()
    {

    }

    internal static void Fill(PlatformHooks* platform, BoardState* state)
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
    internal static uint Write(void* context, uint stream, byte* text, uint size) => Call(WriteCall, OutputFile, (uint)text, size);

    /// <summary>A counter that runs up for ever and wraps at 32 bits.</summary>
    internal static uint Ticks() => Cycles();
}
