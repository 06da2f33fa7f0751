// SPDX-License-Identifier: MIT
// C# to objects: the core with a board's files becomes an assembly, the assembly C and the C objects, or the assembly an object at once
// (NativeAotBackend). Linking is FirmwareLink's.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Measure;

namespace Wamr.Nano.Tool.Build;

internal sealed class FirmwareBuild(SourceTree tree, BoardInfo board, FirmwareOptions options)
{
    /// <summary>
    /// What C# means and C does not promise, and what keeps a firmware small: each function and table in a section of its own, no errno.
    /// </summary>
    private static readonly string[] CommonFlags =
    [
        "-std=gnu11", "-g", "-ffp-contract=off", "-fno-strict-aliasing", "-fno-math-errno", "-ffunction-sections", "-fdata-sections",
    ];

    /// <summary>
    /// What -Os leaves on and is larger all the same, in 48 KB of Thumb-2 by 0.8 KB, the last two another 0.1 KB; -fconserve-stack saves 50
    /// bytes of stack too. The interpreter's loop has options of its own and stays as fast.
    /// </summary>
    private static readonly string[] SizeFlags =
    [
        "-fno-expensive-optimizations", "-fconserve-stack", "-fno-partial-inlining", "-fno-tree-tail-merge", "-fno-schedule-insns2",
        "-fno-if-conversion", "-fno-caller-saves",
    ];

    /// <summary>
    /// No C library: gcc must not call what it would find there, but for memcpy, memmove and memset (freestanding/memory.c). And it is to
    /// write down who calls whom with how much stack (see <see cref="CallGraph"/>).
    /// </summary>
    private static readonly string[] FreestandingFlags = ["-ffreestanding", "-fno-tree-loop-distribute-patterns", "-fcallgraph-info=su"];

    /// <summary>The time to build a firmware from its C#, and from its C only.</summary>
    private const int AllSeconds = 20, CodeSeconds = 6;

    internal BoardInfo Board => board;

    internal FirmwareOptions Options => options;

    /// <summary>Folder below common/allocators.</summary>
    internal string Allocator => options.Allocator ?? board.Allocator;

    private bool UsesNativeAot => options.Backend == BoardInfo.NativeAot;

    /// <summary>What the code is optimised for, as an option of gcc.</summary>
    internal string Optimize => options.Optimize ?? board.Optimize;

    /// <summary>Folder of what does not depend on the C compiler's options.</summary>
    internal string Folder => Path.Combine(tree.Artifacts, board.Name,
        $"{options.Profile}-{options.Program.Split('/', '.')[0]}{Unless(BoardInfo.PoolAllocator, Allocator)}"
        + $"{Unless(FirmwareOptions.Anyone, options.Trust)}{Unless(FirmwareOptions.NoMeter, options.Meter)}"
        + (UsesNativeAot ? "-" + options.Backend + Optimize : ""));

    private static string Unless(string usual, string choice) => choice == usual ? "" : "-" + choice;

    /// <summary>The firmware as one C file.</summary>
    internal string Translated => Path.Combine(Folder, "firmware.c");

    /// <summary>Folder of the objects.</summary>
    internal string ObjectFolder => Path.Combine(Folder, Stage.ShortKey([Compiler, .. Flags]));

    internal string Compiler => options.Compiler ?? board.Compiler.Program;

    internal IReadOnlyList<string> Flags =>
    [
        .. CommonFlags, .. board.IsFreestanding ? FreestandingFlags : [], .. board.Compiler.Arguments, Optimize,
        .. Optimize == "-Os" ? SizeFlags : [], .. options.Flags,
    ];

    internal string LinkerTemplate => Path.Combine(tree.Common, "freestanding", "link.ld");

    internal string PlanHeader => Path.Combine(tree.Common, "plan.h");

    /// <summary>Compiles what has changed.</summary>
    /// <returns>The objects of the firmware, all but the app's.</returns>
    internal IReadOnlyList<string> Objects() => Stage.Alone(Path.Combine(tree.Artifacts, board.Name), () =>
    {
        if (!board.Backends.Contains(options.Backend))
            throw new UsageException($"board '{board.Name}' has no backend '{options.Backend}': {string.Join(", ", board.Backends)}");
        if (!tree.Profiles.Contains(options.Profile))
            throw new UsageException($"there is no profile '{options.Profile}': {string.Join(", ", tree.Profiles)}");
        if (!tree.Allocators.Contains(Allocator))
            throw new UsageException(
                $"board '{board.Name}' asks for an allocator '{Allocator}': there are {string.Join(", ", tree.Allocators)}");
        string compiler = ExternalProgram.Require(Compiler, board.Compiler.Package);
        string code = UsesNativeAot ? NativeAotBackend.Object(this) : Compile(compiler, Translate());
        return (IReadOnlyList<string>)[code, .. Sources().Select(source => Compile(compiler, source))];
    });

    /// <summary>Compiles one C file into <see cref="ObjectFolder"/>, or a folder of the caller's.</summary>
    internal string Compile(string compiler, string source, string? folder = null)
    {
        string output = Path.Combine(folder ?? ObjectFolder, Path.GetFileNameWithoutExtension(source) + ".o");
        string key = Stage.Key([compiler, .. Flags], [source, .. Stage.Files(tree.Common, ".h")]);
        Stage.Make(output, key, () =>
        {
            Tell(CodeSeconds);
            ExternalProgram.Run(compiler, [.. Flags, "-c", source, "-o", output], Path.GetDirectoryName(output));
        });
        return output;
    }

    /// <summary>Translates what has changed.</summary>
    /// <returns>Name of the C file.</returns>
    internal string Translate()
    {
        string key =
            Stage.Key([options.Profile, options.Program, Allocator, options.Meter, options.Trust],
                CSharp().Concat(Translator.Sources(tree)));
        Stage.Make(Translated, key, () =>
        {
            Tell(AllSeconds);
            Translator.Run(tree, Assemble(), Translated);
        });
        return Translated;
    }

    /// <summary>The C# of the firmware, and the files that determine how it is compiled.</summary>
    internal IEnumerable<string> CSharp() => Translator.CSharp(tree).Concat(Stage.Files(tree.Common, ".cs")).Concat(Own(".cs"));

    /// <summary>
    /// The board's folder and those it shares, each followed by what is only in programs of some kind: server/ for the app server.
    /// </summary>
    private IEnumerable<string> Folders() => board.Shares.Select(share => Path.Combine(tree.Boards, share)).Prepend(board.Folder)
        .SelectMany(folder => new[] { folder, Path.Combine(folder, Path.GetDirectoryName(options.Program)!) }).Where(Directory.Exists)
        .Distinct();

    private IEnumerable<string> Own(params string[] extensions) =>
        Folders().SelectMany(Directory.EnumerateFiles).Where(file => extensions.Contains(Path.GetExtension(file)))
            .Order(StringComparer.Ordinal);

    /// <summary>Compiles the C#.</summary>
    /// <param name="properties">More properties of the project, as <c>Name=value</c>.</param>
    /// <returns>The folder of the assembly.</returns>
    internal string Assemble(params IEnumerable<string> properties)
    {
        string own = string.Join(';', Folders().Select(folder => Path.Combine(folder, "*.cs")));
        return Translator.Assemble(tree, Folder,
        [
            $"-p:Board={board.Name}", $"-p:Processor={board.Processor}",
            $"-p:FirmwareProfile={options.Profile}", $"-p:FirmwareProgram={options.Program}",
            $"-p:FirmwareAllocator={Allocator}", $"-p:FirmwareMeter={options.Meter}", $"-p:FirmwareTrust={options.Trust}",
            $"-p:BoardSources=\"{own}\"", .. properties.Select(property => "-p:" + property),
        ]);
    }

    /// <summary>Called before the first step that is not up to date.</summary>
    internal void Tell(int seconds = AllSeconds) => Waiting.For($"building the firmware of {board.Name}, which is done once", seconds);

    /// <summary>The C of the allocator, with additions for boards without an operating system.</summary>
    private IEnumerable<string> Allocation()
    {
        string folder = Path.Combine(tree.Common, "allocators", Allocator), freestanding = Path.Combine(folder, "freestanding");
        return Stage.Files(folder, ".c").Where(file => board.IsFreestanding || Path.GetDirectoryName(file) != freestanding);
    }

    /// <summary>C and assembly files that are written by hand.</summary>
    private IEnumerable<string> Sources() =>
        Stage.Files(Path.Combine(tree.Common, board.Processor), ".c", ".S")
            .Concat(Stage.Files(Path.Combine(tree.Common, "math"), ".c"))
            .Concat(board.IsFreestanding ? Stage.Files(Path.Combine(tree.Common, "freestanding"), ".c") : [])
            .Concat(Allocation())
            .Concat(Own(".c", ".S"))
            .Concat(UsesNativeAot ? Stage.Files(NativeAotBackend.SupportFolder(tree), ".c") : []).Distinct();
}
