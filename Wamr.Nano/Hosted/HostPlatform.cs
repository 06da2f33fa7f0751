// SPDX-License-Identifier: MIT
// The platform hooks on a PC: console, clocks, random numbers, sensors, native stack.
using System;
using System.Diagnostics;
using System.IO;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Threading;
using Wamr.Nano.Core.Platform;

namespace Wamr.Nano;

internal static unsafe class HostPlatform
{
    /// <summary>
    /// The bytes of native stack that must be left; with less, a run counts as overflowing. .NET guarantees at least as much.
    /// </summary>
    private const uint StackReserve = 48 * 1024;

    internal static PlatformHooks Of(nint context)
    {
        PlatformHooks platform = default;
        platform.Context = (void*)context;
        platform.Write = &Write;
        platform.WritePiece = 64 << 10;
        platform.Read = &Read;
        platform.Clock = &Clock;
        platform.ClockResolution = 100;
        platform.Random = &Random;
        platform.Sleep = &Sleep;
        platform.StackBoundary = &StackBoundary;
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
        catch (Exception)
        {
            return 0; // whatever a stream throws must not cross the core
        }
    }

    private static uint Read(void* context, byte* buffer, uint count)
    {
        try
        {
            return (uint)HostContext.Of(context).Input.Read(new Span<byte>(buffer, (int)Math.Min(count, int.MaxValue)));
        }
        catch (Exception)
        {
            return 0; // whatever a stream throws must not cross the core
        }
    }

    private static ulong Clock(void* context, uint clock) => clock == 0
        ? (ulong)(DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100
        : (ulong)Stopwatch.GetElapsedTime(0).Ticks * 100;

    private static byte Random(void* context, byte* buffer, uint count)
    {
        for (uint chunk; count != 0; count -= chunk, buffer += chunk)
        {
            chunk = Math.Min(count, int.MaxValue);
            RandomNumberGenerator.Fill(new Span<byte>(buffer, (int)chunk));
        }
        return 1;
    }

    /// <summary>Rounds up to milliseconds: a wait does not end early.</summary>
    private static void Sleep(void* context, ulong nanoseconds) =>
        Thread.Sleep((int)Math.Min((nanoseconds + 999_999) / 1_000_000, int.MaxValue));

    /// <summary>
    /// The lowest address that this thread's stack may reach; above all addresses if too little is left from the beginning.
    /// </summary>
    internal static nuint StackBoundary(void* context)
    {
        byte here;
        return RuntimeHelpers.TryEnsureSufficientExecutionStack() ? (nuint)(&here) - StackReserve : nuint.MaxValue;
    }
}
