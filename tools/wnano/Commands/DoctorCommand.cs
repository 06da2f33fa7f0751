// SPDX-License-Identifier: MIT
// wnano doctor: what is installed, what is missing, and the commands that install it.
using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using System.Text.Json.Nodes;
using Spectre.Console;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Doctor;
using Wamr.Nano.Tool.Errors;
using Wamr.Nano.Tool.Printing;
using Wamr.Nano.Tool.Usage;

namespace Wamr.Nano.Tool.Commands;

internal static class DoctorCommand
{
    internal static Command Create()
    {
        Option<string?> board = new("--board")
        {
            Description = "Check only what this board needs; fail if something is missing.",
            HelpName = "name",
        };
        Option<bool> json = Output.JsonOption();
        WnanoCommand command = new(
            "doctor", "Check what is installed, and show how to install what is missing.",
            ("wnano doctor", "all that wnano can use"),
            ("wnano doctor --board stm32f405", "what this board needs"))
        { board, json };
        command.SetAction(parsed => Program.Guard(() =>
        {
            string? name = parsed.GetValue(board);
            IReadOnlyList<Finding> findings =
                Examination.Here.Examine(name == null ? Requirement.All(AllBoards()) : OfBoard(SourceTree.Find().Board(name)));
            int missing = findings.Count(finding => finding.Found == null);
            ToolException? error = name != null && missing != 0
                ? new(ToolError.ToolsMissing,
                    $"{missing} of the {findings.Count} programs that {name} needs {(missing == 1 ? "is" : "are")} missing")
                : null;
            if (parsed.GetValue(json)) Output.Json(Json(findings, error));
            else Print(findings);
            if (error == null) return 0;
            Failures.Print(error);
            return Program.Error;
        }));
        return command;
    }

    /// <summary>Without the sources, no boards are known, so their requirements are not checked.</summary>
    private static IReadOnlyList<BoardInfo> AllBoards()
    {
        try
        {
            return SourceTree.Find().AllBoards();
        }
        catch (UsageException)
        {
            return [];
        }
    }

    private static IReadOnlyList<Requirement> OfBoard(BoardInfo board)
    {
        HashSet<string?> programs = ["dotnet", board.Compiler.Program, board.Emulator?.Program, board.Flasher?.Program];
        return [.. Requirement.All([board]).Where(one => programs.Contains(one.Program))];
    }

    private static void Print(IReadOnlyList<Finding> findings)
    {
        Table table = new Table { Border = TableBorder.Simple }.AddColumn("").AddColumn("what").AddColumn("found").AddColumn("for");
        foreach (IGrouping<string, Finding> group in findings.GroupBy(finding => finding.Requirement.Group))
        {
            table.AddRow("", $"[bold]{group.Key}[/]", "", "");
            foreach (Finding finding in group)
                table.AddRow(finding.Found == null ? "-" : "ok", finding.Requirement.Name, Markup.Escape(Short(finding.Found ?? "missing")),
                    Markup.Escape(Short(finding.Requirement.For)));
        }
        Output.Print(table);
        foreach (string note in findings.Select(finding => finding.Note).OfType<string>()) Console.WriteLine(note);
        IReadOnlyList<string> commands = Examination.Commands(findings);
        Console.WriteLine(commands.Count == 0 ? "nothing is missing" : "to install what is missing:");
        foreach (string command in commands) Console.WriteLine($"  {command}");
    }

    private static string Short(string text) => text.Length <= 60 ? text : text[..57] + "...";

    private static JsonObject Json(IReadOnlyList<Finding> findings, ToolException? error)
    {
        JsonObject json = Json(findings);
        if (error == null) return json;
        json["exitCode"] = Program.Error;
        json["error"] = Failures.Json(error);
        return json;
    }

    private static JsonObject Json(IReadOnlyList<Finding> findings) => new()
    {
        ["findings"] = new JsonArray([.. findings.Select(finding => (JsonNode)new JsonObject
        {
            ["group"] = finding.Requirement.Group,
            ["name"] = finding.Requirement.Name,
            ["for"] = finding.Requirement.For,
            ["found"] = finding.Found,
            ["note"] = finding.Note,
        })]),
        ["commands"] = new JsonArray([.. Examination.Commands(findings).Select(command => (JsonNode)command)]),
    };
}
