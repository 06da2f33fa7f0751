// SPDX-License-Identifier: MIT
// wnano build: the firmware of a board, with an app in it where one is given.
using System;
using System.CommandLine;
using System.IO;
using System.Text.Json.Nodes;
using Spectre.Console;
using Wamr.Nano.Tool.Boards;

namespace Wamr.Nano.Tool.Commands;

internal static class BuildCommand
{
    internal static Command Create()
    {
        Argument<FileInfo?> module = new("module") { Description = "The .wasm file to put in; without, a module that does nothing.", Arity = ArgumentArity.ZeroOrOne };
        Option<string> board = new("--board") { Description = "The board; 'wnano boards' lists them.", HelpName = "name", Required = true };
        Option<string> backend = BackendOption();
        Option<string> profile = new("--profile") { Description = "Host modules that are in: full or interp (no WASI).", DefaultValueFactory = _ => "full" };
        Option<string?> optimize = new("--optimize") { Description = "Optimisation of the C code, such as -O2; without, the board's.", HelpName = "option" };
        Option<FileInfo?> output = new("--output", "-o") { Description = "Copy the ELF file to this name.", HelpName = "file" };
        Option<bool> json = Output.JsonOption();
        Command command = new("build", "Build the firmware of a board.") { module, board, backend, profile, optimize, output, json };
        command.SetAction(parsed => Program.Guard(() =>
        {
            SourceTree tree = SourceTree.Find();
            FirmwareBuild build = new(tree, tree.Board(parsed.GetRequiredValue(board)), new()
            {
                Backend = parsed.GetValue(backend)!,
                Profile = parsed.GetValue(profile)!,
                Optimize = parsed.GetValue(optimize),
            });
            string app = parsed.GetValue(module)?.FullName ?? tree.EmptyModule;
            string elf = FirmwareLink.Link(build, new() { ModuleFile = app });
            if (parsed.GetValue(output) is FileInfo copy) File.Copy(elf, copy.FullName, overwrite: true);
            return Print(build.Board, parsed.GetValue(output)?.FullName ?? elf, parsed.GetValue(json));
        }));
        return command;
    }

    internal static Option<string> BackendOption() => new("--backend")
    {
        Description = "What makes machine code of the firmware's C#: c (translated to C, for the board's compiler) or nativeaot (ILCompiler).",
        HelpName = "name",
        DefaultValueFactory = _ => BoardInfo.TranslatedC,
    };

    private static int Print(BoardInfo board, string elf, bool json)
    {
        FirmwareSize size = FirmwareSize.Of(elf);
        if (json)
        {
            Output.Json(new JsonObject
            {
                ["board"] = board.Name,
                ["elf"] = elf,
                ["text"] = size.Text,
                ["rodata"] = size.ReadOnly,
                ["data"] = size.Data,
                ["bss"] = size.Zeroed,
                ["flash"] = size.Flash,
                ["libraries"] = size.Libraries,
                ["app"] = size.App,
            });
            return 0;
        }
        Table table = Output.Table("section", "bytes");
        table.AddRow("code (.text)", Bytes.Text(size.Text)).AddRow("constants (.rodata)", Bytes.Text(size.ReadOnly));
        table.AddRow("variables (.data)", Bytes.Text(size.Data)).AddRow("variables, zero (.bss)", Bytes.Text(size.Zeroed));
        table.AddRow("flash without app", Bytes.Text(size.Flash)).AddRow("  of it the compiler's library", Bytes.Text(size.Libraries));
        table.AddRow("app", Bytes.Text(size.App));
        Output.Print(table);
        Console.WriteLine(elf);
        return 0;
    }
}
