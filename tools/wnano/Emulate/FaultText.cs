// SPDX-License-Identifier: MIT
// A processor fault in words: its registers, and the C# line that the debug information has for the program counter.
using System;
using System.Globalization;
using System.Linq;
using Wamr.Nano.Tool.Build;

namespace Wamr.Nano.Tool.Emulate;

internal static class FaultText
{
    /// <param name="report">Registers as the firmware prints them: <c>pc=0x80001234 lr=...</c>.</param>
    /// <param name="build">Whose compiler names the other tools.</param>
    /// <param name="elf">The firmware.</param>
    internal static string Explain(string report, FirmwareBuild build, string elf) => Explain(report, build.Compiler, elf);

    /// <summary>The same, for a firmware that was built before.</summary>
    internal static string Explain(string report, string compiler, string elf)
    {
        string[] fields = report.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string text = $"the processor stopped with a fault: {string.Join(' ', fields)}";
        foreach (string name in new[] { "pc", "lr", "ra", "a0" })
        {
            string? value = fields.Where(field => field.StartsWith(name + "=0x", StringComparison.Ordinal))
                .Select(field => field[(name.Length + 3)..]).FirstOrDefault();
            if (value != null
                && Line(uint.Parse(value, NumberStyles.HexNumber, CultureInfo.InvariantCulture), compiler, elf) is string line)
                text += $"{Environment.NewLine}   {name}: {line}";
        }
        return text;
    }

    /// <summary>Function and source line of an address; null if the debug information has none, or no tool is there to read it.</summary>
    private static string? Line(uint address, string compiler, string elf)
    {
        const string suffix = "gcc";
        if (!compiler.EndsWith(suffix, StringComparison.Ordinal)) return null;
        if (ExternalProgram.Locate(compiler[..^suffix.Length] + "addr2line") is not string tool) return null;
        string[] lines = ExternalProgram.Run(tool, ["-f", "-e", elf, address.ToString("x", CultureInfo.InvariantCulture)]).Split('\n');
        return lines[0] == "??" ? null : $"{lines[0]} ({lines[1].Trim()})";
    }
}
