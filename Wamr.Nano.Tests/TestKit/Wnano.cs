// SPDX-License-Identifier: MIT
// Runs the command line as a process of its own.
using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;

namespace Wamr.Nano.Tests.TestKit;

/// <summary>What a process left behind.</summary>
internal sealed record ProcessResult(int ExitCode, string Output, string Error);

internal static class Wnano
{
    /// <summary>Runs wnano as it was built with the tests.</summary>
    public static ProcessResult Run(params string[] arguments) =>
        Start("dotnet", [Path.Combine(AppContext.BaseDirectory, "wnano.dll"), .. arguments]);

    public static ProcessResult Start(string program, params string[] arguments) => Start(new ProcessStartInfo(program, arguments));

    /// <summary>Runs a program without input, and waits for its end.</summary>
    public static ProcessResult Start(ProcessStartInfo start)
    {
        // Code that runs for half a second is not worth the runtime's profile of it.
        start.Environment["DOTNET_TieredPGO"] = "0";
        (start.RedirectStandardOutput, start.RedirectStandardError, start.RedirectStandardInput) = (true, true, true);
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience.OfCommands))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException(Patience.Ended($"{start.FileName} {string.Join(' ', start.ArgumentList)}", Patience.OfCommands));
        }
        return new(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }
}
