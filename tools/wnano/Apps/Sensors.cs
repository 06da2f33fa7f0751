// SPDX-License-Identifier: MIT
// The sensor readings on a PC: a seeded waveform, or the columns of a CSV file.
using System;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Wamr.Nano.Tool.Apps;

internal static class Sensors
{
    private const double FullTurn = 2 * Math.PI;

    /// <summary>Middle, swing and noise of each simulated channel, milli-units: temperature, humidity, supply voltage.</summary>
    private static readonly (double Middle, double Swing, double Noise)[] Channels =
        [(24_000, 5_000, 400), (52_000, 9_000, 900), (3_300, 120, 30)];

    /// <summary>A slow wave with noise for each channel: the same seed gives the same readings.</summary>
    internal static Func<uint, int> Waveform(int seed)
    {
        const int period = 24;
        uint[] readings = new uint[Channels.Length];
        uint state = (uint)seed * 2654435761u | 1;
        return channel =>
        {
            if (channel >= Channels.Length) return 0;
            (double middle, double swing, double noise) = Channels[channel];
            double angle = FullTurn * (readings[channel]++ + 4 * channel) / period;
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            double random = state / (double)uint.MaxValue * 2 - 1;
            return (int)Math.Round(middle + swing * Math.Sin(angle) + noise * random);
        };
    }

    /// <summary>
    /// Reads the columns of a file as channels 0, 1 ...: one row a reading, from the top again after the last. Values are in units, a
    /// first row that holds no numbers is a heading.
    /// </summary>
    /// <exception cref="UsageException">A cell is no number, or there is no row.</exception>
    internal static Func<uint, int> Csv(string file)
    {
        string[][] rows =
            [.. Encoding.UTF8.GetString(Host.Read(new(file))).Split('\n').Where(line => line.Trim().Length != 0)
                .Select(line => line.Split([',', ';', '\t']))];
        int skip = rows.Length != 0 && rows[0].All(cell => !TryParse(cell, out _)) ? 1 : 0;
        int[][] values = [.. rows.Skip(skip).Select((row, i) => row.Select(cell => Milli(cell, file, i + skip + 1)).ToArray())];
        if (values.Length == 0) throw new UsageException($"{file} has no row of numbers");
        uint[] next = new uint[values.Max(row => row.Length)];
        return channel =>
        {
            if (channel >= next.Length) return 0;
            int[] row = values[next[channel]++ % values.Length];
            return channel < row.Length ? row[channel] : 0;
        };
    }

    private static int Milli(string cell, string file, int line) => TryParse(cell, out double value)
        ? (int)Math.Clamp(Math.Round(value * 1000), int.MinValue, int.MaxValue)
        : throw new UsageException($"{file}, line {line}: '{cell}' is not a number");

    private static bool TryParse(string cell, out double value) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
}
