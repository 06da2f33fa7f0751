// SPDX-License-Identifier: MIT
// wnano: the command line. Exit codes: the app's own for run, otherwise 0 success, 1 error, 2 wrong usage.
using System;
using System.Collections.Generic;
using System.CommandLine;
using Wamr.Nano.Tool.Commands;
using Wamr.Nano.Tool.Errors;
using Wamr.Nano.Tool.Usage;

namespace Wamr.Nano.Tool;

internal static class Program
{
    internal const int Error = 1, WrongUsage = 2;

    internal static int Main(string[] args)
    {
        ParseResult parsed = Parse(args);
        Failures.ReportAsAsked(parsed);
        IReadOnlyList<string> mistakes = UsageText.Mistakes(parsed);
        if (mistakes.Count != 0) return Failures.Report(new UsageException(string.Join("; ", mistakes)));
        return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }

    /// <summary>Parses a command line. A word that begins with @ is an ordinary word, and not the name of a response file.</summary>
    internal static ParseResult Parse(string[] args) =>
        Commands().Parse(Asked(args), new ParserConfiguration { ResponseFileTokenReplacer = null });

    /// <summary>Without arguments, shows the help; <c>help run</c> means <c>run --help</c>.</summary>
    private static string[] Asked(string[] args) =>
        args is [] ? ["--help"] : args is ["help", .. string[] command] ? [.. command, "--help"] : args;

    /// <summary>The commands, in the order in which one comes to need them.</summary>
    internal static RootCommand Commands()
    {
        RootCommand root = All();
        HelpWithExamples.AddTo(root);
        return root;
    }

    private static RootCommand All() =>
        new(
            "Wamr.Nano, a WebAssembly micro runtime for microcontrollers: make, measure, run, flash and "
            + "watch apps. 'wnano help run' explains a command.")
    {
        DemoCommand.Create(), DoctorCommand.Create(), NewCommand.Create(),
        RunCommand.Create(), CheckCommand.Create(), DumpCommand.Create(),
        FitCommand.Create(), EstimateCommand.Create(), SizeCommand.Create(), TrimCommand.Create(), CompileCommand.Create(),
        KeygenCommand.Create(), SignCommand.Create(), VerifyCommand.Create(),
        BoardsCommand.Create(), BuildCommand.Create(), EmbedCommand.Create(), BudgetCommand.Create(), FlashCommand.Create(),
        PortsCommand.Create(), PsCommand.Create(), InstallCommand.Create(), RmCommand.Create(), MemCommand.Create(),
        MonitorCommand.Create(),
    };

    /// <summary>Runs a command. Reports every exception: an error that is meant for the user, or a bug of this program.</summary>
    internal static int Guard(Func<int> command)
    {
        try
        {
            return command();
        }
        catch (Exception e)
        {
            return Failures.Report(e);
        }
    }
}

/// <summary>The command line asks for something that does not make sense.</summary>
internal sealed class UsageException(string message) : Exception(message);
