// SPDX-License-Identifier: MIT
// The firmware as a Linux program: for sanitizers and debuggers, and where no emulator can be had.
using System.Runtime.InteropServices;

namespace Wamr.Nano.Boards;

internal static unsafe partial class Board
{
    /// <summary>The low half of a nanosecond clock: no instructions are counted here.</summary>
    internal const uint TicksPerMicrosecond = 1000;

    /// <summary>Stack an app may use: far less than a process has, unless its user wants it small (ulimit -s).</summary>
    private const uint StackBytes = 512 << 10;

    [DllImport("host", EntryPoint = "write")]
    private static extern nint WriteFile(int file, byte* text, nuint size);

    [DllImport("host", EntryPoint = "read")]
    private static extern nint ReadFile(int file, byte* text, nuint size);

    [DllImport("host", EntryPoint = "wn_host_clock")]
    private static extern ulong HostClock(uint id);

    [DllImport("host", EntryPoint = "wn_host_sleep")]
    private static extern void HostSleep(ulong nanoseconds);

    [DllImport("host", EntryPoint = "wn_host_random")]
    private static extern byte HostRandom(byte* buffer, uint size);

    internal static void Init()
    {
    }

    static partial void Adapt(PlatformHooks* platform, BoardState* state)
    {
        platform->Read = &Read;
        platform->Clock = &ReadClock;
        platform->Sleep = &Sleep;
        platform->Random = &Random;
        byte here;
        state->StackBoundary = (nuint)(&here) - StackBytes;
    }

    internal static uint Write(void* context, uint stream, byte* text, uint size)
    {
        nint count = WriteFile((int)stream, text, size);
        return count < 0 ? 0 : (uint)count;
    }

    internal static uint Ticks() => (uint)HostClock(1);

    private static uint Read(void* context, byte* buffer, uint size)
    {
        const int input = 0;
        nint count = ReadFile(input, buffer, size);
        return count < 0 ? 0 : (uint)count;
    }

    private static ulong ReadClock(void* context, uint id) => HostClock(id);

    private static void Sleep(void* context, ulong nanoseconds) => HostSleep(nanoseconds);

    private static byte Random(void* context, byte* buffer, uint size) => HostRandom(buffer, size);
}
