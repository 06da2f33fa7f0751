// SPDX-License-Identifier: MIT
// Compiles a C# program of one file against the library as the tests were built with it, and runs it: for what the documentation shows.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Wamr.Nano.Tests.TestKit;

internal static class CSharpProgram
{
    private static string Runtime => RuntimeEnvironment.GetRuntimeDirectory();

    /// <summary>The compiler of the newest SDK beside the runtime.</summary>
    private static string Compiler => Directory.GetDirectories(Path.Combine(Runtime, "..", "..", "..", "sdk"))
        .Select(sdk => Path.Combine(sdk, "Roslyn", "bincore", "csc.dll")).Where(File.Exists).Order(StringComparer.Ordinal).Last();

    /// <summary>Blocks of C# code of a page of documentation, in order.</summary>
    public static string[] BlocksOf(string page) => [.. Block("csharp").Matches(Text(page)).Select(match => match.Groups[1].Value)];

    /// <summary>The one block of C code of a page.</summary>
    public static string CodeInC(string page) => Block("c").Match(Text(page)).Groups[1].Value;

    /// <summary>Compiles <paramref name="source"/> and runs it in <paramref name="folder"/>.</summary>
    /// <exception cref="InvalidOperationException">It does not compile; the message says why.</exception>
    public static ProcessResult Run(string source, string folder)
    {
        string name = Path.Combine(folder, "program");
        File.WriteAllText(name + ".cs", source);
        File.Copy(typeof(NanoRuntime).Assembly.Location, Path.Combine(folder, "Wamr.Nano.dll"), overwrite: true);
        File.Copy(Path.Combine(AppContext.BaseDirectory, "wnano.runtimeconfig.json"), name + ".runtimeconfig.json", overwrite: true);
        ProcessResult compiled = Wnano.Start("dotnet",
            [Compiler, "-nologo", "-unsafe", "-nullable:enable", "-langversion:latest", $"-out:{name}.dll", .. References(), name + ".cs"]);
        if (compiled.ExitCode != 0) throw new InvalidOperationException(compiled.Output + compiled.Error + source);
        return Wnano.Start(new ProcessStartInfo("dotnet", [name + ".dll"]) { WorkingDirectory = folder });
    }

    private static IEnumerable<string> References() =>
        Directory.GetFiles(Runtime, "System*.dll").Where(file => !Path.GetFileName(file).Contains(".Native.", StringComparison.Ordinal))
        .Append(typeof(NanoRuntime).Assembly.Location).Select(file => "-reference:" + file);

    private static string Text(string page) => File.ReadAllText(Repository.PathOf(page)).Replace("\r", "", StringComparison.Ordinal);

    private static Regex Block(string language) => new($"^```{language}\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline);
}
