// SPDX-License-Identifier: MIT
// One run of a firmware: emulator started, console shown, reports of the firmware taken out of it, exit code.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Build;

namespace Wamr.Nano.Tool.Emulate;

/// <summary>What a run gave: the exit code and the firmware's reports, without their mark.</summary>
internal sealed record BoardResult(int ExitCode, bool TimedOut, IReadOnlyList<string> Reports)
{
    /// <summary>The first report of a kind, such as <c>count</c>; null without one. The kind is left out.</summary>
    internal string? Report(string kind) =>
        Reports.Where(line => Kind(line) == kind).Select(line => line[kind.Length..].Trim()).FirstOrDefault();

    internal IEnumerable<string> All(string kind) => Reports.Where(line => Kind(line) == kind).Select(line => line[kind.Length..].Trim());

    /// <summary>A number of a report, such as <c>used</c> of <c>pool</c>; null without one.</summary>
    internal uint? Figure(string kind, string name) => Report(kind) is string line ? Number(line, name) : null;

    /// <summary>The same of an address, which has 64 bits on this machine; 0 without one.</summary>
    internal ulong Address(string kind, string name) => Report(kind) is string line ? Wide(line, name) ?? 0 : 0;

    /// <summary>The number of <c>name=number</c> in a report; null without one.</summary>
    internal static uint? Number(string report, string name) => (uint?)Wide(report, name);

    /// <summary>The same of a number that 32 bits may not hold.</summary>
    internal static ulong? Wide(string report, string name) => report.Split(' ')
        .Where(field => field.StartsWith(name + "=", StringComparison.Ordinal))
        .Select(field => (ulong?)ulong.Parse(field.AsSpan(name.Length + 1), CultureInfo.InvariantCulture))
        .FirstOrDefault();

    private static string Kind(string line) => line.Split(' ', 2)[0];
}

internal static class BoardRun
{
    /// <summary>Runs a firmware on its board's emulator, or as a program of this machine.</summary>
    /// <param name="board">The board.</param>
    /// <param name="elf">The linked firmware.</param>
    /// <param name="console">Receives the app's output as it arrives.</param>
    /// <param name="count">Lets one instruction take one nanosecond.</param>
    /// <param name="timeout">After it the run is ended.</param>
    /// <param name="arguments">More arguments of the emulator.</param>
    internal static BoardResult ToEnd(BoardInfo board, string elf, Stream console, bool count, TimeSpan timeout,
        IReadOnlyList<string>? arguments = null)
    {
        ProcessStartInfo start = Start(board, elf, count, arguments ?? []);
        start.RedirectStandardOutput = true;
        start.RedirectStandardInput = Console.IsInputRedirected;
        using ChildProcess child = ChildProcess.Start(start);
        Process process = child.Process;
        if (start.RedirectStandardInput) process.StandardInput.Close();
        bool timedOut = false;
        using Timer timer = new(_ => { timedOut = true; process.Kill(); }, null, timeout, Timeout.InfiniteTimeSpan);
        Demultiplexer reports = new(console);
        reports.Read(process.StandardOutput.BaseStream);
        process.WaitForExit();
        return new(process.ExitCode, timedOut, reports.Lines);
    }

    private static ProcessStartInfo Start(BoardInfo board, string elf, bool count, IReadOnlyList<string> more)
    {
        board.DemandRuns();
        if (board.Emulator is not BoardTool emulator) return new(elf);
        IEnumerable<string> arguments = emulator.Arguments.Select(argument => argument.Replace("{elf}", elf, StringComparison.Ordinal));
        return new(ExternalProgram.Require(emulator.Program, emulator.Package),
            [.. arguments, .. count ? board.CountArguments : [], .. more]);
    }

    /// <summary>Tells reports of the firmware (a record separator, wn: and a line) from everything else.</summary>
    private sealed class Demultiplexer(Stream console)
    {
        private const byte Separator = 0x1E;
        private const string Mark = "wn:";

        private readonly List<byte> _line = [];
        private bool _inReport;

        internal List<string> Lines { get; } = [];

        internal void Read(Stream input)
        {
            byte[] buffer = new byte[4096];
            for (int size; (size = input.Read(buffer)) > 0;)
            {
                foreach (byte b in buffer.AsSpan(0, size)) Take(b);
                console.Flush();
            }
        }

        private void Take(byte b)
        {
            if (b == Separator) _inReport = true;
            else if (!_inReport) console.WriteByte(b);
            else if (b == '\n') EndReport();
            else _line.Add(b);
        }

        private void EndReport()
        {
            string line = Encoding.UTF8.GetString([.. _line]).TrimEnd('\r');
            if (line.StartsWith(Mark, StringComparison.Ordinal)) Lines.Add(line[Mark.Length..]);
            _line.Clear();
            _inReport = false;
        }
    }
}
