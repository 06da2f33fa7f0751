// SPDX-License-Identifier: MIT
// wnano new: the starter in C builds and runs, the others are written with their options and marked as untested, a new board builds.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Build;
using Wamr.Nano.Tool.Fit;
using Wamr.Nano.Tool.Measure;
using Wamr.Nano.Tool.Starters;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Tools;

public sealed class StarterTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wnano-new");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Starter_in_C_builds_runs_and_fits_the_smallest_board()
    {
        string app = Path.Combine(_folder.FullName, "blink");
        ProcessResult r = Wnano.Run("new", app);
        Assert.Equal((0, ""), (r.ExitCode, r.Error));
        Assert.Contains("README.md describes the next steps", r.Output, StringComparison.Ordinal);
        if (ExternalProgram.Locate("clang") == null || ExternalProgram.Locate("wasm-ld") == null) return;
        ProcessResult build = Wnano.Start("sh", Path.Combine(app, "build.sh"));
        Assert.Equal((0, ""), (build.ExitCode, build.Error));
        string module = Path.Combine(app, "blink.wasm");
        Assert.Matches(@"^(reading \d+\.\d{3}\n){3}run: \d+\n$", Wnano.Run("run", module, "--invoke", "run", "3").Output);
        JsonNode fit = JsonNode.Parse(Wnano.Run("fit", module, "--json", "--invoke", "run", "3").Output)!;
        // What this machine needs, with its larger pointers, is more than a board does.
        long smallest = new SourceTree(Repository.PathOf("")).AllBoards()
            .Select(board => board.Pool.Sum(part => part.Bytes)).Where(bytes => bytes != 0).Min();
        Assert.True((uint)fit["pool"]! < smallest, $"{fit["pool"]} B of {smallest} B");
    }

    /// <summary>Where a compiler is missing the test says which: CI has those that its packages bring.</summary>
    [SkippableTheory]
    [InlineData("c")]
    [InlineData("assemblyscript")]
    [InlineData("rust")]
    [InlineData("zig")]
    [InlineData("tinygo")]
    public void Starter_fits_a_board_of_8_KB_and_is_advised_in_the_words_of_its_language(string language)
    {
        DirectoryInfo app = new(Path.Combine(_folder.FullName, "blink"));
        Starter.Write(language, app);
        string module = Built(language, app);
        Assert.Matches(@"^(reading \d+\.\d{3}\n){3}run: \d+\n$", Wnano.Run("run", module, "--invoke", "run", "3").Output);
        using Estimation estimation = new(new() { Module = File.ReadAllBytes(module) }, 0);
        Assert.True(estimation.Facts.Truncated, $"the memory has {estimation.Facts.MemoryBytes} B");
        JsonNode fit = Json("fit", module, "--json", "--invoke", "run", "3");
        Assert.True((uint)fit["pool"]! < 4096, fit.ToJsonString());
        string option = language switch
        {
            "c" => "-Wl,", "rust" => "-C link-arg=", "assemblyscript" => "asconfig.json", "zig" => "--", _ => "in the target's file",
        };
        foreach (JsonNode? advice in fit["advice"]!.AsArray())
        {
            string text = (string)advice!["option"]!;
            Assert.True(text.StartsWith("wnano", StringComparison.Ordinal)
                || text.StartsWith("--stack", StringComparison.Ordinal) || text.Contains(option, StringComparison.Ordinal), text);
        }
        IReadOnlyList<string> missing = new SourceTree(Repository.PathOf("")).Board("stm32f100").MissingPackages;
        Skip.If(missing.Count != 0, $"{string.Join(", ", missing)} is missing, for stm32f100");
        JsonNode there = Json("fit", module, "--board", "stm32f100", "--json", "--invoke", "run", "3");
        Assert.Equal(("run on the board", true), ((string)there["method"]!, (bool)there["board"]!["fits"]!));
    }

    /// <summary>The starter's module by its own build; the test is skipped without its compiler.</summary>
    private static string Built(string language, DirectoryInfo app)
    {
        string module = Path.Combine(app.FullName, "blink.wasm");
        switch (language)
        {
            case "assemblyscript":
                Skip.If(ExternalProgram.Locate("npm") == null, "npm is missing, which brings AssemblyScript");
                ExternalProgram.Run("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error"], app.FullName);
                ExternalProgram.Run("npm", ["run", "build"], app.FullName);
                return module;
            case "rust":
                Skip.If(
                    Cargo() is null,
                    "Rust's cargo with the library for wasm32-unknown-unknown is missing: apt install cargo libstd-rust-dev-wasm32");
                ExternalProgram.Run(
                    "env", [$"PATH={Path.GetDirectoryName(Cargo())}:/usr/bin:/bin", Cargo()!, "build", "--release", "--offline"],
                        app.FullName);
                return Path.Combine(app.FullName, "target/wasm32-unknown-unknown/release/blink.wasm");
            default:
                string compiler = language == "c" ? "clang" : language;
                Skip.If(
                    ExternalProgram.Locate(compiler) == null || (language == "c" && !Cases.HasClang),
                    $"{compiler} is missing, the compiler of the starter in {language}");
                ExternalProgram.Run("sh", [Path.Combine(app.FullName, "build.sh")], app.FullName);
                return module;
        }
    }

    /// <summary>A cargo whose compiler has its library for WebAssembly: Debian's has it in a package of its own. Null without.</summary>
    private static string? Cargo() =>
        ExternalProgram.LocateAll("cargo").Prepend("/usr/bin/cargo").Where(File.Exists).FirstOrDefault(cargo =>
    {
        ProcessResult r = Wnano.Start(Path.Combine(Path.GetDirectoryName(cargo)!, "rustc"), "--print", "sysroot");
        return r.ExitCode == 0 && Directory.Exists(Path.Combine(r.Output.Trim(), "lib/rustlib/wasm32-unknown-unknown"));
    });

    private static JsonNode Json(params string[] arguments)
    {
        ProcessResult r = Wnano.Run(arguments);
        Assert.True(r.ExitCode == 0, r.Error);
        return JsonNode.Parse(r.Output)!;
    }

    [Theory]
    [InlineData("rust", "Cargo.toml", "link-arg=--export=__heap_base", "Tried with rustc 1.63")]
    [InlineData("assemblyscript", "asconfig.json", "\"stub\"", "Tried with AssemblyScript 0.27.37")]
    [InlineData("zig", "build.sh", "--export=__heap_base", "Untested")]
    [InlineData("tinygo", "target.json", "\"leaking\"", "Untested")]
    public void Starter_of_another_language_has_its_options_and_says_what_it_was_tried_with(string language, string file,
        string option, string tried)
    {
        DirectoryInfo app = new(Path.Combine(_folder.FullName, "my-app"));
        var files = Starter.Write(language, app);
        Assert.Contains(file, files);
        string all = string.Concat(app.EnumerateFiles("*", SearchOption.AllDirectories).Select(one => File.ReadAllText(one.FullName)));
        Assert.Contains(option, all, StringComparison.Ordinal);
        Assert.Contains(tried, File.ReadAllText(Path.Combine(app.FullName, "README.md")), StringComparison.Ordinal);
        Assert.DoesNotMatch("@[a-z]+@", all);
    }

    [Fact]
    public void Go_is_the_starter_for_TinyGo()
    {
        DirectoryInfo go = new(Path.Combine(_folder.FullName, "go")), tiny = new(Path.Combine(_folder.FullName, "tiny"));
        Assert.Equal(Starter.Write("tinygo", tiny), Starter.Write("go", go));
    }

    /// <summary>A lock file that the one writes stopped the other: 'lock file version 4 was found'.</summary>
    [Fact]
    public void Rust_starter_builds_with_the_oldest_cargo_after_the_newest_has_been_there()
    {
        string[] cargos = [.. ExternalProgram.LocateAll("cargo").Where(cargo => Wnano.Start(cargo, "--version").ExitCode == 0)];
        if (cargos.Length < 2) return;
        DirectoryInfo app = new(Path.Combine(_folder.FullName, "blink"));
        Starter.Write("rust", app);
        foreach (string cargo in cargos.Concat(cargos))
        {
            ProcessResult r = Wnano.Start(cargo, "metadata", "--offline", "--format-version", "1", "--manifest-path",
                Path.Combine(app.FullName, "Cargo.toml"));
            Assert.True(r.ExitCode == 0, $"{cargo}: {r.Error}");
        }
    }

    [Fact]
    public void Starters_of_all_languages_import_and_export_the_same()
    {
        foreach (string language in Starter.Languages)
        {
            DirectoryInfo app = new(Path.Combine(_folder.FullName, language));
            Starter.Write(language, app);
            string all = string.Concat(app.EnumerateFiles("*", SearchOption.AllDirectories).Select(one => File.ReadAllText(one.FullName)));
            foreach (string word in new[] { "_start", "sensor", "console", "print", "run", "highest", "__heap_base", "\"reading \"" })
                Assert.Contains(word, all, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Folder_with_something_in_it_and_a_bad_name_are_refused()
    {
        string app = Path.Combine(_folder.FullName, "full");
        Directory.CreateDirectory(app);
        File.WriteAllText(Path.Combine(app, "mine.txt"), "mine");
        Assert.StartsWith("WN8201", Wnano.Run("new", app).Error, StringComparison.Ordinal);
        Assert.Equal(["mine.txt"], Directory.GetFiles(app).Select(Path.GetFileName));
        Assert.StartsWith("WN8202 'My App'", Wnano.Run("new", Path.Combine(_folder.FullName, "My App")).Error, StringComparison.Ordinal);
        Assert.Equal(2, Wnano.Run("new").ExitCode);
        Assert.Equal(2, Wnano.Run("new", "x", "--language", "cobol").ExitCode);
    }

    [Fact]
    public void New_board_is_a_copy_with_its_own_name_and_a_list_of_what_to_do()
    {
        SourceTree tree = Tree();
        (DirectoryInfo folder, var files) = BoardStarter.Write(tree, "mine", "mps2-an385");
        Assert.Equal(["Fpga.cs", "README.md", "board.json"], files);
        Assert.Equal(["mine", "mps2-an385"], tree.AllBoards().Select(board => board.Name));
        BoardInfo board = tree.Board("mine");
        Assert.Equal(("Cortex-M3", 0), (board.Cpu, BoardBudget.Of(board).Figures.Count));
        Assert.Contains("wnano build --board mine", File.ReadAllText(Path.Combine(folder.FullName, "README.md")), StringComparison.Ordinal);
        Assert.ThrowsAny<Exception>(() => BoardStarter.Write(tree, "mine", "mps2-an385"));
    }

    /// <summary>A source tree with one board.</summary>
    private SourceTree Tree()
    {
        foreach (string file in new[] { "common/Firmware.cs", "mps2-an385/board.json", "mps2-an385/Fpga.cs" })
        {
            string to = Path.Combine(_folder.FullName, "boards", file);
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(Repository.PathOf("boards/" + file), to);
        }
        return new(_folder.FullName);
    }
}
