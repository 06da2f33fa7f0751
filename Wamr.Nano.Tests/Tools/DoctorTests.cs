// SPDX-License-Identifier: MIT
// The doctor: what it finds on machines that have nothing, everything, or some of it; and here.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Doctor;
using Xunit;

namespace Wamr.Nano.Tests.Tools;

public class DoctorTests
{
    private static readonly IReadOnlyList<BoardInfo> Boards = new SourceTree(Repository.PathOf("")).AllBoards();

    [Fact]
    public void Machine_without_anything_gets_one_command_for_all_packages()
    {
        Examination nothing = new(_ => [], (_, _) => null, _ => false);
        IReadOnlyList<Finding> findings = nothing.Examine(Requirement.All(Boards));
        Assert.All(findings, finding => Assert.Null(finding.Found));
        string apt = Examination.Commands(findings)[0];
        Assert.StartsWith("sudo apt install ", apt, StringComparison.Ordinal);
        foreach (string package in new[] { "clang", "lld", "wasi-libc", "gcc-arm-none-eabi", "qemu-system-arm", "gcc-riscv64-unknown-elf" })
            Assert.Single(apt.Split(' '), package);
        Assert.Contains("rustup target add wasm32-unknown-unknown", Examination.Commands(findings));
        Assert.Equal("# TinyGo: https://tinygo.org/getting-started/install", Examination.Commands(findings)[^1]);
    }

    [Fact]
    public void Machine_with_everything_needs_no_command()
    {
        Examination everything = new(program => ["/usr/bin/" + program], (program, question) => question != "--version" ? "/usr/lib/target"
            : program.EndsWith("dotnet", StringComparison.Ordinal) ? "10.0.100" : program + " 1.0", _ => true);
        IReadOnlyList<Finding> findings = everything.Examine(Requirement.All(Boards));
        Assert.Empty(Examination.Commands(findings));
        Assert.Contains(findings, finding => finding.Found == "/usr/bin/clang 1.0");
    }

    [Theory]
    [InlineData("10.0.401", "10.0.401")]
    [InlineData("11.0.1", "11.0.1")]
    [InlineData("8.0.100", null)]
    [InlineData("It was not possible to find any SDK", null)]
    public void Old_SDK_counts_as_missing(string version, string? found)
    {
        Examination old = new(_ => ["/usr/bin/dotnet"], (_, _) => version, _ => false);
        Assert.Equal(found, old.Examine(Requirement.All([])).Single(finding => finding.Requirement.Program == "dotnet").Found);
    }

    [Fact]
    public void Rust_without_the_target_says_how_to_add_it()
    {
        Examination rust = new(program => ["/usr/bin/" + program], (_, _) => "/nowhere", _ => false);
        IReadOnlyList<Finding> findings = rust.Examine(Requirement.All([]));
        Assert.NotNull(findings.Single(finding => finding.Requirement.Name == "Rust").Found);
        Assert.Contains("rustup target add wasm32-unknown-unknown", Examination.Commands(findings));
    }

    /// <summary>Rust of rustup lies in front of Debian's, which alone has the target.</summary>
    [Fact]
    public void Finding_names_a_Rust_target_behind_the_compiler_that_is_found_first()
    {
        Examination both = new(
            program => program == "rustc" ? ["/home/me/.cargo/bin/rustc", "/usr/bin/rustc"] : [], (program, _) =>
                program.Contains("cargo", StringComparison.Ordinal) ? "/nowhere" : "/usr/lib/rustlib/wasm32-unknown-unknown/lib",
            file => file.StartsWith("/usr/lib", StringComparison.Ordinal));
        Finding target = both.Examine(Requirement.All([])).Single(finding => finding.Requirement.Program == "rustc");
        Assert.Equal("/usr/lib/rustlib/wasm32-unknown-unknown/lib", target.Found);
        Assert.Matches("/usr/bin/rustc has it, but /home/me/.cargo/bin/rustc comes first and does not: use "
            + "PATH=/usr/bin:.*rustup target add", target.Note);
    }

    /// <summary>The version of npm was shown as AssemblyScript's.</summary>
    [Fact]
    public void Version_is_shown_beside_the_name_of_the_program_that_has_it() =>
        Assert.All(Requirement.All([]).Where(one => one.Program == "npm"), one => Assert.Equal("npm", one.Name));

    [Fact]
    public void Only_what_is_missing_is_to_be_installed()
    {
        Examination some = new(program => program == "clang" ? ["/usr/bin/clang"] : [], (_, _) => null, _ => true);
        IReadOnlyList<Finding> findings = some.Examine(Requirement.All([]));
        Assert.Equal("/usr/bin/clang", findings.Single(finding => finding.Requirement.Name == "clang").Found);
        string apt = Examination.Commands(findings)[0];
        Assert.DoesNotContain("clang", apt.Split(' '));
        Assert.DoesNotContain("wasi-libc", apt.Split(' '));
        Assert.Contains("lld", apt.Split(' '));
    }

    [Fact]
    public void Every_tool_of_every_board_is_asked_for_with_its_package()
    {
        IReadOnlyList<Requirement> all = Requirement.All(Boards);
        foreach (BoardInfo board in Boards)
            foreach (BoardTool tool in new[] { board.Compiler, board.Emulator, board.Flasher }.OfType<BoardTool>())
                Assert.Contains(all, one => one.Program == tool.Program && (one.Source == tool.Package || tool.Program == "gcc"));
    }

    [Fact]
    public void Here_the_SDK_is_found_with_its_version()
    {
        ProcessResult r = Wnano.Run("doctor", "--json");
        Assert.Equal((0, ""), (r.ExitCode, r.Error));
        JsonNode sdk = JsonNode.Parse(r.Output)!["findings"]!.AsArray().Single(finding => (string)finding!["name"]! == ".NET SDK 10")!;
        Assert.Matches(@"^\d+\.\d+", (string)sdk["found"]!);
        Assert.Contains("for", Wnano.Run("doctor").Output, StringComparison.Ordinal);
    }
}
