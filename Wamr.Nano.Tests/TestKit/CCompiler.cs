// SPDX-License-Identifier: MIT
// The C compilers of this machine and running what they make. gcc must be there; others are used where they are found.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using Xunit;

namespace Wamr.Nano.Tests.TestKit;

internal static class CCompiler
{
    internal const string Flags = "-std=gnu11 -Wall -Wextra -Werror -ffp-contract=off -fno-strict-aliasing -fno-math-errno";

    internal static bool IsThere(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, program)));

    /// <summary>gcc, and clang where there is one.</summary>
    internal static IEnumerable<string> Hosted => IsThere("clang") ? ["gcc", "clang"] : ["gcc"];

    internal static void Compile(string compiler, string folder, string arguments)
    {
        if (!IsThere(compiler)) throw new InvalidOperationException(
            $"{compiler} is missing: install it (Debian: apt-get install {compiler}) to run the iltoc tests");
        var (code, output) = Run(compiler, arguments, folder);
        if (code != 0)
            throw new InvalidOperationException($"{compiler} {arguments}{Environment.NewLine}{output[..Math.Min(output.Length, 4000)]}");
    }

    /// <summary>Exit code and everything printed.</summary>
    internal static (int Code, string Output) Run(string program, string arguments, string folder)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }
}

/// <summary>A test that needs gcc.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class GccFactAttribute : FactAttribute
{
    public GccFactAttribute()
    {
        if (!CCompiler.IsThere("gcc")) Skip = "gcc is missing: install it (Debian: apt-get install gcc) to test the core as C";
    }
}
