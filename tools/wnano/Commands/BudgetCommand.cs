// SPDX-License-Identifier: MIT
// wnano budget: measures a board's figures and compares them with its budget.json, or writes that.
using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using System.Text.Json.Nodes;
using Spectre.Console;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Build;
using Wamr.Nano.Tool.Measure;
using Wamr.Nano.Tool.Printing;
using Wamr.Nano.Tool.Usage;
using Wamr.Nano.Xip.Elf;

namespace Wamr.Nano.Tool.Commands;

internal static class BudgetCommand
{
    private const int LargestShown = 15;

    internal static Command Create()
    {
        Option<string[]> boards = new("--board")
        {
            Description = "A board to measure; by default, all boards that can be built here.",
            HelpName = "name",
            AllowMultipleArgumentsPerToken = true,
        };
        Option<bool> accept = new("--accept")
        {
            Description =
                "Accept the measured figures as the new budget: write boards/<name>/budget.json, and the tables "
                + "in docs/BOARDS.md and in the boards' READMEs.",
        };
        Option<bool> json = Output.JsonOption();
        WnanoCommand command = new(
            "budget", "Measure flash, RAM, stack, pool and speed of boards, and compare the figures with their budgets.",
            ("wnano budget --board mps2-an386", "one board's figures against its budget"))
        { boards, accept, json };
        command.SetAction(parsed => Program.Guard(() =>
        {
            SourceTree tree = SourceTree.Find();
            string[] names = parsed.GetValue(boards) ?? [];
            IReadOnlyList<BoardInfo> wanted = names.Length != 0 ? [.. names.Select(tree.Board)]
                : [.. tree.AllBoards().Where(board => board.IsFreestanding && board.RunsHere && board.MissingPackages.Count == 0)];
            return Report(tree, wanted, parsed.GetValue(accept), parsed.GetValue(json));
        }));
        return command;
    }

    /// <returns>1 where a figure is over its budget.</returns>
    private static int Report(SourceTree tree, IReadOnlyList<BoardInfo> boards, bool accept, bool json)
    {
        JsonObject all = [];
        bool over = false;
        foreach (BoardInfo board in boards)
        {
            IReadOnlyList<Figure> figures = BoardFigures.Measure(tree, board);
            if (accept) BoardBudget.Accept(board, figures);
            else over |= figures.Any(figure => figure.IsOver);
            if (json) all[board.Name] = Json(figures, Largest(tree, board));
            else
            {
                Print(board, figures, Largest(tree, board));
                foreach (var (name, path) in BoardFigures.DeepestPaths(tree, board))
                    Console.WriteLine($"deepest {name}, {Bytes.Text(path.Bytes)} B: {string.Join(" > ", path.Functions)}");
            }
        }
        if (accept) BoardTables.Write(tree);
        if (json) Output.Json(all);
        else if (over)
            Console.WriteLine(
                "figures have grown: make them smaller, or 'wnano budget --accept' and commit the new budget with the reason");
        return over ? Program.Error : 0;
    }

    private static IReadOnlyList<ElfSymbol> Largest(SourceTree tree, BoardInfo board) =>
        FirmwareSections.Largest(FirmwareLink.Link(new(tree, board, new()), new() { ModuleFile = tree.EmptyModule }), LargestShown);

    private static JsonObject Json(IReadOnlyList<Figure> figures, IReadOnlyList<ElfSymbol> largest) => new()
    {
        ["figures"] = new JsonObject([.. figures.Select(figure => KeyValuePair.Create(figure.Name, (JsonNode?)figure.Value))]),
        ["over"] = new JsonArray([.. figures.Where(figure => figure.IsOver).Select(figure => (JsonNode)figure.Name)]),
        ["largest"] = new JsonObject([.. largest.Select(symbol => KeyValuePair.Create(symbol.Name, (JsonNode?)symbol.Size))]),
    };

    private static void Print(BoardInfo board, IReadOnlyList<Figure> figures, IReadOnlyList<ElfSymbol> largest)
    {
        Console.WriteLine($"{board.Name}: {board.Title}");
        Table table = Output.Table("figure", "bytes", "budget", "");
        foreach (Figure figure in figures)
            table.AddRow(figure.Name, Text(figure.Value), figure.Budget is long most ? Text(most) : "-", figure.IsOver ? "OVER" : "");
        Output.Print(table);
        Table symbols = Output.Table("largest", "bytes");
        foreach (ElfSymbol symbol in largest) symbols.AddRow(Markup.Escape(symbol.Name), Bytes.Text(symbol.Size));
        Output.Print(symbols);
    }

    private static string Text(long bytes) => Bytes.Text((ulong)bytes);
}
