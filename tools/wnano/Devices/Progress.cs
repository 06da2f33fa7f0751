// SPDX-License-Identifier: MIT
// A bar that grows in its line; nothing where the error stream is no console.
using System;
using System.Globalization;

namespace Wamr.Nano.Tool.Devices;

internal sealed class Progress(string action, long total, string unit = "B") : IDisposable
{
    private const int MostBar = 30, LeastBar = 4;

    private readonly bool _shown = !Console.IsErrorRedirected;
    private int _last = -1;

    internal void Report(int done) => Report((long)done);

    internal void Report(long done)
    {
        int percent = total == 0 ? 100 : (int)(done * 100 / total);
        if (!_shown || percent == _last) return;
        _last = percent;
        Console.Error.Write("\r"
            + Line(action, percent, string.Create(CultureInfo.InvariantCulture, $"{done:N0}/{total:N0} {unit}"), Console.WindowWidth - 1));
    }

    /// <summary>One line: a narrow console gets a shorter bar, then none, then no numbers but the percentage.</summary>
    internal static string Line(string action, int percent, string counts, int width)
    {
        string share = string.Create(CultureInfo.InvariantCulture, $"{percent,3} %"), words = $"{action} {share} {counts}";
        int room = Math.Min(MostBar, width - words.Length - "[] ".Length);
        if (room >= LeastBar) return $"{action} [{new string('=', percent * room / 100).PadRight(room)}] {share} {counts}";
        return words.Length <= width ? words : $"{action} {share}";
    }

    public void Dispose()
    {
        if (_shown && _last >= 0) Console.Error.WriteLine();
        _last = -1;
    }
}
