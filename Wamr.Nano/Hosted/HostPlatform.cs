// SPDX-License-Identifier: MIT
// The platform hooks on a PC: console, clocks, randomness, sensors, native stack.
using System;
using System.Diagnostics;
using System.IO;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Threading;
using Wamr.Nano.Core;

namespace Wamr.Nano;

internal static unsafe class HostPlatform
{
    /// <summary>Native stack left to a run before it counts as overflowing, bytes; what .NET guarantees is at least as much.</summary>
    private const uint StackReserve = 48 * 1024;

    internal static Platform Of(nint context)
    {
        Platform platform = default;
        platform.Context = (void*)context;
        platform.Write = &Write;
        platform.Read = &Read;
        platform.Clock = &Clock;
        platform.ClockResolution = 100;
        platform.Random = &Random;
        platform.Sleep = &Sleep;
        platform.StackBoundary = &StackBoundary;
        platform.ReadSensor = &ReadSensor;
        return platform;
    }

    private static uint Write(void* context, uint stream, byte* bytes, uint count)
    {
        HostContext host = HostContext.Of(context);
        Stream to = stream == 2 ? host.Error : host.Output;
        try
        {
            int chunk = (int)Math.Min(count, int.MaxValue);
            to.Write(new ReadOnlySpan<byte>(bytes, chunk));
            to.Flush();
            return (uint)chunk;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return 0;
        }
    }

    private static uint Read(void* context, byte* buffer, uint count)
    {
        try
        {
            return (uint)HostContext.Of(context).Input.Read(new Span<byte>(buffer, (int)Math.Min(count, int.MaxValue)));
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return 0;
        }
    }

    private static ulong Clock(void* context, uint clock) => clock == 0
        ? (ulong)(DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100
        : (ulong)Stopwatch.GetElapsedTime(0).Ticks * 100;

    private static byte Random(void* context, byte* buffer, uint count)
    {
        RandomNumberGenerator.Fill(new Span<byte>(buffer, (int)count));
        return 1;
    }

    private static void Sleep(void* context, ulong nanoseconds) => Thread.Sleep(TimeSpan.FromTicks((long)Math.Min(nanoseconds / 100, int.MaxValue)));

    /// <summary>Lowest address this thread's stack may reach; above all addresses where too little is left to begin with.</summary>
    internal static nuint StackBoundary(void* context)
    {
        byte here;
        return RuntimeHelpers.TryEnsureSufficientExecutionStack() ? (nuint)(&here) - StackReserve : nuint.MaxValue;
    }

    private static int ReadSensor(void* context, uint channel) => HostContext.Of(context).ReadSensor?.Invoke(channel) ?? 0;
}
