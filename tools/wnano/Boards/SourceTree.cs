// SPDX-License-Identifier: MIT
// Finds the sources of a firmware: the core, the boards, the C translator.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Wamr.Nano.Tool.Usage;

namespace Wamr.Nano.Tool.Boards;

/// <summary>
/// A folder that holds <c>boards/</c>, <c>Wamr.Nano/</c> and <c>tools/iltoc/</c>, and to which <c>artifacts/</c> is added.
/// </summary>
internal sealed class SourceTree(string root)
{
    private const string Variable = "WNANO_SOURCE";

    internal string Root { get; } = root;

    internal string Boards => Path.Combine(Root, "boards");

    internal string Common => Path.Combine(Boards, "common");

    /// <summary>What a firmware can be made with: folders below common/profiles.</summary>
    internal IReadOnlyList<string> Profiles => Choices("profiles");

    /// <summary>Where a firmware can take memory from: folders below common/allocators.</summary>
    internal IReadOnlyList<string> Allocators => Choices("allocators");

    /// <summary>A module without anything in it.</summary>
    internal string EmptyModule => Path.Combine(Common, "empty.wasm");

    internal string Artifacts => Path.Combine(Root, "artifacts", "boards");

    /// <summary>What an emulated board has for flash.</summary>
    internal string FlashFile(BoardInfo board) => Path.Combine(Artifacts, board.Name, "flash.bin");

    internal string FreestandingProject => Path.Combine(Root, "Wamr.Nano", "Freestanding", "Wamr.Nano.Freestanding.csproj");

    internal string TranslatorProject => Path.Combine(Root, "tools", "iltoc", "iltoc.csproj");

    /// <summary>A board of the tree there is; null if there is no tree or no such board.</summary>
    internal static BoardInfo? Known(string name)
    {
        try
        {
            return name == Path.GetFileName(name) ? Find().Board(name) : null;
        }
        catch (UsageException)
        {
            return null;
        }
    }

    /// <summary>
    /// The tree that WNANO_SOURCE names, or the one around the current folder, or the one this program lies in, or the one it brings along.
    /// </summary>
    /// <exception cref="UsageException">There is no such board.</exception>
    internal static SourceTree Find()
    {
        string? named = Environment.GetEnvironmentVariable(Variable);
        string[] starts = string.IsNullOrEmpty(named) ? [Directory.GetCurrentDirectory(), AppContext.BaseDirectory] : [named];
        string? found = starts.SelectMany(Upwards)
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "boards", "common", "Firmware.cs")))
            ?? (string.IsNullOrEmpty(named) ? PackedSources.Unpack() : null);
        return found != null
            ? new(found)
            : throw new UsageException(
                $"the firmware's sources are not here: change into a clone of Wamr.Nano, or set {Variable} to its folder");
    }

    internal IReadOnlyList<BoardInfo> AllBoards() =>
        [.. Directory.EnumerateFiles(Boards, BoardInfo.FileName, SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(BoardInfo.Read)];

    /// <exception cref="UsageException">There is no such board.</exception>
    internal BoardInfo Board(string name)
    {
        string file = Path.Combine(Boards, name, BoardInfo.FileName);
        if (File.Exists(file)) return BoardInfo.Read(file);
        throw new UsageException(
            $"there is no board '{name}'{Nearest.Question(name, AllBoards().Select(board => board.Name))}; 'wnano boards' lists them");
    }

    private IReadOnlyList<string> Choices(string folder) =>
        [.. Directory.EnumerateDirectories(Path.Combine(Common, folder)).Select(Path.GetFileName).Order(StringComparer.Ordinal)!];

    private static IEnumerable<string> Upwards(string folder)
    {
        for (string? at = Path.GetFullPath(folder); at != null; at = Path.GetDirectoryName(at)) yield return at;
    }
}
