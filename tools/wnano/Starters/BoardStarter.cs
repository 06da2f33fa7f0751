// SPDX-License-Identifier: MIT
// A folder for a new board: a copy of a similar board, and a README with the next steps.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Errors;
using Wamr.Nano.Tool.Measure;

namespace Wamr.Nano.Tool.Starters;

internal static class BoardStarter
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <param name="tree">Where boards are.</param>
    /// <param name="name">The new board.</param>
    /// <param name="like">The board to copy.</param>
    /// <returns>Names of the files, below the folder; and the folder.</returns>
    /// <exception cref="ToolException">There is such a board already, or the name will not do.</exception>
    internal static (DirectoryInfo Folder, IReadOnlyList<string> Files) Write(SourceTree tree, string name, string like)
    {
        Starter.CheckName(name);
        BoardInfo model = tree.Board(like);
        DirectoryInfo folder = new(Path.Combine(tree.Boards, name));
        IReadOnlyList<string> written = Starter.Write("board", folder, text => text
            .Replace("@name@", name, StringComparison.Ordinal).Replace("@like@", like, StringComparison.Ordinal));
        List<string> files = [.. written];
        // Words and figures of another board say nothing of this one.
        foreach (string file in Directory.EnumerateFiles(model.Folder)
            .Where(file => Path.GetFileName(file) is not ("README.md" or BoardBudget.FileName)))
        {
            files.Add(Path.GetFileName(file));
            File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
        }
        string description = Path.Combine(folder.FullName, BoardInfo.FileName);
        JsonObject json = JsonNode.Parse(File.ReadAllBytes(description))!.AsObject();
        json["title"] = $"{name} (a copy of {like} so far)";
        File.WriteAllText(description, json.ToJsonString(Indented) + Environment.NewLine);
        return (folder, [.. files.Order(StringComparer.Ordinal)]);
    }
}
