// SPDX-License-Identifier: MIT
// wnano new: a starter app in a folder of its own; wnano new board: a board folder in the sources.
using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Printing;
using Wamr.Nano.Tool.Starters;
using Wamr.Nano.Tool.Usage;

namespace Wamr.Nano.Tool.Commands;

internal static class NewCommand
{
    internal static Command Create()
    {
        Argument<string?> name = new("name") { Description = "Name of the app and of its folder.", Arity = ArgumentArity.ZeroOrOne };
        Option<string> language = new("--language") { Description = "The language of the app.", DefaultValueFactory = _ => Starter.C };
        language.Only(Starter.Languages);
        Option<bool> json = Output.JsonOption();
        WnanoCommand command = new(
            "new", "Make a starter app or, with 'new board', the folder of a new board.",
            ("wnano new blink", "an app in C, in the folder blink"),
            ("wnano new blink --language rust", "the same in Rust"),
            ("wnano new board mine --like stm32f405", "a copy of a board, to change"))
        { name, language, json, CreateBoard() };
        command.SetAction(parsed => Program.Guard(() =>
        {
            string app = parsed.GetValue(name) is { Length: > 0 } given ? given
                : throw new UsageException("name the app: 'wnano new blink'; or a board: 'wnano new board mine'");
            DirectoryInfo folder = new(app);
            Print(folder, Starter.Write(parsed.GetValue(language)!, folder), parsed.GetValue(json));
            return 0;
        }));
        return command;
    }

    private static Command CreateBoard()
    {
        Argument<string> name = new("name") { Description = "Name of the board." };
        Option<string> like = new("--like")
        {
            Description = "The board to copy; 'wnano boards' lists the boards.",
            HelpName = "name",
            DefaultValueFactory = _ => "mps2-an385",
        };
        Option<bool> json = Output.JsonOption();
        WnanoCommand command = new(
            "board", "Make the folder of a new board: a copy of another board, with a list of what to change.",
            ("wnano new board mine --like stm32f405", "a copy of stm32f405"))
        { name, like, json };
        command.SetAction(parsed => Program.Guard(() =>
        {
            (DirectoryInfo folder, IReadOnlyList<string> files) =
                BoardStarter.Write(SourceTree.Find(), parsed.GetRequiredValue(name), parsed.GetValue(like)!);
            Print(folder, files, parsed.GetValue(json));
            return 0;
        }));
        return command;
    }

    private static void Print(DirectoryInfo folder, IReadOnlyList<string> files, bool json)
    {
        if (json)
        {
            Output.Json(new() { ["folder"] = folder.FullName, ["files"] = new JsonArray([.. files.Select(file => (JsonNode)file)]) });
            return;
        }
        foreach (string file in files) Console.WriteLine(Path.Combine(folder.Name, file));
        Console.WriteLine($"{Path.Combine(folder.Name, "README.md")} describes the next steps");
    }
}
