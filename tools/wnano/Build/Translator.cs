// SPDX-License-Identifier: MIT
// C# to C: compiles the core with other files to one assembly, and lets iltoc translate it.
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Wamr.Nano.Tool.Boards;

namespace Wamr.Nano.Tool.Build;

internal static class Translator
{
    /// <summary>The files that every translation depends on: the core, its project, the translator.</summary>
    internal static IEnumerable<string> Sources(SourceTree tree) =>
        CSharp(tree).Concat(Stage.Files(Path.GetDirectoryName(tree.TranslatorProject)!, ".cs"));

    /// <summary>The C# of the core, and its project.</summary>
    internal static IEnumerable<string> CSharp(SourceTree tree) => Stage.Files(Path.Combine(tree.Root, "Wamr.Nano", "Core"), ".cs")
        .Concat(Stage.Files(Path.GetDirectoryName(tree.FreestandingProject)!, ".cs", ".csproj", ".targets"));

    /// <summary>Compiles the core with what the properties add.</summary>
    /// <param name="tree">The sources.</param>
    /// <param name="folder">For the compiler's intermediate files.</param>
    /// <param name="properties">Of the project, as <c>-p:Name=value</c>.</param>
    /// <returns>The folder of the assembly, which lies in <paramref name="folder"/>.</returns>
    internal static string Assemble(SourceTree tree, string folder, IEnumerable<string> properties)
    {
        string output = Path.Combine(folder, "dll");
        ExternalProgram.Run(Dotnet(),
        [
            "build", tree.FreestandingProject, "-m:1", "-v", "q", "--nologo", "-o", output,
            $"-p:BaseIntermediateOutputPath={Path.Combine(folder, "obj")}/", .. properties,
        ]);
        return output;
    }

    /// <summary>Translates the assembly in a folder to a C file.</summary>
    internal static void Run(SourceTree tree, string folder, string output) =>
        ExternalProgram.Run(Dotnet(),
            [Program(tree), Path.Combine(folder, "Wamr.Nano.Freestanding.dll"), "-o", output, "--source-root", tree.Root]);

    private static string Dotnet() => ExternalProgram.Require("dotnet", "dotnet-sdk-10.0");

    /// <summary>The translator, built where its sources have changed.</summary>
    private static string Program(SourceTree tree)
    {
        string folder = Path.Combine(tree.Artifacts, "iltoc"), program = Path.Combine(folder, "iltoc.dll");
        return Stage.Alone(folder, () =>
        {
            string key = Stage.Key([], Stage.Files(Path.GetDirectoryName(tree.TranslatorProject)!, ".cs", ".csproj"));
            Stage.Make(program, key, () =>
                ExternalProgram.Run(Dotnet(), ["build", tree.TranslatorProject, "-m:1", "-v", "q", "--nologo", "-o", folder]));
            return program;
        });
    }
}
