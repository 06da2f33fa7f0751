// SPDX-License-Identifier: MIT
// Runs a C compiler, and reports its messages if it fails.
using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;

namespace Wamr.Nano.Xip.Build;

internal static class Tool
{
    /// <summary>Runs a program to its end, with nothing to read.</summary>
    /// <returns>What it printed.</returns>
    /// <exception cref="CompileException">It is not installed, or fails.</exception>
    internal static async Task<string> Run(string program, IEnumerable<string> arguments, string folder, string howToInstall)
    {
        ProcessStartInfo start = new(program) { WorkingDirectory = folder };
        (start.RedirectStandardInput, start.RedirectStandardError, start.RedirectStandardOutput) = (true, true, true);
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        using Process process = Start(start, howToInstall);
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().ConfigureAwait(false);
        string printed = await output.ConfigureAwait(false), text = await errors.ConfigureAwait(false) + printed;
        if (process.ExitCode == 0) return printed;
        string first = string.Join('\n', text.Split('\n').Where(IsComplaint).Take(8));
        throw new CompileException($"{program} failed: {(first.Length != 0 ? first : text.Trim())}");
    }

    private static bool IsComplaint(string line) =>
        ((string[])["error:", "undefined", "multiple definition", "overflow"])
            .Any(word => line.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static Process Start(ProcessStartInfo start, string howToInstall)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new CompileException($"'{start.FileName}' was not found: {howToInstall}", e);
        }
    }
}
