// SPDX-License-Identifier: MIT
// A chip of the ESP32 family: a task of ESP-IDF, whose services component/port.c calls.
using System.Runtime.InteropServices;

namespace Wamr.Nano.Boards;

internal static unsafe partial class Board
{
    internal const uint TicksPerMicrosecond = 1;

    [DllImport("firmware", EntryPoint = "wn_esp_write")]
    private static extern void WriteLine(byte* text, uint size);

    [DllImport("firmware", EntryPoint = "wn_esp_microseconds")]
    private static extern ulong Microseconds();

    [DllImport("firmware", EntryPoint = "wn_esp_sleep")]
    private static extern void SleepMicroseconds(ulong microseconds);

    [DllImport("firmware", EntryPoint = "wn_esp_random")]
    private static extern void FillRandom(byte* buffer, uint size);

    internal static void Init()
    {
    }

    static partial void Adapt(PlatformHooks* platform, BoardState* state)
    {
        platform->Clock = &ReadClock;
        platform->Sleep = &Sleep;
        platform->Random = &Random;
    }

    internal static uint Write(void* context, uint stream, byte* text, uint size)
    {
        WriteLine(text, size);
        return size;
    }

    internal static uint Ticks() => (uint)Microseconds();

    private static ulong ReadClock(void* context, uint id) => Microseconds() * NanosecondsPerMicrosecond;

    /// <summary>Other tasks run meanwhile.</summary>
    private static void Sleep(void* context, ulong nanoseconds) => SleepMicroseconds(nanoseconds / NanosecondsPerMicrosecond);

    private static byte Random(void* context, byte* buffer, uint size)
    {
        FillRandom(buffer, size);
        return 1;
    }
}
