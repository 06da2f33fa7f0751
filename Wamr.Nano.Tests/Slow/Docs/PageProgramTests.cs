// SPDX-License-Identifier: MIT
// The programs that pages show compile and run as they stand, on an ordinary module.
using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tool.Build;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Docs;

public sealed class PageProgramTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wnano-sample");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>One page of memory, nothing about a heap: what compilers make where nothing else is said.</summary>
    private static byte[] PlainModule(bool traps)
    {
        ModuleBuilder m = new();
        uint twice = m.ImportFunction("env", "twice", "i:i");
        m.Memory(1, export: "memory");
        m.Function("i:i", traps ? new Code().Op(Opcode.Unreachable) : new Code().Get(0).Call(twice), export: "run");
        return m.Build();
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("nuget/Wamr.Nano.md")]
    public void First_program_of_a_page_runs_a_plain_module(string page)
    {
        File.WriteAllBytes(In("app.wasm"), PlainModule(traps: false));
        ProcessResult r = CSharpProgram.Run(CSharpProgram.BlocksOf(page)[0], _folder.FullName);
        Assert.Equal((0, ""), (r.ExitCode, r.Error));
        Assert.Matches(@"^42\n\d+\n$", r.Output.Replace("\r", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("nuget/Wamr.Nano.md")]
    public void First_program_of_a_page_prints_what_went_wrong_in_every_step(string page)
    {
        string program = CSharpProgram.BlocksOf(page)[0];
        File.WriteAllBytes(In("app.wasm"), [1, 2, 3, 4, 5, 6, 7, 8]);
        ProcessResult r = CSharpProgram.Run(program, _folder.FullName);
        Assert.Equal((0, true), (r.ExitCode, r.Error.StartsWith("WN1002 ", StringComparison.Ordinal)));
        File.WriteAllBytes(In("app.wasm"), PlainModule(traps: true));
        r = Wnano.Start(new System.Diagnostics.ProcessStartInfo("dotnet", ["program.dll"]) { WorkingDirectory = _folder.FullName });
        Assert.Equal((0, true), (r.ExitCode, r.Error.StartsWith("WN5001 ", StringComparison.Ordinal)));
        Assert.Contains("at run (function 1, offset 0x", r.Error, StringComparison.Ordinal);
        // A pool that is too small is said in the library's words.
        r = CSharpProgram.Run(Regex.Replace(program, @"256 \* 1024", "64 * 1024"), _folder.FullName);
        Assert.Equal(0, r.ExitCode);
        Assert.Matches("^WN2001 out of memory: 65,536 B asked for, .*NanoRuntimeOptions.PoolBytes", r.Error);
        Assert.DoesNotContain("--", r.Error, StringComparison.Ordinal);
    }

    [CompilerFact]
    public void Sample_app_of_the_README_is_built_by_the_line_beside_it()
    {
        string line = Regex.Match(File.ReadAllText(Repository.PathOf("README.md")), @"^    (clang --target=wasm32 .*app\.c)",
            RegexOptions.Multiline).Groups[1].Value;
        File.WriteAllText(In("app.c"), CSharpProgram.CodeInC("README.md"));
        ProcessResult built =
            Wnano.Start(new System.Diagnostics.ProcessStartInfo("sh", ["-c", line]) { WorkingDirectory = _folder.FullName });
        Assert.Equal((0, ""), (built.ExitCode, built.Error));
        ProcessResult r = CSharpProgram.Run(CSharpProgram.BlocksOf("README.md")[0], _folder.FullName);
        Assert.Equal((0, "", "42"), (r.ExitCode, r.Error, r.Output.Split('\n')[0].TrimEnd()));
    }

    private string In(string name) => Path.Combine(_folder.FullName, name);

    private sealed class CompilerFactAttribute : FactAttribute
    {
        public CompilerFactAttribute()
        {
            string[] missing = [.. new[] { "clang", "wasm-ld" }.Where(tool => ExternalProgram.Locate(tool) == null)];
            if (missing.Length != 0) Skip = $"{string.Join(" and ", missing)} missing: apt-get install clang lld";
        }
    }
}
