// SPDX-License-Identifier: MIT
// wnano boards: the boards there are, and whether this machine has what they need.
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using System.Text.Json.Nodes;
using Spectre.Console;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Printing;
using Wamr.Nano.Tool.Usage;

namespace Wamr.Nano.Tool.Commands;

internal static class BoardsCommand
{
    internal static Command Create()
    {
        Option<bool> json = Output.JsonOption();
        WnanoCommand command = new(
            "boards", "List the boards, and what you must install to build for them and emulate them.",
            ("wnano boards", "names, memories, what to install"))
        { json };
        command.SetAction(parsed => Program.Guard(() => List(parsed.GetValue(json))));
        return command;
    }

    private static int List(bool json)
    {
        IReadOnlyList<BoardInfo> boards = SourceTree.Find().AllBoards();
        if (json)
        {
            Output.Json(new() { ["boards"] = new JsonArray([.. boards.Select(board => (JsonNode)Json(board))]) });
            return 0;
        }
        Table table = Output.Table("board", "flash", "RAM", "pool", "stack");
        table.AddColumn("processor").AddColumn("runs").AddColumn("to install");
        foreach (BoardInfo board in boards)
            table.AddRow(board.Name, Area(board, "flash"), Ram(board), Bytes.Text(PoolBytes(board)), Bytes.Text(board.StackBytes),
                board.Cpu, Runs(board), string.Join(' ', board.MissingPackages));
        Output.Print(table);
        return 0;
    }

    private static JsonObject Json(BoardInfo board) => new()
    {
        ["name"] = board.Name,
        ["title"] = board.Title,
        ["cpu"] = board.Cpu,
        ["memory"] = new JsonObject([.. board.Memory.Select(area => KeyValuePair.Create(area.Name, (JsonNode?)area.Length))]),
        ["pool"] = PoolBytes(board),
        ["stack"] = board.StackBytes,
        ["runs"] = Runs(board),
        ["canCount"] = board.CountArguments.Count != 0,
        ["missingPackages"] = new JsonArray([.. board.MissingPackages.Select(package => (JsonNode)package)]),
    };

    /// <summary>The RAM the firmware uses, of whatever kinds.</summary>
    private static string Ram(BoardInfo board)
    {
        MemoryArea[] used = [.. board.Memory.Where(area => area.Name == "ram" || board.Pool.Any(part => part.Area == area.Name))];
        return used.Length == 0 ? "-" : Bytes.Text((ulong)used.Sum(area => area.Length));
    }

    private static string Runs(BoardInfo board) => board.Emulator != null ? "emulated" : board.RunsHere ? "as a program" : "on hardware";

    private static string Area(BoardInfo board, string name) =>
        board.Memory.FirstOrDefault(area => area.Name == name) is MemoryArea area ? Bytes.Text(area.Length) : "-";

    private static uint PoolBytes(BoardInfo board) => (uint)board.Pool.Sum(part => part.Bytes);
}
