// SPDX-License-Identifier: MIT
// The command line: iltoc assembly.dll -o out.c.
using System;
using System.CommandLine;
using System.IO;

namespace Wamr.Nano.IlToC;

internal static class Program
{
    private static int Main(string[] args)
    {
        var assembly = new Argument<FileInfo>("assembly")
        {
            Description = "Freestanding assembly (its own core library), portable pdb beside it or embedded",
        };
        var output = new Option<FileInfo>("--output", "-o") { Description = "C file to write", Required = true };
        var header = new Option<FileInfo?>("--header") { Description = "Header to write; default: the C file's name with .h" };
        var roots = new Option<string[]>("--root")
        {
            Description = "Also translate this method (Type.Method or Type.*); may be repeated",
            DefaultValueFactory = _ => [],
        };
        var noLine = new Option<bool>("--no-line") { Description = "Write no #line directives" };
        var sourceRoot = new Option<string?>("--source-root")
        {
            Description = "Folder that file names are relative to; default: the one all sources share",
        };
        var command = new RootCommand("Translates the IL of a freestanding C# assembly to one C11 file.")
        {
            assembly, output, header, roots, noLine, sourceRoot,
        };
        command.SetAction(result => Run(
            new TranslationOptions(result.GetRequiredValue(assembly).FullName)
            {
                Roots = result.GetValue(roots) ?? [],
                SourceRoot = result.GetValue(sourceRoot),
                Lines = !result.GetValue(noLine),
            },
            result.GetRequiredValue(output).FullName, result.GetValue(header)?.FullName));
        return command.Parse(args).Invoke();
    }

    private static int Run(TranslationOptions options, string output, string? header)
    {
        header ??= Path.ChangeExtension(output, ".h");
        try
        {
            var result = Translation.Run(options);
            File.WriteAllText(output, result.Source);
            File.WriteAllText(header, result.Header(Guard(header)));
            return 0;
        }
        catch (TranslationException e)
        {
            foreach (var refusal in e.Refusals) Console.Error.WriteLine(refusal);
            Console.Error.WriteLine($"iltoc: {e.Refusals.Count} refused; the rules are in docs/LANGUAGE.md");
            return 1;
        }
        catch (Exception e) when (e is IOException or BadImageFormatException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine("iltoc: " + e.Message);
            return 2;
        }
    }

    private static string Guard(string header)
    {
        string name = CNames.Identifier(Path.GetFileName(header)).ToUpperInvariant();
        return char.IsAsciiLetter(name[0]) ? name : "H" + name;
    }
}
