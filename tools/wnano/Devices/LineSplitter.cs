// SPDX-License-Identifier: MIT
// Splits the bytes of the line into frames and the text between them (docs/CONSOLE.md, "On the wire").
using System;
using System.Collections.Generic;

namespace Wamr.Nano.Tool.Devices;

/// <param name="frame">Receives the body of each answer, without its CRC.</param>
/// <param name="text">Gets everything else.</param>
internal sealed class LineSplitter(Action<byte[]> frame, Action<byte[]> text)
{
    private readonly List<byte> _held = [];

    /// <summary>A zero came and nothing after it was text yet: a frame may have begun.</summary>
    private bool _mayBeFrame;

    internal void Take(ReadOnlySpan<byte> bytes)
    {
        foreach (byte b in bytes)
        {
            if (b == 0) Delimit();
            else _held.Add(b);
        }
        if (!_mayBeFrame || _held.Count > ConsoleFrame.MaxCode) Flush();
    }

    /// <summary>Nothing has come for a while: what is held is text.</summary>
    internal void Flush()
    {
        if (_held.Count == 0) return;
        text([.. _held]);
        _held.Clear();
        _mayBeFrame = false;
    }

    private void Delimit()
    {
        byte[]? body = Decode([.. _held]);
        if (body == null) Flush();
        else frame(body);
        _held.Clear();
        _mayBeFrame = true;
    }

    private static unsafe byte[]? Decode(byte[] chunk)
    {
        if (chunk.Length == 0) return null;
        fixed (byte* bytes = chunk)
        {
            uint size = ConsoleFrame.Decode(bytes, (uint)chunk.Length);
            return size == 0 || (chunk[0] & ConsoleFrame.AnswerBit) == 0 ? null : chunk[..(int)size];
        }
    }
}
