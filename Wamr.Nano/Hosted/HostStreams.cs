// SPDX-License-Identifier: MIT
// The kinds of an app's streams on a PC: a terminal, a device, a file or a pipe.
using System;
using System.IO;
using Microsoft.Win32.SafeHandles;
using Wamr.Nano.Core.Run;

namespace Wamr.Nano;

internal static class HostStreams
{
    /// <summary>The kinds of the three streams, two bits each.</summary>
    internal static uint KindsOf(params ReadOnlySpan<Stream?> given)
    {
        uint kinds = 0;
        for (int n = 0; n < given.Length; n++) kinds |= (uint)KindOf(given[n], (uint)n) << (n * 2);
        return kinds;
    }

    /// <param name="given">The embedder's stream; null for that of the console.</param>
    /// <param name="stream">0, 1 or 2.</param>
    internal static StreamKind KindOf(Stream? given, uint stream) => given switch
    {
        null => OfConsole(stream),
        FileStream { CanSeek: true } => StreamKind.File,
        _ => StreamKind.Pipe,
    };

    private static StreamKind OfConsole(uint stream)
    {
        bool redirected = stream switch { 0 => Console.IsInputRedirected, 1 => Console.IsOutputRedirected, _ => Console.IsErrorRedirected };
        if (!redirected) return StreamKind.Terminal;
        try
        {
            return OperatingSystem.IsLinux() ? OfTarget(new FileInfo($"/proc/self/fd/{stream}").LinkTarget) : OfHandle(stream);
        }
        catch (Exception)
        {
            return StreamKind.Pipe; // what it really is makes no difference to a program
        }
    }

    /// <summary>Linux's name for a descriptor: a path, or a text such as <c>pipe:[4711]</c>.</summary>
    private static StreamKind OfTarget(string? target) => target switch
    {
        null or not ['/', ..] => StreamKind.Pipe,
        _ when target.StartsWith("/dev/", StringComparison.Ordinal) && !target.StartsWith("/dev/shm/", StringComparison.Ordinal) =>
            StreamKind.Device,
        _ => StreamKind.File,
    };

    /// <summary>
    /// For other Unix systems, where .NET does not distinguish devices from files. On Windows, the number is not a handle.
    /// </summary>
    private static StreamKind OfHandle(uint stream)
    {
        if (OperatingSystem.IsWindows()) return StreamKind.Pipe;
        using SafeFileHandle handle = new((nint)stream, ownsHandle: false);
        using FileStream file = new(handle, stream == 0 ? FileAccess.Read : FileAccess.Write, bufferSize: 0);
        return file.CanSeek ? StreamKind.File : StreamKind.Pipe;
    }
}
