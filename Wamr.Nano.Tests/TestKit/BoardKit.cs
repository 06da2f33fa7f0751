// SPDX-License-Identifier: MIT
// What tests on boards share: which boards can run here, and one run of a firmware.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Build;
using Wamr.Nano.Tool.Emulate;
using Wamr.Nano.Tool.Flash;
using Wamr.Nano.Xip;
using Xunit;

namespace Wamr.Nano.Tests.TestKit;

internal static class BoardKit
{
    public static SourceTree Tree { get; } = new(Path.GetFullPath(Repository.PathOf(".")));

    /// <summary>
    /// Boards with an emulator, whose compiler and emulator are here; on the build server all, so that a missing one is a failure.
    /// </summary>
    public static IReadOnlyList<BoardInfo> Usable { get; } =
        [.. Tree.AllBoards().Where(board => board.RunsHere).Where(board => Shared.OnCi || board.MissingPackages.Count == 0)];

    public static TheoryData<string> Names(Func<BoardInfo, bool> wanted) => [.. Usable.Where(wanted).Select(board => board.Name)];

    public static bool IsUsable(string name) => Usable.Any(board => board.Name == name);

    /// <summary>Whether a board has a pool of so many bytes.</summary>
    public static bool HasPool(BoardInfo board, uint bytes) => board.Pool.Sum(part => part.Bytes) >= bytes;

    /// <summary>Links a plan into a program for a board and runs it.</summary>
    /// <returns>The result, and what the app printed.</returns>
    public static (BoardResult Result, string Console) Run(string name, AppPlan plan, FirmwareOptions? options = null, bool count = false)
    {
        BoardInfo board = Tree.Board(name);
        string elf = FirmwareLink.Link(new(Tree, board, options ?? new()), plan);
        using MemoryStream output = new();
        BoardResult result = BoardRun.Run(board, elf, output, count, Patience.OfBoards);
        Assert.False(result.TimedOut, Patience.Ended($"the emulator of board {name}", Patience.OfBoards));
        return (result, Encoding.UTF8.GetString(output.ToArray()));
    }

    /// <summary>As <see cref="Run"/>, of the program for experiments.</summary>
    public static BoardResult Lab(string name, PlanMode mode, AppPlan plan, FirmwareOptions? options = null) =>
        Run(name, plan with { Mode = mode }, options ?? new() { Program = FirmwareOptions.Lab }).Result;

    public static AppPlan Function(string module, string export, params uint[] slots) =>
        new() { ModuleFile = Path.GetFullPath(Repository.PathOf(module)), Export = export, Slots = slots };

    /// <summary>The target of images for a board; null where there is none.</summary>
    public static string? TargetOf(BoardInfo board) => ImageTargets.CompiledFor(board);

    /// <summary>The plan with an image in place of its module: for the board, unless the options name another target.</summary>
    public static AppPlan Compiled(string board, AppPlan plan, CompileOptions? options = null)
    {
        options ??= new();
        if (options.Target.Length == 0) options = options with { Target = TargetOf(Tree.Board(board))! };
        return plan with { ModuleFile = FileOf(ImageCompiler.Compile(File.ReadAllBytes(plan.ModuleFile), options)) };
    }

    /// <summary>A module of bytes as a file, named after them.</summary>
    public static string FileOf(byte[] module)
    {
        string folder = Path.Combine(Tree.Artifacts, "modules");
        string file = Path.Combine(folder, Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(module))[..16] + ".wasm");
        Directory.CreateDirectory(folder);
        if (!File.Exists(file)) File.WriteAllBytes(file, module);
        return file;
    }
}

/// <summary>A test on boards: skipped where no board can run here.</summary>
internal sealed class BoardTheoryAttribute : TheoryAttribute
{
    public BoardTheoryAttribute() =>
        Skip = BoardKit.Usable.Count == 0 ? "no compiler for any board is installed; 'wnano boards' lists the packages" : null;
}

/// <summary>The same for a single case.</summary>
internal sealed class BoardFactAttribute : FactAttribute
{
    public BoardFactAttribute() => Skip = new BoardTheoryAttribute().Skip;
}
