// SPDX-License-Identifier: MIT
// wnano: the command line. Exit codes: the app's own for run, otherwise 0 success, 1 error, 2 wrong usage.
using System;
using System.CommandLine;
using System.CommandLine.Help;
using System.IO;
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
            BoardsCommand.Create(), BuildCommand.Create(),
            FitCommand.Create(), EstimateCommand.Create(), PortsCommand.Create(), PsCommand.Create(), InstallCommand.Create(), RmCommand.Create(),
            MemCommand.Create(), FlashCommand.Create(), MonitorCommand.Create(),
        };
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count != 0 && parsed.Action is not HelpAction)
        {
            foreach (var error in parsed.Errors) Console.Error.WriteLine($"wnano: {error.Message}");
            Console.Error.WriteLine("wnano: 'wnano --help' and 'wnano <command> --help' show what there is");
            return WrongUsage;
        }
        return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }

    /// <summary>Runs a command; what it throws for the user's sake is printed on the error stream.</summary>
    internal static int Guard(Func<int> command)
    {
        try
        {
            return command();
        }
        catch (WasmException e)
        {
            Console.Error.WriteLine(e.Message);
            foreach (WasmFrame frame in e.CallStack) Console.Error.WriteLine("   " + frame);
            return Error;
        }
        catch (UsageException e)
        {
            Console.Error.WriteLine($"wnano: {e.Message}");
            return WrongUsage;
        }
        catch (ToolException e)
        {
            Console.Error.WriteLine(e.Message);
            return Error;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"wnano: {e.Message}");
            return Error;
        }
    }
}

/// <summary>The command line asks for something that does not make sense.</summary>
internal sealed class UsageException(string message) : Exception(message);
