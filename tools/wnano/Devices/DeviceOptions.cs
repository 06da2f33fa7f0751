// SPDX-License-Identifier: MIT
// The options that say which device a command speaks to.
using System;
using System.CommandLine;
using System.IO;

namespace Wamr.Nano.Tool.Devices;

internal sealed class DeviceOptions
{
    private const int DefaultBaud = 115200;

    private readonly Option<string?> _port = new("--port", "-p")
    {
        Description = "The device's port: a serial device, tcp:host:port, or exec:program; without, the only serial port there is.",
        HelpName = "port",
    };

    private readonly Option<int> _baud = new("--baud") { Description = "Bits a second of a serial port.", HelpName = "rate", DefaultValueFactory = _ => DefaultBaud };

    private readonly Option<string?> _board = new("--board")
    {
        Description = "A board that runs here: its app server is built, and started with the flash file that 'wnano flash --board' writes.",
        HelpName = "name",
    };

    internal void AddTo(Command command, bool withBoard = true)
    {
        command.Options.Add(_port);
        command.Options.Add(_baud);
        if (withBoard) command.Options.Add(_board);
    }

    /// <summary>Whether the command line names a port.</summary>
    internal bool IsGiven(ParseResult parsed) => parsed.GetValue(_port) != null;

    internal Stream Open(ParseResult parsed)
    {
        string? port = parsed.GetValue(_port);
        return port == null && parsed.GetValue(_board) is string board ? LocalBoard.Start(board) : DevicePort.Open(port, parsed.GetValue(_baud));
    }

    /// <summary>Connects, and does something with the device. What the device prints meanwhile goes to the error stream.</summary>
    internal T With<T>(ParseResult parsed, Func<DeviceClient, T> work)
    {
        MonitorText text = new(Console.Error.WriteLine, () => "", _ => null, report => $"the processor stopped with a fault: {report}");
        try
        {
            using DeviceLink link = new(Open(parsed), bytes => { lock (text) text.Take(bytes); });
            return work(new DeviceClient(link));
        }
        finally
        {
            lock (text) text.End();
        }
    }
}
