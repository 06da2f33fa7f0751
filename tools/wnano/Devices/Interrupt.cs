// SPDX-License-Identifier: MIT
// Ctrl+C as the way to end a command that would go on for ever: no failure.
using System;
using System.Runtime.InteropServices;

namespace Wamr.Nano.Tool.Devices;

internal sealed class Interrupt : IDisposable
{
    private readonly PosixSignalRegistration _signal = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
    {
        context.Cancel = true;
        Environment.Exit(0);
    });

    public void Dispose() => _signal.Dispose();
}
