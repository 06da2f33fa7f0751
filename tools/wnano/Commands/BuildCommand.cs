// SPDX-License-Identifier: MIT
// wnano build: the firmware of a board, with an app in it if one is given.
using System;
using System.CommandLine;
using System.IO;
using System.Text.Json.Nodes;
using Spectre.Console;
using Wamr.Nano.Tool.Apps;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Build;
using Wamr.Nano.Tool.Devices;
using Wamr.Nano.Tool.Flash;
using Wamr.Nano.Tool.Measure;
using Wamr.Nano.Tool.Printing;
using Wamr.Nano.Tool.Signing;
using Wamr.Nano.Tool.Usage;

namespace Wamr.Nano.Tool.Commands;

internal static class BuildCommand
{
    private const string BytesExtension = ".bin", MapExtension = ".map";

    internal static Command Create()
    {
        Argument<FileInfo?> module = new("module")
        {
            Description = "The .wasm file to include; by default, a module that does nothing.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<string> board = new("--board") { Description = "The board; 'wnano boards' lists them.", HelpName = "name", Required = true };
        Option<string> backend = FirmwareOptions.BackendOption();
        Option<string> profile = new("--profile")
        {
            Description =
                "What the firmware contains: full, interp (no WASI, no images), xip (native "
                + "images only) or bytecode (bytecode images only).",
            DefaultValueFactory = _ => "full",
        };
        Option<string?> optimize = new("--optimize")
        {
            Description = "Optimisation of the C code, such as -O2; by default, that of the board.",
            HelpName = "option",
        };
        Option<bool> server = new("--server")
        {
            Description =
                "Build the app server instead, which runs apps from slots and answers commands such as 'wnano install' (docs/SLOTS.md).",
        };
        Option<FileInfo?> key = new("--key")
        {
            Description = "Public key of the owner: the firmware refuses .wasm files, and images without the owner's signature.",
            HelpName = "file",
        };
        LoadOptions load = new();
        Option<bool> allowUnlinked = Host.AllowUnlinkedOption();
        Option<FileInfo?> output = new("--output", "-o")
        {
            Description =
                "Name of the ELF file. The contents of flash and the linker's map go to the same name with .bin and .map. For an ESP32 "
                + "board: the folder for its project.",
            HelpName = "file",
        };
        Option<bool> json = Output.JsonOption();
        WnanoCommand command = new(
            "build", "Build the firmware of a board.",
            ("wnano build app.wasm --board stm32f405 -o firmware.elf", "a firmware with the app in it"),
            ("wnano build --board mps2-an386 --server -o server.elf", "a firmware to install apps on"))
        { module, board, backend, profile, optimize, key, server, allowUnlinked, output, json };
        load.AddTo(command);
        command.SetAction(parsed => Program.Guard(() =>
        {
            SourceTree tree = SourceTree.Find();
            bool isServer = parsed.GetValue(server);
            FirmwareBuild build = new(tree, tree.Board(parsed.GetRequiredValue(board)), new()
            {
                Backend = parsed.GetValue(backend)!,
                Profile = parsed.GetValue(profile)!,
                Program = isServer ? FirmwareOptions.Server : FirmwareOptions.Run,
                Optimize = parsed.GetValue(optimize),
                OwnerKey = Owner(parsed.GetValue(key), parsed.GetValue(profile)!),
            });
            FileInfo? app = parsed.GetValue(module);
            if (isServer && app != null)
                throw new UsageException("the app server takes its apps from slots: 'wnano install' puts them there");
            if (parsed.GetValue(allowUnlinked) && app == null)
                throw new UsageException($"{allowUnlinked.Name} is for a firmware with an app in it: name the app");
            if (build.Board.Component != null) return Project(tree, build, isServer ? parsed.GetValue(output)?.FullName : null);
            byte[]? binary = app == null ? null : Host.Read(app);
            if (binary != null) AppImage.Demand(binary, build.Board);
            string elf = FirmwareLink.Link(build, new()
            {
                ModuleFile = app?.FullName ?? tree.EmptyModule,
                AllowUnlinked = parsed.GetValue(allowUnlinked),
                Load = binary != null ? load.Of(parsed, binary) : load.Of(parsed),
            });
            if (parsed.GetValue(output) is FileInfo to) elf = Copy(elf, to.FullName);
            if (build.Board.IsFreestanding)
                File.WriteAllBytes(Path.ChangeExtension(elf, BytesExtension), FirmwareImage.Read(File.ReadAllBytes(elf), elf).Bytes);
            return Print(build.Board, elf, parsed.GetValue(json));
        }));
        return command;
    }

    /// <summary>The owner's public key. Only profiles that run images have one: .wasm files carry no signature.</summary>
    private static byte[]? Owner(FileInfo? file, string profile)
    {
        if (file == null) return null;
        if (profile == "interp")
            throw new UsageException("profile 'interp' runs .wasm files, which carry no signature: name another one with --profile");
        return OwnerKey.ReadPublic(file);
    }

    /// <summary>Copies a firmware with its linker's map, which says where each part came from.</summary>
    private static string Copy(string elf, string to)
    {
        if (Path.GetExtension(to) is BytesExtension or MapExtension)
            throw new UsageException(
                $"--output '{to}': name the ELF file, such as firmware.elf; the other files have its name "
                + $"and end in {BytesExtension} and {MapExtension}");
        File.Copy(elf, to, overwrite: true);
        string map = Path.ChangeExtension(elf, MapExtension);
        if (File.Exists(map)) File.Copy(map, Path.ChangeExtension(to, MapExtension), overwrite: true);
        return to;
    }

    internal static Option<string> BackendOption() => new("--backend")
    {
        Description = "How the firmware's C# becomes machine code: c (through C and the board's compiler) or nativeaot (through "
            + "ILCompiler).",
        HelpName = "name",
        DefaultValueFactory = _ => BoardInfo.TranslatedC,
    };

    /// <summary>Writes the project of a board whose firmware another build system links.</summary>
    private static int Project(SourceTree tree, FirmwareBuild build, string? folder)
    {
        string board = build.Board.Name;
        if (folder == null)
            throw new UsageException(
                $"firmware of board '{board}' is built by {build.Board.Component}: 'wnano build --board {board} "
                + $"--server --output folder' writes its project");
        Component.Write(tree, build, folder);
        Console.WriteLine($"project for {build.Board.Component}: {folder}");
        return 0;
    }

    private static int Print(BoardInfo board, string elf, bool json)
    {
        FirmwareSections size = FirmwareSections.Of(elf);
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
