// SPDX-License-Identifier: MIT
// A bar that grows in its line; nothing where the error stream is no console.
using System;
using System.Globalization;

namespace Wamr.Nano.Tool.Devices;

internal sealed class Progress(string action, long total, string unit = "B") : IDisposable
{
    private const int Width = 30;

    private readonly bool _shown = !Console.IsErrorRedirected;
    private int _last = -1;

    internal void Report(int done) => Report((long)done);

    internal void Report(long done)
    {
        int percent = total == 0 ? 100 : (int)(done * 100 / total);
        if (!_shown || percent == _last) return;
        _last = percent;
        int full = percent * Width / 100;
        string bar = new string('=', full).PadRight(Width);
        Console.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{action} [{bar}] {percent,3} % {done:N0}/{total:N0} {unit}"));
    }

    public void Dispose()
    {
        if (_shown && _last >= 0) Console.Error.WriteLine();
        _last = -1;
    }
}
