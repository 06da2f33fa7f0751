// SPDX-License-Identifier: MIT
// Sends requests over a line that may lose or change bytes: repeats each until its answer arrives (docs/CONSOLE.md, "Requests and
// answers").
using System;
using System.Collections.Concurrent;
using System.IO;
using System.Threading;

namespace Wamr.Nano.Tool.Devices;

/// <summary>How long an answer is waited for, and how often a request is sent.</summary>
internal sealed record LinkPatience
{
    internal TimeSpan Answer { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Where flash is erased or programmed first.</summary>
    internal TimeSpan FlashAnswer { get; init; } = TimeSpan.FromSeconds(10);
    internal int Tries { get; init; } = 8;

    /// <summary>After this pause, bytes that were held back count as text.</summary>
    internal TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(200);
}

internal sealed class DeviceLink : IDisposable
{
    private readonly Stream _line;
    private readonly LinkPatience _patience;
    private readonly LineSplitter _splitter;
    private readonly BlockingCollection<byte[]> _answers = [];
    private readonly object _lock = new();
    private readonly Timer _pause;
    private byte _number = (byte)Random.Shared.Next();
    private volatile bool _closed;

    /// <param name="line">The open port; disposed with this.</param>
    /// <param name="text">Receives what the device prints, on another thread; null drops it.</param>
    /// <param name="patience">Times.</param>
    internal DeviceLink(Stream line, Action<byte[]>? text, LinkPatience? patience = null)
    {
        _line = line;
        _patience = patience ?? new();
        _splitter = new(_answers.Add, text ?? (_ => { }));
        _pause = new(_ => Locked(_splitter.Flush));
        new Thread(Receive) { IsBackground = true, Name = "device" }.Start();
    }

    /// <summary>Whether the other side hung up.</summary>
    internal bool IsClosed => _closed;

    /// <summary>How many requests had to be sent again.</summary>
    internal int Repeats { get; private set; }

    public void Dispose()
    {
        _closed = true;
        _pause.Dispose();
        _line.Dispose();
    }

    /// <summary>Sends a request and waits for its answer.</summary>
    /// <returns>The content behind the error code.</returns>
    /// <exception cref="DeviceException">There is no answer.</exception>
    /// <exception cref="WasmException">The answer is an error.</exception>
    internal byte[] Request(ConsoleCommand command, ReadOnlySpan<byte> content)
    {
        byte[] wire = Encode(command, ++_number, content);
        TimeSpan patience = IsSlow(command) ? _patience.FlashAnswer : _patience.Answer;
        for (int tries = 0; tries < _patience.Tries && !_closed; tries++)
        {
            if (tries != 0) Repeats++;
            Send(wire);
            long until = Environment.TickCount64 + (long)patience.TotalMilliseconds;
            for (long left; (left = until - Environment.TickCount64) > 0 && !_closed;)
                if (_answers.TryTake(out byte[]? body, (int)left) && body[1] == _number
                    && body[0] == ((byte)command | ConsoleFrame.AnswerBit))
                    return Content(body);
        }
        throw new DeviceException(DeviceError.NoAnswer,
            _closed ? "the line was closed" : $"the device did not answer {_patience.Tries} requests");
    }

    private static bool IsSlow(ConsoleCommand command) => command is ConsoleCommand.Begin or ConsoleCommand.Data or ConsoleCommand.Commit
        or ConsoleCommand.Remove or ConsoleCommand.RemoveSlot or ConsoleCommand.Activate;

    private static byte[] Content(byte[] body)
    {
        const int header = 4;
        if (body.Length < header) throw new DeviceException(DeviceError.BadAnswer, "the device's answer is too short");
        WasmError error = (WasmError)BitConverter.ToUInt16(body, 2);
        if (error != WasmError.None) throw new WasmException(error, NanoRuntime.NoDetails);
        return body[header..];
    }

    private static unsafe byte[] Encode(ConsoleCommand command, byte number, ReadOnlySpan<byte> content)
    {
        byte[] body = new byte[ConsoleFrame.MaxBody], wire = new byte[ConsoleFrame.MaxWire];
        body[0] = (byte)command;
        body[1] = number;
        content.CopyTo(body.AsSpan(2, (int)ConsoleFrame.MaxContent));
        fixed (byte* from = body, to = wire)
            return wire[..(int)ConsoleFrame.Encode(from, ConsoleFrame.HeaderBytes + (uint)content.Length, to)];
    }

    private void Send(byte[] wire)
    {
        try
        {
            _line.Write(wire);
            _line.Flush();
        }
        catch (IOException)
        {
            _closed = true;
        }
    }

    private void Receive()
    {
        byte[] buffer = new byte[1024];
        try
        {
            for (int size; (size = _line.Read(buffer, 0, buffer.Length)) > 0;)
            {
                Locked(() => _splitter.Take(buffer.AsSpan(0, size)));
                _pause.Change(_patience.Pause, Timeout.InfiniteTimeSpan);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The port was pulled or closed: the request that waits says so.
        }
        Locked(_splitter.Flush);
        _closed = true;
        _answers.Add(new byte[2]);
    }

    private void Locked(Action action)
    {
        lock (_lock) action();
    }
}
