// SPDX-License-Identifier: MIT
// The firmware as a program of the PC: for sanitizers and debuggers, and where no emulator can be had.
using System.Runtime.InteropServices;
using Wamr.Nano.Core;

namespace Wamr.Nano.Boards;

internal static unsafe class Board
{
    internal const uint InstructionsPerTick = 1;

    [DllImport("host", EntryPoint = "write")]
    private static extern nint WriteFile(int file, byte* text, nuint size);

    internal static void Init()
    {
    }

    internal static void Fill(Platform* platform)
    {
        platform->Write = &Write;
        platform->ReadSensor = &ReadSensor;
    }

    internal static uint Write(void* context, uint stream, byte* text, uint size) => (uint)WriteFile((int)stream, text, size);

    internal static uint Ticks() => 0;

    private static int ReadSensor(void* context, uint channel) => 20000 + (int)channel * 1000;
}
