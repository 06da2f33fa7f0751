// SPDX-License-Identifier: MIT
// Clock, randomness and sensors for runs that are compared: the same in each, and no one waits.
using System;

namespace Wamr.Nano.Tool.Fit;

internal static unsafe class StillPlatform
{
    private const ulong Start = 1_700_000_000_000_000_000, Tick = 1_000_000;

    [ThreadStatic]
    private static ulong _now;

    [ThreadStatic]
    private static uint _random;

    [ThreadStatic]
    private static Func<uint, int>? _sensors;

    /// <summary>Takes the place of this machine's clock, randomness and sensors. One run at a time on a thread.</summary>
    internal static void Install(NanoRuntime runtime, Func<uint, int> sensors)
    {
        _sensors = sensors;
        _now = Start;
        _random = 1;
        PlatformHooks* platform = &runtime.Pointer->Platform;
        platform->Clock = &Clock;
        platform->Random = &Random;
        platform->Sleep = &Sleep;
        platform->ReadSensor = &ReadSensor;
    }

    /// <summary>A millisecond passes with each look at it.</summary>
    private static ulong Clock(void* context, uint clock) => _now += Tick;

    private static int ReadSensor(void* context, uint channel) => _sensors!(channel);

    private static void Sleep(void* context, ulong nanoseconds) => _now += nanoseconds;

    private static byte Random(void* context, byte* buffer, uint count)
    {
        for (uint i = 0; i < count; i++)
        {
            _random = _random * 1664525 + 1013904223;
            buffer[i] = (byte)(_random >> 24);
        }
        return 1;
    }
}
