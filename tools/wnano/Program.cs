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
        RootCommand root = Commands();
        // Who asks for nothing wants to know what there is.
        ParseResult parsed = root.Parse(args.Length == 0 ? ["--help"] : args);
        Failures.ReportAsAsked(parsed);
        if (parsed.Errors.Count != 0 && parsed.Action is not HelpAction)
            return Failures.Report(new UsageException(string.Join("; ", parsed.Errors.Select(error => string.Join(' ', error.Message.TrimEnd('.').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))))));
        return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }

    /// <summary>In the order in which one comes to need them.</summary>
    internal static RootCommand Commands() => new("Wamr.Nano, a WebAssembly micro runtime for microcontrollers: make, measure, run, flash and watch apps.")
    {
        DemoCommand.Create(), DoctorCommand.Create(), NewCommand.Create(),
        RunCommand.Create(), CheckCommand.Create(), DumpCommand.Create(),
        FitCommand.Create(), EstimateCommand.Create(), SizeCommand.Create(), TrimCommand.Create(), CompileCommand.Create(),
        BoardsCommand.Create(), BuildCommand.Create(), BudgetCommand.Create(), FlashCommand.Create(),
        PortsCommand.Create(), PsCommand.Create(), InstallCommand.Create(), RmCommand.Create(), MemCommand.Create(), MonitorCommand.Create(),
    };

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
