// SPDX-License-Identifier: MIT
// Checks what is installed, and says how to install what is missing.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using Wamr.Nano.Tool.Build;

namespace Wamr.Nano.Tool.Doctor;

/// <param name="locate">Finds the full names of a program, first the one that is run; none if it is not installed.</param>
/// <param name="ask">Gets the first line that a program prints for some arguments; null if it prints nothing.</param>
/// <param name="exists">Whether a file or folder is there.</param>
internal sealed class Examination(Func<string, IEnumerable<string>> locate, Func<string, string, string?> ask, Func<string, bool> exists)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Of this machine.</summary>
    internal static Examination Here => new(ExternalProgram.LocateAll, Ask, Path.Exists);

    internal IReadOnlyList<Finding> Examine(IReadOnlyList<Requirement> requirements) =>
        [.. requirements.Select(one => one.FileQuestion != null ? OfFile(one) : new Finding(one, Find(one)))];

    /// <summary>Commands that install what is missing: one for all Debian packages, then the others, then pages to read.</summary>
    internal static IReadOnlyList<string> Commands(IEnumerable<Finding> findings)
    {
        Requirement[] missing = [.. findings.Where(finding => finding.Found == null).Select(finding => finding.Requirement)];
        string[] packages =
            [.. missing.Where(one => one.Installer == Installer.Apt).Select(one => one.Source).Distinct().Order(StringComparer.Ordinal)];
        return [.. packages.Length == 0 ? [] : new[] { $"sudo apt install {string.Join(' ', packages)}" },
            .. missing.Where(one => one.Installer == Installer.Command).Select(one => one.Source),
            .. missing.Where(one => one.Installer == Installer.Page).Select(one => $"# {one.Name}: {one.Source}")];
    }

    private string? Find(Requirement one)
    {
        if (one.File != null) return exists(one.File) ? one.File : null;
        if (locate(one.Program).FirstOrDefault() is not string program) return null;
        // Each program has its own option for its version.
        string found = ask(program, one.Program is "zig" or "tinygo" ? "version" : "--version") ?? program;
        return one.AtLeast == 0 || int.TryParse(found.Split('.')[0], out int major) && major >= one.AtLeast ? found : null;
    }

    /// <summary>If a program is installed twice, the second one may have what the first one, which is run, lacks.</summary>
    private Finding OfFile(Requirement one)
    {
        string[] programs = [.. locate(one.Program)];
        foreach (string program in programs)
        {
            if (ask(program, one.FileQuestion!) is not string file || !exists(file)) continue;
            string? folder = Path.GetDirectoryName(program);
            return new(one, file,
                program == programs[0] ? null
                : $"{one.Name}: {program} has it, but {programs[0]} comes first and does not: use PATH={folder}:$PATH, or '{one.Source}'");
        }
        return new(one, null);
    }

    private static string? Ask(string program, string question)
    {
        ProcessStartInfo start = new(program, question.Split(' '))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        try
        {
            using Process process = Process.Start(start)!;
            process.StandardInput.Close();
            string? line = process.StandardOutput.ReadLine();
            process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(Patience)) process.Kill();
            return string.IsNullOrWhiteSpace(line) ? null : line.Trim();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
