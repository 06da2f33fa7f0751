// SPDX-License-Identifier: MIT
// wnano: the command line. Exit codes: the app's own for run, otherwise 0 success, 1 error, 2 wrong usage.
using System;
using System.CommandLine;
using System.CommandLine.Help;
using System.Linq;
using Wamr.Nano.Tool.Commands;

namespace Wamr.Nano.Tool;

internal static class Program
{
    internal const int Error = 1, WrongUsage = 2;

    internal static int Main(string[] args)
    {
        RootCommand root = new("WebAssembly micro runtime for microcontrollers: run, check and measure modules on this machine.")
        {
            RunCommand.Create(), CheckCommand.Create(), DumpCommand.Create(), SizeCommand.Create(), DemoCommand.Create(),
            FitCommand.Create(), EstimateCommand.Create(), TrimCommand.Create(), DoctorCommand.Create(), NewCommand.Create(),
            BoardsCommand.Create(), BuildCommand.Create(), BudgetCommand.Create(),
            PortsCommand.Create(), PsCommand.Create(), InstallCommand.Create(), RmCommand.Create(),
            MemCommand.Create(), CompileCommand.Create(), FlashCommand.Create(), MonitorCommand.Create(),
        };
        ParseResult parsed = root.Parse(args);
        Failures.Expect(parsed);
        if (parsed.Errors.Count != 0 && parsed.Action is not HelpAction)
            return Failures.Report(new UsageException(string.Join("; ", parsed.Errors.Select(error => error.Message.TrimEnd('.')))));
        return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }

    /// <summary>Runs a command; what it throws for the user's sake is told.</summary>
    internal static int Guard(Func<int> command)
    {
        try
        {
            return command();
        }
        catch (Exception e) when (Failures.IsOne(e))
        {
            return Failures.Report(e);
        }
    }
}

/// <summary>The command line asks for something that does not make sense.</summary>
internal sealed class UsageException(string message) : Exception(message);
