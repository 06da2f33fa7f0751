// SPDX-License-Identifier: MIT
// wnano compile names the C compiler it used, and warns of one that native code is not proved with.
using System;
using System.IO;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Xip;
using Wamr.Nano.Xip;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Cli;

[SupportedOSPlatform("linux")]
public sealed class CompilerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wnano-cc").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [CompilerTheory]
    [MemberData(nameof(Compilers))]
    public void Compiler_is_named_and_one_that_is_not_proved_warned_of(string program)
    {
        CompilerInfo info = ImageCompiler.CompilerFor(new() { Target = "x86_64", Compiler = program });
        ProcessResult r = Compile(program, "--json");
        JsonNode json = JsonNode.Parse(r.Output)!;
        Assert.Equal((0, info.ToString(), info.IsProved), (r.ExitCode, (string)json["compiler"]!, (bool)json["proved"]!));
        Assert.Equal(info.IsProved, !r.Error.Contains("warning: ", StringComparison.Ordinal));
    }

    [CompilerTheory]
    [InlineData("gcc 99.1.2")]
    public void Warning_names_the_compilers_that_are_proved(string name)
    {
        string compiler = Script("printf '#define __GNUC__ 99\\n#define __GNUC_MINOR__ 1\\n#define __GNUC_PATCHLEVEL__ 2\\n'");
        ProcessResult r = Compile(compiler);
        Assert.Equal(0, r.ExitCode);
        string proved = CompilerInfo.Proved;
        string warning = $"warning: {compiler} is {name}; native code is tested with {proved}: test the image, or name one of those (--cc)";
        Assert.Contains(warning, r.Error.Split('\n'));
        string help = Wnano.Run("compile", "--help").Output.ReplaceLineEndings(" ").Replace("  ", "", StringComparison.Ordinal);
        Assert.Contains(proved, help, StringComparison.Ordinal);
    }

    [CompilerTheory]
    [InlineData("echo hello", "is neither gcc nor clang")]
    [InlineData("echo no input >&2; exit 1", "no input")]
    public void Program_that_is_no_compiler_is_refused(string script, string reason)
    {
        ProcessResult r = Compile(Script(script));
        Assert.Equal(1, r.ExitCode);
        Assert.Contains("WN8109", r.Error, StringComparison.Ordinal);
        Assert.Contains(reason, r.Error, StringComparison.Ordinal);
    }

    [CompilerTheory]
    [InlineData(0)]
    public void Clang_is_refused_for_other_processors(int minor)
    {
        string compiler = Script($"printf '#define __clang__ 1\\n#define __clang_major__ 14\\n#define __clang_minor__ {minor}\\n'");
        ProcessResult r = Wnano.Run("compile", Module, "--target", "thumbv7em-fp", "--cc", compiler, "-o", Path.Combine(_folder, "a.xip"));
        Assert.Equal(1, r.ExitCode);
        string reason = "clang 14.0.0, which makes native code for x86_64 alone: thumbv7em-fp needs arm-none-eabi-gcc";
        Assert.Contains(reason, r.Error, StringComparison.Ordinal);
    }

    public static TheoryData<string> Compilers => [.. NativeCompilers.Names];

    private static string Module => Repository.PathOf("bench/footprint/add.wasm");

    private ProcessResult Compile(string compiler, params string[] more) =>
        Wnano.Run(["compile", Module, "--target", "x86_64", "--cc", compiler, "-o", Path.Combine(_folder, "a.xip"), .. more]);

    /// <summary>A program that says what it is by these commands, and otherwise is gcc.</summary>
    private string Script(string asked)
    {
        string file = Path.Combine(_folder, "cc");
        File.WriteAllText(file, $"#!/bin/sh\nif [ \"$1\" = -dM ]; then {asked}; else exec gcc \"$@\"; fi\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return file;
    }
}
