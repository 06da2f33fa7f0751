// SPDX-License-Identifier: MIT
// wnano embed: the runtime as a C library, for firmware that is written in C or C++.
using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Build;
using Wamr.Nano.Tool.Usage;

namespace Wamr.Nano.Tool.Commands;

internal static class EmbedCommand
{
    internal static Command Create()
    {
        Option<DirectoryInfo> output = new("--output", "-o")
        {
            Description = "Folder for the library; files with the same names are replaced.",
            HelpName = "folder",
            Required = true,
        };
        Option<string> profile = new("--profile")
        {
            Description =
                "What the library contains: full, interp (no WASI, no images), xip (native "
                + "images only) or bytecode (bytecode images only).",
            DefaultValueFactory = _ => "full",
        };
        Option<string?> board = new("--board")
        {
            Description = "Also compile libwamr_nano.a for this board; 'wnano boards' lists them.",
            HelpName = "name",
        };
        WnanoCommand command = new(
            "embed", "Write the runtime as a C library: sources, a header and a CMake file (docs/EMBEDDING.md).",
            ("wnano embed -o wamr_nano", "sources for a project that uses CMake or ESP-IDF"),
            ("wnano embed -o wamr_nano --profile xip --board stm32f405",
                "with libwamr_nano.a for that board, which runs native images only"))
        { output, profile, board };
        command.SetAction(parsed => Program.Guard(() =>
        {
            SourceTree tree = SourceTree.Find();
            string name = parsed.GetValue(profile)!, folder = parsed.GetRequiredValue(output).FullName;
            if (!tree.Profiles.Contains(name))
                throw new UsageException($"there is no profile '{name}': {string.Join(", ", tree.Profiles)}");
            FirmwareBuild? build = parsed.GetValue(board) is string wanted ? new(tree, tree.Board(wanted), new() { Profile = name }) : null;
            IReadOnlyList<string> sources = new CLibrary(tree, name).Write(folder);
            if (build != null) Console.WriteLine(CLibrary.Archive(folder, sources, build));
            Console.WriteLine($"C library in {parsed.GetRequiredValue(output)}: wamr_nano.h is its API, CMakeLists.txt builds it");
            return 0;
        }));
        return command;
    }
}
