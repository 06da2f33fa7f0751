// SPDX-License-Identifier: MIT
// What a device prints, line by line: times in front, reports of traps and faults in words (docs/CONSOLE.md, "Reports of the device").
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace Wamr.Nano.Tool.Devices;

/// <param name="write">Gets each line that is complete.</param>
/// <param name="stamp">Makes the stamp before a line, from the time of its first byte.</param>
/// <param name="functionName">Name of a function of the app; null if it is not known.</param>
/// <param name="explainFault">A processor's registers in words.</param>
internal sealed partial class MonitorText(Action<string> write, Func<string> stamp, Func<uint, string?> functionName,
    Func<string, string> explainFault)
{
    private const byte Separator = 0x1E;
    private const string Mark = "wn:";

    private readonly List<byte> _line = [];
    private string _stamp = "";

    internal void Take(ReadOnlySpan<byte> bytes)
    {
        foreach (byte b in bytes)
        {
            if (b is (byte)'\n' or Separator) End();
            if (b is (byte)'\n' or (byte)'\r') continue;
            if (_line.Count == 0) _stamp = stamp();
            _line.Add(b);
        }
    }

    /// <summary>Shows an incomplete line: a prompt, or the last text before a disconnection.</summary>
    internal void End()
    {
        if (_line.Count == 0) return;
        bool report = _line[0] == Separator;
        string text = Harmless(Encoding.UTF8.GetString(_line.ToArray(), report ? 1 : 0, _line.Count - (report ? 1 : 0)));
        _line.Clear();
        if (report && text.StartsWith(Mark, StringComparison.Ordinal)) text = Explain(text[Mark.Length..]);
        foreach (string line in text.Split('\n')) write(_stamp + line.TrimEnd('\r'));
    }

    /// <summary>Control characters could do anything to the terminal; tabs and colours may stay.</summary>
    private static string Harmless(string text)
    {
        StringBuilder shown = new(text.Length);
        for (int at = 0; at < text.Length;)
        {
            Match colour = Colour().Match(text, at);
            if (colour.Success && colour.Index == at)
            {
                shown.Append(colour.Value);
                at += colour.Length;
                continue;
            }
            _ = Rune.TryGetRuneAt(text, at, out Rune rune);
            shown.Append(rune.Value == '\t' || Printable.IsHarmless(rune) ? text.AsSpan(at, rune.Utf16SequenceLength) : ".");
            at += rune.Utf16SequenceLength;
        }
        return shown.ToString();
    }

    /// <summary>An escape sequence that sets colours and weight of text, and nothing else.</summary>
    [GeneratedRegex(@"\e\[[0-9;]*m")]
    private static partial Regex Colour();

    private string Explain(string report)
    {
        string[] words = report.Split(' ', 2);
        string rest = words.Length > 1 ? words[1] : "";
        return words[0] switch
        {
            "trap" or "error" => "** " + Error(rest),
            "at" => "**    " + Frame(rest),
            "more" when uint.TryParse(rest.Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture, out uint count) =>
                "**    " + CallStackText.Between(count),
            "fault" => "** " + explainFault(rest),
            "start" => "-- app starts: " + rest,
            "end" =>
                rest == "0" ? "-- app has ended"
                : "-- app has ended: " + (Number(rest, "code") is uint code ? $"exit code {(int)code}" : Error(rest)),
            _ => "-- " + report,
        };
    }

    private static string Error(string report)
    {
        if (!ushort.TryParse(report.Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture, out ushort code)) return report;
        ErrorInfo info = new()
        {
            Offset = Number(report, "offset") ?? ErrorInfo.Unknown, Index = Number(report, "index") ?? ErrorInfo.Unknown,
            Asked = Number(report, "asked") ?? 0, Free = Number(report, "free") ?? 0, Largest = Number(report, "largest") ?? 0,
        };
        return ErrorTexts.Message((WasmError)code, info, Reader.Tool);
    }

    private string Frame(string report)
    {
        uint function = Number(report, "function") ?? 0;
        return new WasmFrame(function, functionName(function), Number(report, "offset") ?? ErrorInfo.Unknown).ToString();
    }

    /// <summary>The number of <c>name=number</c>; null if noise has left none.</summary>
    private static uint? Number(string report, string name) => report.Split(' ')
        .Where(field => field.StartsWith(name + "=", StringComparison.Ordinal))
        .Select(field =>
            uint.TryParse(field.AsSpan(name.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out uint value) ? (uint?)value
            : null)
        .FirstOrDefault();
}
