// SPDX-License-Identifier: MIT
// A program that runs beside this one, an emulator or a device's stand-in: it ends with this process, and its farewells are not shown.
using System;
using System.Diagnostics;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Wamr.Nano.Tool.Build;

internal sealed partial class ChildProcess : IDisposable
{
    private static readonly PosixSignal[] Ends = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];

    private readonly PosixSignalRegistration[] _signals;

    private ChildProcess(Process process)
    {
        Process = process;
        process.ErrorDataReceived += (_, e) => Show(e.Data);
        process.BeginErrorReadLine();
        AppDomain.CurrentDomain.ProcessExit += Kill;
        // A signal that is for this process alone leaves the other one running otherwise.
        _signals = [.. Ends.Select(signal => PosixSignalRegistration.Create(signal, _ => Kill(null, EventArgs.Empty)))];
    }

    internal Process Process { get; }

    /// <summary>Starts it; what else the caller redirects is the caller's to read.</summary>
    internal static ChildProcess Start(ProcessStartInfo start)
    {
        start.RedirectStandardError = true;
        return new(Process.Start(start)!);
    }

    public void Dispose()
    {
        foreach (PosixSignalRegistration signal in _signals) signal.Dispose();
        AppDomain.CurrentDomain.ProcessExit -= Kill;
        Process.Dispose();
    }

    private static void Show(string? line)
    {
        if (line != null && !Farewell().IsMatch(line)) Console.Error.WriteLine(line);
    }

    private void Kill(object? sender, EventArgs e)
    {
        try
        {
            Process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended already.
        }
    }

    /// <summary>What QEMU prints if it also receives Ctrl+C.</summary>
    [GeneratedRegex(@"^qemu-system-\w+: terminating on signal")]
    private static partial Regex Farewell();
}
