// SPDX-License-Identifier: MIT
// Tensilica Xtensa LX106, the core of the ESP8266, on QEMU's simulator board. Console and end of the run are simulator calls.
using System.Runtime.InteropServices;

namespace Wamr.Nano.Boards;

internal static unsafe partial class Board
{
    private const uint OutputFile = 1, WriteCall = 4;

    /// <summary>The simulator's system calls: number, then up to three arguments.</summary>
    [DllImport("firmware", EntryPoint = "wn_simcall")]
    private static extern uint Call(uint number, uint a, uint b, uint c);

    /// <summary>The core's cycle counter.</summary>
    [DllImport("firmware", EntryPoint = "wn_cycles")]
    private static extern uint Cycles();

    internal const uint TicksPerMicrosecond = 40;

    /// <summary>Called first, with memory and stack ready.</summary>
    internal static void Init()
    {

    }

    /// <summary>Sends to the serial port; output and errors alike.</summary>
    internal static uint Write(void* context, uint stream, byte* text, uint size) => Call(WriteCall, OutputFile, (uint)text, size);

    /// <summary>A counter that runs up for ever and wraps at 32 bits.</summary>
    internal static uint Ticks() => Cycles();
}
