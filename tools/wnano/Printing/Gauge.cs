// SPDX-License-Identifier: MIT
// One line that shows how full a memory is: RAM: [=====     ]  51.3% (used 1050 bytes from 2048 bytes)
using System;
using System.Globalization;

namespace Wamr.Nano.Tool.Printing;

internal static class Gauge
{
    private const int Width = 10;

    /// <param name="name">The memory.</param>
    /// <param name="used">Bytes in use; may be more than there are.</param>
    /// <param name="total">Bytes there are.</param>
    internal static string Line(string name, ulong used, ulong total)
    {
        int full = total == 0 ? 0 : (int)Math.Min(Width, (used * Width + total / 2) / total);
        string bar = new string('=', full).PadRight(Width);
        string line =
            string.Create(CultureInfo.InvariantCulture,
                $"{name}: [{bar}] {Percent(used, total),5:F1}% (used {used} bytes from {total} bytes)");
        return used > total ? line + " Overflow!" : line;
    }

    internal static double Percent(ulong used, ulong total) => total == 0 ? 0 : used * 100.0 / total;
}
