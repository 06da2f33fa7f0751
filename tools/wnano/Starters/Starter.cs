// SPDX-License-Identifier: MIT
// Starter projects: the files of a template, which are part of this program, with the project's name in them.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Wamr.Nano.Tool.Errors;

namespace Wamr.Nano.Tool.Starters;

internal static partial class Starter
{
    private const string Prefix = "template/";

    internal const string C = "c";

    private const string Go = "go", TinyGo = "tinygo";

    /// <summary>Languages there are templates for.</summary>
    internal static readonly string[] Languages = [C, "rust", "assemblyscript", "zig", Go, TinyGo];

    /// <summary>What a README says about how the starter was tested. The tests build only the one in C.</summary>
    private static string Tested(string language) => language switch
    {
        C => "",
        "rust" => "Tried with rustc 1.63 and LLD 14.",
        "assemblyscript" => "Tried with AssemblyScript 0.27.37.",
        _ => "**Untested**: its compiler was not at hand when this was written; the options are those its documentation gives.",
    };

    /// <summary>Writes the files of a language's template.</summary>
    /// <param name="language">One of <see cref="Languages"/>.</param>
    /// <param name="folder">Where they go; its name is the project's.</param>
    /// <returns>Names of the files, below the folder.</returns>
    /// <exception cref="ToolException">The folder is not empty, or its name will not do.</exception>
    internal static IReadOnlyList<string> Write(string language, DirectoryInfo folder)
    {
        CheckName(folder.Name);
        if (language == Go) language = TinyGo; // Go's compiler for small machines
        return Write(language, folder, text => text
            .Replace("@name@", folder.Name, StringComparison.Ordinal)
            .Replace("@module@", folder.Name.Replace('-', '_'), StringComparison.Ordinal)
            .Replace("@tested@", Tested(language), StringComparison.Ordinal));
    }

    /// <summary>Writes the files of a template, each changed by <paramref name="fill"/>.</summary>
    internal static IReadOnlyList<string> Write(string template, DirectoryInfo folder, Func<string, string> fill)
    {
        if (folder.Exists && folder.EnumerateFileSystemInfos().Any())
            throw new ToolException(ToolError.FolderNotEmpty,
                $"{folder.FullName} holds {folder.EnumerateFileSystemInfos().Count()} files or folders");
        string[] names =
            [.. typeof(Starter).Assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith(Prefix + template + "/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        List<string> written = [];
        foreach (string name in names)
        {
            string file = name[(Prefix.Length + template.Length + 1)..], path = Path.Combine(folder.FullName, file);
            using StreamReader text = new(typeof(Starter).Assembly.GetManifestResourceStream(name)!);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, fill(text.ReadToEnd()));
            written.Add(file);
        }
        return written;
    }

    /// <summary>A name that compilers, packages and the shell take as it is.</summary>
    /// <exception cref="ToolException">The name cannot be used.</exception>
    internal static void CheckName(string name)
    {
        if (!Name().IsMatch(name))
            throw new ToolException(ToolError.UnknownName,
                $"'{name}' cannot name a project: use small letters, digits, - and _, with a letter first");
    }

    [GeneratedRegex("^[a-z][a-z0-9_-]*$")]
    private static partial Regex Name();
}
