// SPDX-License-Identifier: MIT
// A program that may be needed, its purpose, and the command that installs it.
using System.Collections.Generic;
using System.Linq;
using Wamr.Nano.Tool.Boards;

namespace Wamr.Nano.Tool.Doctor;

/// <summary>How it is installed.</summary>
internal enum Installer
{
    /// <summary>A Debian package: all of them are installed in one command.</summary>
    Apt,

    /// <summary>A command of its own.</summary>
    Command,

    /// <summary>By hand, as a page says.</summary>
    Page,
}

/// <param name="Group">What it belongs to: basics, apps, boards, other languages.</param>
/// <param name="Name">What people call it.</param>
/// <param name="For">What it is needed for.</param>
/// <param name="Program">The program to look for.</param>
/// <param name="Installer">How to install it.</param>
/// <param name="Source">Its Debian package, or the command.</param>
/// <param name="File">A file to look for in place of the program.</param>
/// <param name="FileQuestion">Arguments for which the program prints the name of a file or folder, which must exist.</param>
/// <param name="AtLeast">The lowest version that does, as far as its first number.</param>
internal sealed record Requirement(string Group, string Name, string For, string Program, Installer Installer, string Source,
    string? File = null, string? FileQuestion = null, int AtLeast = 0)
{
    private const string Basics = "basics", Apps = "apps in C", Boards = "boards", Languages = "other languages", Tests = "tests";

    /// <summary>All there are; those of the boards as their board.json names them.</summary>
    internal static IReadOnlyList<Requirement> All(IReadOnlyList<BoardInfo> boards) =>
    [
        new(Basics, ".NET SDK 10", "everything", "dotnet", Installer.Command,
            "curl -sSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0", AtLeast: 10),
        new(Basics, "gcc", "firmware for this machine, NativeAOT", "gcc", Installer.Apt, "gcc"),
        new(Basics, "zlib headers", "NativeAOT", "", Installer.Apt, "zlib1g-dev", "/usr/include/zlib.h"),
        new(Apps, "clang", "C to WebAssembly", "clang", Installer.Apt, "clang"),
        new(Apps, "wasm-ld", "C to WebAssembly", "wasm-ld", Installer.Apt, "lld"),
        new(Apps, "WASI libc", "C with printf and malloc", "", Installer.Apt, "wasi-libc", "/usr/lib/wasm32-wasi/libc.a"),
        new(Apps, "binaryen", "smaller modules (wasm-opt)", "wasm-opt", Installer.Apt, "binaryen"),
        new(Apps, "WABT", "text format (wat2wasm)", "wat2wasm", Installer.Apt, "wabt"),
        .. OfBoards(boards),
        new(Languages, "Rust", "'wnano new --language rust'", "cargo", Installer.Command,
            "curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh"),
        new(Languages, "Rust for WebAssembly", "'wnano new --language rust'", "rustc", Installer.Command,
            "rustup target add wasm32-unknown-unknown",
            FileQuestion: "--print target-libdir --target wasm32-unknown-unknown"),
        new(Languages, "npm", "AssemblyScript, which 'npm install' in a starter brings", "npm", Installer.Apt, "npm"),
        new(Languages, "Zig", "'wnano new --language zig'", "zig", Installer.Page, "https://ziglang.org/download"),
        new(Languages, "TinyGo", "'wnano new --language go'", "tinygo", Installer.Page, "https://tinygo.org/getting-started/install"),
        new(Tests, "Chromium", "the tests of pictures", "chromium", Installer.Apt, "chromium"),
    ];

    private static IEnumerable<Requirement> OfBoards(IReadOnlyList<BoardInfo> boards) => boards
        .SelectMany(board => new[] { ("compiles for", board.Compiler), ("emulates", board.Emulator), ("flashes", board.Flasher) }
            .Where(use => use.Item2 is not null and not { Program: "gcc" })
            .Select(use => (What: use.Item1, Tool: use.Item2!, board.Name)))
        .GroupBy(use => use.Tool.Program)
        .Select(uses =>
            new Requirement(Boards, uses.Key, $"{uses.First().What} {string.Join(", ", uses.Select(use => use.Name).Distinct())}", uses.Key,
                Kind(uses.First().Tool.Package), uses.First().Tool.Package));

    /// <summary>How board.json and the flash tools name what must be installed: a Debian package, a web page, or a command.</summary>
    private static Installer Kind(string source) =>
        source.StartsWith("https:", System.StringComparison.Ordinal) ? Installer.Page
        : source.Contains(' ', System.StringComparison.Ordinal) ? Installer.Command
        : Installer.Apt;

    /// <summary>How to install all of them, as a part of a sentence: one command installs all Debian packages.</summary>
    internal static string HowTo(IReadOnlyList<string> sources)
    {
        string packages = string.Join(' ', sources.Where(source => Kind(source) == Installer.Apt));
        string[] ways =
            [.. packages.Length == 0 ? [] : new[] { $"'sudo apt install {packages}'" },
                .. sources.Where(source => Kind(source) != Installer.Apt).Select(HowTo)];
        return string.Join(" and ", ways);
    }

    /// <summary>How to install it, as a part of a sentence.</summary>
    internal static string HowTo(string source) =>
        Kind(source) switch { Installer.Page => source, Installer.Command => $"'{source}'", _ => $"'sudo apt install {source}'" };
}

/// <param name="Requirement">The requirement that was checked.</param>
/// <param name="Found">Its version or place; null if it is missing.</param>
/// <param name="Note">A note about it; null for none.</param>
internal sealed record Finding(Requirement Requirement, string? Found, string? Note = null);
