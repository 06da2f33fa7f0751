// SPDX-License-Identifier: MIT
// The corpus gives the same results in .NET and as C, whatever the compiler and its options; sanitizers find nothing.
using System.Linq;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Iltoc;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Iltoc;

public sealed class CompiledCorpusTests(CorpusProgram program) : IClassFixture<CorpusProgram>
{
    /// <summary>clang's own runtime for sanitizers is a package of its own; trapping needs none.</summary>
    private static string Sanitizers(string compiler) => compiler == "gcc"
        ? "-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all" : "-O1 -g -fsanitize=undefined -fsanitize-trap=undefined";

    public static TheoryData<string, string> Builds()
    {
        var builds = new TheoryData<string, string>();
        foreach (string compiler in CCompiler.Hosted)
            foreach (string flags in new[] { "-O0", "-Os", "-O2", "-O3", Sanitizers(compiler), "-O2 -DIL_THREADED=0",
                "-O2 -DIL_PORTABLE -std=c11 -pedantic-errors" })
                builds.Add(compiler, flags);
        return builds;
    }

    [Theory]
    [MemberData(nameof(Builds))]
    public void Results_equal_those_of_dotnet(string compiler, string flags)
    {
        var (code, output) = program.Run(compiler, flags);
        Assert.True(code == 0, output);
    }

    public static TheoryData<string, string> CrossCompilers()
    {
        (string Compiler, string Flags)[] all =
        [
            ("gcc", "-Os"),
            ("arm-none-eabi-gcc", "-mcpu=cortex-m4 -mfpu=fpv4-sp-d16 -mfloat-abi=hard -Os"),
            ("arm-none-eabi-gcc", "-mcpu=cortex-m4 -mfpu=fpv4-sp-d16 -mfloat-abi=hard -O2"),
            ("arm-none-eabi-gcc", "-mcpu=cortex-m0 -Os"),
            ("riscv64-unknown-elf-gcc", "-march=rv32imc -mabi=ilp32 -Os"),
            ("xtensa-lx106-elf-gcc", "-Os"),
        ];
        var data = new TheoryData<string, string>();
        foreach (var (compiler, flags) in all.Where(c => c.Compiler == "gcc" || CCompiler.IsThere(c.Compiler))) data.Add(compiler, flags);
        return data;
    }

    [Theory]
    [MemberData(nameof(CrossCompilers))]
    public void Compilers_for_boards_find_nothing_to_warn_of(string compiler, string flags)
    {
        CCompiler.Compile(compiler, program.Folder, $"{CCompiler.Flags} {flags} -c corpus.c -o {compiler}.o");
    }
}
