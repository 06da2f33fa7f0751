// SPDX-License-Identifier: MIT
// A board behind one of the tools: runs it, shows its progress, and puts its failures into our words.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Wamr.Nano.Tool.Devices;

namespace Wamr.Nano.Tool.Flash;

/// <param name="tool">Its row.</param>
/// <param name="options">The board's own arguments.</param>
/// <param name="chip">Pattern of the chips the board has; null for any.</param>
/// <param name="origin">Address of the first byte of flash.</param>
/// <param name="port">The serial port, for tools that need one.</param>
/// <param name="locate">Finds a program; null if it is not installed.</param>
internal sealed class ToolDriver(FlashTool tool, IReadOnlyList<string> options, string? chip, uint origin, string? port,
    Func<string, string?> locate)
    : IFlashDriver
{
    public string Name => tool.Program;

    public string Probe()
    {
        (int code, string words) = RunTool(Locate(tool.Probe[0]), Fill(tool.Probe[1..], "", 0, 0), null);
        Match found = Regex.Match(words, tool.Chip);
        if (!found.Success || Regex.IsMatch(words, tool.NoBoard))
            throw new DeviceException(DeviceError.NoBoard, $"{Last(words, code)}{Environment.NewLine}{tool.Program} finds no board");
        string there = found.Groups.Values.Skip(1).First(group => group.Success).Value;
        if (chip != null && !Regex.IsMatch(there, chip))
            throw new DeviceException(DeviceError.WrongChip, $"the connected chip is {there}, and the board's is {chip}");
        return there;
    }

    public byte[] Read(uint offset, int size)
    {
        string file = TemporaryName();
        try
        {
            Demand(RunTool(Locate(tool.Program), Fill(tool.Read, file, offset, size), null), "read");
            byte[] bytes = File.Exists(file) ? File.ReadAllBytes(file) : [];
            if (bytes.Length != size)
                throw new DeviceException(DeviceError.DriverFailed,
                    string.Create(CultureInfo.InvariantCulture, $"{tool.Program} read {bytes.Length:N0} B instead of {size:N0} B"));
            return bytes;
        }
        finally
        {
            File.Delete(file);
        }
    }

    public void Write(uint offset, byte[] bytes, Action<long> progress)
    {
        string file = TemporaryName();
        File.WriteAllBytes(file, bytes);
        try
        {
            int percent = 0;
            (int, string) result = RunTool(Locate(tool.Program), Fill(tool.Write, file, offset, bytes.Length), now =>
            {
                percent = now;
                progress((long)bytes.Length * now / 100);
            });
            Demand(result, string.Create(CultureInfo.InvariantCulture, $"write (it came to {percent} %)"));
            progress(bytes.Length);
        }
        finally
        {
            File.Delete(file);
        }
    }

    public void Start()
    {
        if (tool.Start != null)
            Demand(RunTool(Locate(tool.Program), Fill(tool.Start, "", 0, 0), null),
                "start what was written; press the board's reset button");
    }

    /// <summary>Tools want the name to end in .bin, and some that there is no such file yet.</summary>
    private static string TemporaryName() => Path.Combine(Path.GetTempPath(), $"wnano-{Guid.NewGuid():N}.bin");

    private string Locate(string program) => locate(program)
        ?? throw new DeviceException(DeviceError.DriverMissing,
            $"{program} is not installed ({Doctor.Requirement.HowTo(tool.Package)} installs it)");

    private void Demand((int Code, string Words) result, string action)
    {
        if (result.Code == 0) return;
        DeviceError error = Regex.IsMatch(result.Words, tool.NoBoard) ? DeviceError.NoBoard : DeviceError.DriverFailed;
        throw new DeviceException(error, $"{Last(result.Words, result.Code)}{Environment.NewLine}{tool.Program} could not {action}");
    }

    /// <summary>The last lines of a tool's output, which say what is wrong.</summary>
    private static string Last(string words, int code)
    {
        const int lines = 6;
        string[] all = words.Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return all.Length == 0 ? $"exit code {code}" : string.Join(Environment.NewLine, all[^Math.Min(lines, all.Length)..]);
    }

    private List<string> Fill(IEnumerable<string> arguments, string file, uint offset, int size)
    {
        List<string> filled = [];
        foreach (string argument in arguments)
        {
            if (argument == "{options}") filled.AddRange(options);
            else filled.Add(argument
                .Replace("{file}", file, StringComparison.Ordinal).Replace("{port}", port ?? "", StringComparison.Ordinal)
                .Replace("{address}", Hex(origin + offset), StringComparison.Ordinal)
                .Replace("{end}", Hex(origin + offset + (uint)size), StringComparison.Ordinal)
                .Replace("{offset}", Hex(offset), StringComparison.Ordinal)
                .Replace("{size}", size.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        }
        return filled;
    }

    private static string Hex(uint value) => string.Create(CultureInfo.InvariantCulture, $"0x{value:x8}");

    private (int Code, string Words) RunTool(string program, List<string> arguments, Action<int>? progress)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        StringBuilder words = new();
        Task[] readers =
            [.. new[] { process.StandardOutput, process.StandardError }.Select(stream => Task.Run(() => Follow(stream, words, progress)))];
        process.WaitForExit();
        Task.WaitAll(readers);
        return (process.ExitCode, words.ToString());
    }

    /// <summary>Progress is rewritten in its line, hence not line by line.</summary>
    private void Follow(StreamReader stream, StringBuilder words, Action<int>? progress)
    {
        char[] buffer = new char[256];
        string tail = "";
        for (int size; (size = stream.Read(buffer)) > 0;)
        {
            lock (words) words.Append(buffer, 0, size);
            if (progress == null || tool.Progress == null) continue;
            tail += new string(buffer, 0, size);
            int end = 0;
            foreach (Match match in Regex.Matches(tail, tool.Progress))
            {
                end = match.Index + match.Length;
                if (Percent(match) is not int percent) continue;
                lock (words) progress(percent);
            }
            tail = tail[end..];
            tail = tail[^Math.Min(tail.Length, 80)..];
        }
    }

    private static int? Percent(Match match)
    {
        if (!int.TryParse(match.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int done)) return null;
        bool hasTotal = int.TryParse(match.Groups[2].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int total) && total != 0;
        return Math.Min(100, hasTotal ? done * 100 / total : done);
    }
}
