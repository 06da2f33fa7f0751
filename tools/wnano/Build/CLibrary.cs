// SPDX-License-Identifier: MIT
// The runtime as a C library: the core with the C API as one C file, further files that a C project needs, and an archive for a board.
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Wamr.Nano.Tool.Boards;

namespace Wamr.Nano.Tool.Build;

internal sealed class CLibrary(SourceTree tree, string profile)
{
    private const string Name = "wamr_nano";

    /// <summary>Building it, once.</summary>
    private const int Seconds = 15;

    private string Folder => Path.Combine(tree.Artifacts, "library", profile);

    private string Api => Path.Combine(tree.Root, "Wamr.Nano", "Embedding");

    /// <summary>Writes the sources, the header and the CMake file.</summary>
    /// <param name="folder">Files in it with the same names are written over.</param>
    /// <returns>Full names of the C files.</returns>
    internal IReadOnlyList<string> Write(string folder)
    {
        Directory.CreateDirectory(folder);
        string[] files =
        [
            Translate(), .. Directory.EnumerateFiles(Path.Combine(Api, "c")), Path.Combine(tree.Common, "target.h"), SquareRoot,
            Path.Combine(tree.Root, "LICENSE"),
        ];
        string[] written = [.. files.Select(file => Path.Combine(folder, Path.GetFileName(file)))];
        foreach ((string file, string copy) in files.Zip(written)) File.Copy(file, copy, true);
        return [.. written.Where(file => file.EndsWith(".c", System.StringComparison.Ordinal)).Order(System.StringComparer.Ordinal)];
    }

    /// <summary>Compiles the C files that <see cref="Write"/> wrote for a board, as its firmware is compiled.</summary>
    /// <returns>Name of the archive.</returns>
    internal static string Archive(string folder, IReadOnlyList<string> sources, FirmwareBuild build)
    {
        string compiler = ExternalProgram.Require(build.Compiler, build.Board.Compiler.Package);
        string archive = Path.Combine(folder, $"lib{Name}.a"), objects = Path.Combine(folder, "objects");
        Directory.CreateDirectory(objects);
        // sqrt.c is in it: of two archives with a square root, a program takes the one it names first.
        string[] compiled = [.. sources.Select(source => Path.Combine(objects, Path.GetFileNameWithoutExtension(source) + ".o"))];
        foreach ((string source, string output) in sources.Zip(compiled))
            ExternalProgram.Run(compiler, [.. build.Flags, "-c", source, "-o", output], folder);
        File.Delete(archive);
        ExternalProgram.Run(ExternalProgram.Require(Archiver(compiler), build.Board.Compiler.Package),
            ["rcs", archive, .. compiled], folder);
        Directory.Delete(objects, true);
        return archive;
    }

    private string SquareRoot => Path.Combine(tree.Common, "math", "sqrt.c");

    /// <summary>gcc's archiver has its compiler's prefix.</summary>
    private static string Archiver(string compiler) =>
        compiler.EndsWith("gcc", System.StringComparison.Ordinal) ? compiler[..^3] + "ar" : "ar";

    private string Translate()
    {
        string output = Path.Combine(Folder, Name + ".c");
        IEnumerable<string> sources = Translator.Sources(tree)
            .Concat(Stage.Files(Api, ".cs"))
            .Concat(Stage.Files(Path.Combine(tree.Common, "profiles", profile), ".cs"))
            .Concat(Stage.Files(Path.Combine(tree.Common, "trust"), ".cs"));
        return Stage.Alone(Folder, () =>
        {
            Stage.Make(output, Stage.Key([], sources), () =>
            {
                using Waiting waiting = Waiting.Unless($"translating the runtime to C, which is done once, about {Seconds} s");
                string assembly = Translator.Assemble(tree, Folder, ["-p:Embedding=true", $"-p:FirmwareProfile={profile}"]);
                Translator.Run(tree, assembly, output);
            });
            return output;
        });
    }
}
