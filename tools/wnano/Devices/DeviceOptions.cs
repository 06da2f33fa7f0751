// SPDX-License-Identifier: MIT
// The options that say which device a command speaks to.
using System;
using System.CommandLine;
using System.IO;
using System.Threading;
using Wamr.Nano.Tool.Usage;

namespace Wamr.Nano.Tool.Devices;

internal sealed class DeviceOptions
{
    /// <summary>The largest number a slot can have, on whatever device.</summary>
    internal const int LastSlot = (int)Core.Device.Flash.FlashDevice.MaxSlots - 1;

    private const int DefaultBaud = 115200;

    private readonly Option<string?> _port = new("--port", "-p")
    {
        Description = "The device's port: a serial device, tcp:host:port, or exec:program; by default, the only serial port.",
        HelpName = "port",
    };

    private readonly Option<int> _baud = new("--baud")
    {
        Description = "Bits per second of the serial port.",
        HelpName = "rate",
        DefaultValueFactory = _ => DefaultBaud,
    };

    private readonly Option<string?> _board = new("--board")
    {
        Description = "An emulated board. Builds its app server, and starts it with the flash file that 'wnano flash --board' writes.",
        HelpName = "name",
    };

    internal Option Baud => _baud;

    internal void AddTo(Command command, bool withBoard = true)
    {
        const int slowest = 50, fastest = 12_000_000;
        _baud.Between(slowest, fastest);
        command.Options.Add(_port);
        command.Options.Add(_baud);
        if (withBoard) command.Options.Add(_board);
    }

    /// <summary>Whether the command line names a port.</summary>
    internal bool IsGiven(ParseResult parsed) => parsed.GetValue(_port) != null;

    /// <param name="parsed">The command line.</param>
    /// <param name="writes">Whether the device is to write its flash.</param>
    internal Stream Open(ParseResult parsed, bool writes = false)
    {
        string? port = parsed.GetValue(_port);
        if (port != null) parsed.Refuse("with --port: name one of them", _board);
        return parsed.GetValue(_board) is string board ? LocalBoard.Start(board, writes) : DevicePort.Open(port, parsed.GetValue(_baud));
    }

    /// <summary>
    /// Connects, and does something with the device. What an app prints that is started by it goes to the error stream; whatever else runs
    /// there is for the monitor.
    /// </summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="work">What is done.</param>
    /// <param name="starts">Whether an app is started by it.</param>
    /// <param name="writes">Whether the device is to write its flash.</param>
    internal T With<T>(ParseResult parsed, Func<DeviceClient, T> work, bool starts = false, bool writes = false)
    {
        MonitorText text =
            new(starts ? Console.Error.WriteLine : _ => { }, () => "", _ => null,
                report => $"the processor stopped with a fault: {report}");
        try
        {
            using DeviceLink link = new(Open(parsed, writes), bytes => { lock (text) text.Take(bytes); });
            DeviceClient client = new(link);
            T result = work(client);
            if (starts && !IsGiven(parsed)) Settle(client);
            return result;
        }
        finally
        {
            lock (text) text.End();
        }
    }

    /// <summary>A board that runs here is switched off with the command: an app that has just been started gets a moment before.</summary>
    private static void Settle(DeviceClient client)
    {
        const int moments = 20, moment = 100;
        for (int i = 0; i < moments; i++)
        {
            Thread.Sleep(moment);
            if (!client.Status().IsRunning) return;
        }
    }
}
