// SPDX-License-Identifier: MIT
// From the name of a symbol to the place of its source: the folder and file that declare its class.
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Build;

namespace Wamr.Nano.Tool.Size;

internal sealed partial class SourceFolders
{
    private const string Core = "Wamr.Nano/";

    /// <summary>File of each class, below the root of the sources.</summary>
    private readonly Dictionary<string, string> _files = [];

    /// <summary>With the sources around, folders are named; without, classes.</summary>
    internal SourceFolders()
    {
        SourceTree tree;
        try
        {
            tree = SourceTree.Find();
        }
        catch (UsageException)
        {
            return;
        }
        foreach (string folder in new[] { Path.Combine(tree.Root, "Wamr.Nano", "Core"), tree.Common })
            foreach (string file in Stage.Files(folder, ".cs"))
                Note(file, Path.GetRelativePath(tree.Root, file).Replace('\\', '/'));
    }

    private void Note(string file, string name)
    {
        string text = File.ReadAllText(file);
        foreach (Match match in Declaration().Matches(text).Concat(EntryPoint().Matches(text))) _files.TryAdd(match.Groups[1].Value, name);
    }

    /// <summary>Folder, file and name of a symbol of the translated C#, or of a separate file.</summary>
    /// <param name="symbol">Such as <c>ModuleLoader_Load</c>.</param>
    /// <param name="origin">The object file it came from; empty if that is not known.</param>
    internal string[] PathOf(string symbol, string origin)
    {
        int archive = origin.IndexOf(".a(", System.StringComparison.Ordinal);
        if (archive >= 0) return ["compiler's library", Path.GetFileName(origin[..(archive + 2)]), symbol];
        string file = Path.GetFileNameWithoutExtension(origin);
        if (file == "plan") return ["app", symbol];
        if (file is not ("" or "firmware")) return ["boards (C)", file, symbol];
        string type = ClassOf(symbol);
        if (symbol.StartsWith("il_", System.StringComparison.Ordinal)) return ["translator's helpers", symbol];
        if (type.Length == 0 && symbol.Contains('.')) return ["tables of switches", symbol];
        if (!_files.TryGetValue(symbol, out string? source) && !_files.TryGetValue(type, out source))
            return ["other", type.Length == 0 ? symbol : type, symbol];
        string folder = Path.GetDirectoryName(source)!.Replace('\\', '/');
        return [folder.StartsWith(Core, System.StringComparison.Ordinal) ? folder[Core.Length..] : folder,
            Path.GetFileName(source), symbol];
    }

    /// <summary>Of <c>Class_Method</c> (translated C) and of <c>Assembly_Namespace_Class__Method</c> (ILCompiler).</summary>
    private static string ClassOf(string symbol)
    {
        int method = symbol.IndexOf("__", 1, symbol.Length - 1, System.StringComparison.Ordinal);
        if (method > 0) return symbol[..method].Split('_')[^1];
        return symbol.Contains('_') ? symbol[..symbol.IndexOf('_')] : "";
    }

    [GeneratedRegex(@"\b(?:class|struct)\s+(\w+)")]
    private static partial Regex Declaration();

    [GeneratedRegex("\\[UnmanagedCallersOnly\\(EntryPoint = \"(\\w+)\"")]
    private static partial Regex EntryPoint();
}
