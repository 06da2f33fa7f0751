// SPDX-License-Identifier: MIT
// Compilers, emulators and other programs that are not ours: found on the path, run, and named with their package where they are missing.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using Wamr.Nano.Tool.Boards;

namespace Wamr.Nano.Tool.Build;

/// <summary>Programs are not installed; the message says how to get them.</summary>
internal sealed class MissingProgramException(IReadOnlyList<BoardTool> missing) : IOException(Text(missing))
{
    private static string Text(IReadOnlyList<BoardTool> missing)
    {
        string programs = string.Join(" and ", missing.Select(tool => tool.Program).Distinct());
        string ways = Doctor.Requirement.HowTo([.. missing.Select(tool => tool.Package).Distinct()]);
        return $"{programs} {(programs.Contains(' ', StringComparison.Ordinal) ? "are" : "is")} "
            + $"not installed, {ways} installs what is missing";
    }
}

/// <summary>A program failed; the message ends with what it had to say.</summary>
internal sealed class ProgramFailedException(string message) : IOException(message);

internal static class ExternalProgram
{
    /// <summary>Full name of a program on the path; null if it is not installed.</summary>
    internal static string? Locate(string program) => LocateAll(program).FirstOrDefault();

    /// <summary>Full names of all programs of that name on the path, in its order.</summary>
    internal static IEnumerable<string> LocateAll(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, program))
        .SelectMany(file => OperatingSystem.IsWindows() ? [file + ".exe"] : new[] { file })
        .Where(File.Exists);

    /// <exception cref="MissingProgramException"/>
    internal static string Require(string program, string package) =>
        Locate(program) ?? throw new MissingProgramException([new(program, package, [])]);

    /// <summary>Runs a program to its end.</summary>
    /// <returns>What it wrote to its output.</returns>
    /// <exception cref="ProgramFailedException">It ended with another exit code than 0.</exception>
    internal static string Run(string program, IEnumerable<string> arguments, string? folder = null)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = folder ?? "",
        };
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode == 0) return output;
        string words = (output + error.Result).Trim();
        throw new ProgramFailedException(
            $"{Path.GetFileName(program)} failed with exit code {process.ExitCode}:{Environment.NewLine}{words}");
    }
}
