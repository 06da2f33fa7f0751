// SPDX-License-Identifier: MIT
// Compiles a program for WASI and for this machine, once for each state of its sources.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tool.Build;

namespace Wamr.Nano.Tests.Slow.Programs;

internal static class GuestBuild
{
    private const int StackBytes = 64 << 10;

    /// <summary>The program as WebAssembly; the test is skipped where it cannot be made here.</summary>
    public static string Wasm(GuestProgram program) => Path.Combine(Folder(program), "program.wasm");

    /// <summary>The program of the machine's own C compiler.</summary>
    public static string Native(GuestProgram program) => Path.Combine(Folder(program), "program");

    private static string Folder(GuestProgram program)
    {
        string library = Library(program), own = Repository.PathOf("Wamr.Nano.Tests/Slow/Programs/Sources");
        IEnumerable<string> read = Directory.EnumerateFiles(Path.Combine(own, "include"))
            .Order(StringComparer.Ordinal).Append(Path.Combine(own, $"{program.Name}.c"));
        string state = string.Join('\0',
            [library, $"{StackBytes}", .. program.Flags, .. program.WasmFlags, .. program.Files ?? [], .. read.Select(File.ReadAllText)]);
        string hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(state)))[..12];
        return PackageCache.Folder($"program-{program.Name}-{hash}", ["clang", "wasm-ld", "gcc"],
            made => Compile(program, library, own, made));
    }

    private static string Library(GuestProgram program)
    {
        if (program.Package.Length == 0) return "";
        if (!program.IsNpm) return Path.Combine(PackageCache.DebianSources(GuestProgram.DebianPackages), program.Package);
        int at = program.Package.LastIndexOf('@');
        return PackageCache.Npm(program.Package[4..at], program.Package[(at + 1)..]);
    }

    private static void Compile(GuestProgram program, string library, string own, string made)
    {
        foreach ((string from, string to) in program.Copies) File.Copy(Path.Combine(library, from), Path.Combine(made, to));
        string[] sources =
            [Path.Combine(own, $"{program.Name}.c"), .. (program.Files ?? []).SelectMany(list => Sources(list, library, made))];
        string[] common =
        [
            "-std=gnu11", "-w", "-ffp-contract=off", $"-I{Path.Combine(own, "include")}", $"-I{made}",
            .. (program.Includes ?? []).Select(folder => $"-I{Path.Combine(library, folder)}"), .. program.Flags,
        ];
        ExternalProgram.Run("clang",
            ["--target=wasm32-wasi", .. common, .. program.WasmFlags.Where(flag => flag[1] != 'l'), .. sources,
                .. program.WasmFlags.Where(flag => flag[1] == 'l'),
                "-s", $"-Wl,--export=__heap_base,--export=__data_end,-z,stack-size={StackBytes}", "-o",
                    Path.Combine(made, "program.wasm")]);
        ExternalProgram.Run("gcc", [.. common, .. sources, "-o", Path.Combine(made, "program"), "-lm"]);
    }

    private static IEnumerable<string> Sources(string list, string library, string made)
    {
        string folder = list[..(list.IndexOf('/') + 1)], names = list[folder.Length..];
        while (names.Contains('/')) (folder, names) = (folder + names[..(names.IndexOf('/') + 1)], names[(names.IndexOf('/') + 1)..]);
        string root = folder == "made/" ? made : Path.Combine(library, folder);
        return names.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(name => Path.Combine(root, name + ".c"));
    }
}
