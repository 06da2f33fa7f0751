// SPDX-License-Identifier: MIT
// The most recently accepted figures of a board: boards/<name>/budget.json. No figure may grow beyond them.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Build;

namespace Wamr.Nano.Tool.Measure;

/// <param name="Compiler">First line of the compiler's --version: another one makes other code.</param>
/// <param name="Date">When the figures were measured.</param>
/// <param name="Figures">Bytes by the figure's name.</param>
internal sealed record BoardBudget(string Compiler, string Date, IReadOnlyDictionary<string, long> Figures)
{
    internal const string FileName = "budget.json";

    /// <summary>Without a file a budget of nothing.</summary>
    internal static BoardBudget Of(BoardInfo board)
    {
        string file = Path.Combine(board.Folder, FileName);
        if (!File.Exists(file)) return new("", "", new Dictionary<string, long>());
        JsonNode json = JsonNode.Parse(File.ReadAllBytes(file))!;
        return new((string)json["compiler"]!, (string)json["date"]!,
            json["figures"]!.AsObject().ToDictionary(figure => figure.Key, figure => (long)figure.Value!));
    }

    /// <summary>Makes the measured figures the budget. Figures that are unchanged keep their date.</summary>
    internal static void Accept(BoardInfo board, IReadOnlyList<Figure> figures)
    {
        BoardBudget old = Of(board);
        if (old.Compiler == CompilerOf(board) && old.Figures.Count == figures.Count && figures.All(figure => figure.Value == figure.Budget))
            return;
        JsonObject json = new()
        {
            ["compiler"] = CompilerOf(board),
            ["date"] = DateTime.Now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["figures"] = new JsonObject([.. figures.Select(figure => KeyValuePair.Create(figure.Name, (JsonNode?)figure.Value))]),
        };
        File.WriteAllText(Path.Combine(board.Folder, FileName), json.ToJsonString(new() { WriteIndented = true }) + "\n");
    }

    internal static string CompilerOf(BoardInfo board) =>
        ExternalProgram.Run(ExternalProgram.Require(board.Compiler.Program, board.Compiler.Package), ["--version"]).Split('\n')[0].Trim();
}
