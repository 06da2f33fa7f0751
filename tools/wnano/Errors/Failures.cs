// SPDX-License-Identifier: MIT
// How a command fails: a message with its number on the error stream, an exit code, and with --json an object that says the same.
using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using Wamr.Nano.Tool.Build;
using Wamr.Nano.Tool.Devices;
using Wamr.Nano.Tool.Printing;
using Wamr.Nano.Xip;

namespace Wamr.Nano.Tool.Errors;

internal static class Failures
{
    /// <summary>Environment variable that adds the stack to the report of a bug of this program.</summary>
    private const string Trace = "WNANO_TRACE";

    /// <summary>Whether the command line has --json, so that failures are also reported as JSON.</summary>
    private static bool s_json;

    /// <summary>The command as the user types it: <c>run</c>, <c>new board</c>, and a space; empty if none was named.</summary>
    private static string s_command = "";

    /// <summary>Notes the command that is about to run, and looks for --json among its options.</summary>
    internal static void ReportAsAsked(ParseResult parsed)
    {
        s_json = parsed.CommandResult.Command.Options.FirstOrDefault(option => option.Name == "--json") is Option<bool> json
            && parsed.GetValue(json);
        s_command = "";
        for (CommandResult? at = parsed.CommandResult; at is { Command: not RootCommand }; at = at.Parent as CommandResult)
            s_command = $"{at.Command.Name} {s_command}";
    }

    /// <summary>Whether an exception is meant for the user, and not caused by a bug of this program.</summary>
    private static bool IsOne(Exception e) =>
        e is WasmException or UsageException or ToolException or CompileException or IOException or InvalidDataException
        or UnauthorizedAccessException;

    /// <summary>Reports an exception.</summary>
    /// <returns>The exit code.</returns>
    internal static int Report(Exception e)
    {
        int exitCode = e is UsageException ? Program.WrongUsage : Program.Error;
        Print(e);
        if (s_json) Output.Json(new JsonObject { ["exitCode"] = exitCode, ["error"] = Json(e) });
        return exitCode;
    }

    /// <summary>Prints an exception on the error stream.</summary>
    internal static void Print(Exception e)
    {
        Console.Error.WriteLine(Message(e));
        if (!IsOne(e) && Environment.GetEnvironmentVariable(Trace) == "1") Console.Error.WriteLine(e);
        if (e is not WasmException trap) return;
        foreach (string line in trap.CallStackLines) Console.Error.WriteLine("   " + line);
    }

    internal static JsonObject Json(Exception e)
    {
        string message = Message(e);
        JsonObject json = new() { ["code"] = message.Split(' ')[0], ["message"] = message };
        if (e is not WasmException w) return json;
        json["offset"] = w.Offset;
        json["index"] = w.Index;
        json["callStack"] = new JsonArray([.. w.CallStack.Select(frame =>
            (JsonNode)new JsonObject
            {
                ["function"] = frame.FunctionIndex,
                ["name"] = frame.FunctionName,
                ["readable"] = frame.ReadableName,
                ["offset"] = Known(frame.Offset),
            })]);
        json["callStackLeftOut"] = w.CallStackLeftOut;
        json["callStackGap"] = w.CallStackGap;
        return json;
    }

    /// <summary>An offset; null if it is unknown.</summary>
    private static uint? Known(uint offset) => offset == ErrorInfo.Unknown ? null : offset;

    /// <summary>Begins with the number.</summary>
    private static string Message(Exception e) => e switch
    {
        WasmException w => w.ToolMessage,
        ToolException or DeviceException => e.Message,
        UsageException =>
            ToolException.Text(ToolError.WrongUsage, e.Message).Replace(ToolException.AnyCommand, s_command, StringComparison.Ordinal),
        CompileException => ToolException.Text(ToolError.NotCompilable, e.Message),
        MissingProgramException => ToolException.Text(ToolError.ToolsMissing, e.Message),
        ProgramFailedException => ToolException.Text(ToolError.ProgramFailed, e.Message),
        _ when IsOne(e) => ToolException.Text(ToolError.FileRefused, Cause(e)),
        _ => ToolException.Text(ToolError.OwnFault, $"this is a fault of wnano: {e.GetType().Name}, {e.Message}"),
    };

    /// <summary>
    /// Of a file that was to be written, mostly: the library's words hold its name between quotes, as the only thing between quotes.
    /// </summary>
    private static string Cause(Exception e) => (e, e.Message.Split('\'')) switch
    {
        (DirectoryNotFoundException, [_, string name, ..]) => $"the folder of {name} does not exist",
        (UnauthorizedAccessException, [_, string name, ..]) =>
            Directory.Exists(name) ? $"{name} is a folder, not a file" : $"{name} may not be written by you",
        (FileNotFoundException, [_, string name, ..]) => $"there is no file {name}",
        _ => e.Message.TrimEnd('.'),
    };
}
