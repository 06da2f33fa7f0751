// SPDX-License-Identifier: MIT
// The corpus gives the same results in .NET and as C, whatever the compiler and its options; sanitizers find nothing.
using System;
using System.Linq;
using Wamr.Nano.IlToC;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Iltoc;
using Xunit;

namespace Wamr.Nano.Tests.Iltoc;

public sealed class TranslationTests(CorpusProgram program) : IClassFixture<CorpusProgram>
{
    /// <summary>clang's own runtime for sanitizers is a package of its own; trapping needs none.</summary>
    private static string Sanitizers(string compiler) => compiler == "gcc"
        ? "-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all" : "-O1 -g -fsanitize=undefined -fsanitize-trap=undefined";

    public static TheoryData<string, string> Builds()
    {
        var builds = new TheoryData<string, string>();
        foreach (string compiler in CCompiler.Hosted)
            foreach (string flags in new[] { "-O0", "-Os", "-O2", "-O3", Sanitizers(compiler), "-O2 -DIL_THREADED=0", "-O2 -DIL_PORTABLE -std=c11 -pedantic-errors" })
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

    [Fact]
    public void Two_translations_are_the_same_to_the_byte()
    {
        string First() => Translation.Run(new TranslationOptions(CorpusProgram.Assembly) { Roots = [.. CorpusFunctions.Roots.Reverse()], Exports = false }).Source;
        string one = First();
        Assert.Equal(one, First());
        Assert.Equal(one, Translation.Run(new TranslationOptions(CorpusProgram.Assembly) { Roots = [.. CorpusFunctions.Roots], Exports = false }).Source);
    }

    [Fact]
    public void Only_what_is_reachable_is_emitted()
    {
        string source = Translation.Run(new TranslationOptions(CorpusProgram.Assembly) { Roots = ["Corpus.Memory.Enums"], Exports = false }).Source;
        Assert.Contains("i32 Memory_Enums(i32 n)", source, StringComparison.Ordinal);
        Assert.DoesNotContain("Overlay", source, StringComparison.Ordinal);
        Assert.DoesNotContain("Memory_Rotations", source, StringComparison.Ordinal);
        Assert.DoesNotContain("il_clz32", source, StringComparison.Ordinal);
        Assert.DoesNotContain("_data", source, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_lead_back_to_the_source_and_can_be_left_out()
    {
        var options = new TranslationOptions(CorpusProgram.Assembly) { Roots = ["Corpus.Control.Collatz"], Exports = false };
        Assert.Matches("#line \\d+ \"[^\"/]*/?[^\"]*Control.cs\"", Translation.Run(options).Source);
        Assert.DoesNotContain("#line", Translation.Run(options with { Lines = false }).Source, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dispatch_loop_fetches_and_jumps_at_each_handler()
    {
        string source = Translation.Run(new TranslationOptions(CorpusProgram.Assembly) { Roots = ["Corpus.Loops.ByteMachine"], Exports = false, Lines = false }).Source;
        Assert.Contains("static const void *const handlers[256]", source, StringComparison.Ordinal);
        Assert.True(source.Split("IL_NEXT;").Length > 6, source);
    }
}
