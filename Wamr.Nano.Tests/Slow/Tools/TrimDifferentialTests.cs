// SPDX-License-Identifier: MIT
// C programs give the same results after they were trimmed: those that use memory beyond
// __heap_base in every way we know, and those that do not.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tool.Fit;
using Wamr.Nano.Tool.Trimming;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Tools;

/// <summary>The programs are in TrimCorpus: beyond_*.c use such memory, below_*.c do not. Each exports sum(n).</summary>
public class TrimDifferentialTests
{
    private static readonly string Corpus = Repository.PathOf("Wamr.Nano.Tests/Slow/Tools/TrimCorpus");

    private static readonly string[] Optimizations = ["-O0", "-O1", "-O2", "-O3", "-Os"];

    private static readonly string[] Names =
        [.. Directory.GetFiles(Corpus, "*.c").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Programs => [.. Names];

    [Theory]
    [MemberData(nameof(Programs))]
    public void Program_does_the_same_when_it_was_trimmed(string program)
    {
        if (!Cases.HasClang) return;
        foreach (string optimization in Optimizations)
        {
            byte[] app = Compile(program, optimization);
            byte[] trimmed = Trim.Of(app, []).Binary;
            foreach (string argument in new[] { "1", "3", "20", "100" })
            {
                RunRequest request = new() { Module = app, Invoke = ["sum", argument] };
                Outcome before = HostRun.Try(request, 0, 1 << 16), after = HostRun.Try(request with { Module = trimmed }, 0, 1 << 16);
                Assert.True(before == after, $"{program} {optimization}: sum({argument}) was {before}, is {after}");
            }
        }
    }

    /// <summary>What is trimmed is not nothing: else the test above would show nothing.</summary>
    [Fact]
    public void Programs_that_use_only_their_variables_get_smaller_and_no_other_does()
    {
        if (!Cases.HasClang) return;
        List<string> cut = [];
        foreach (string program in Names)
            if (Trim.Of(Compile(program, "-O1"), []).Changes.Any(change => change.Contains("__heap_base", StringComparison.Ordinal)))
                cut.Add(program);
        // Of a list the addresses are in memory, of an array that begins as zero nobody sees where it ends.
        string[] unproved = ["below_bss_array", "below_list"];
        Assert.Equal(Names.Where(name => name.StartsWith("below", StringComparison.Ordinal)).Except(unproved), cut);
    }

    private static byte[] Compile(string program, string optimization) => Cases.Clang(Path.Combine(Corpus, program + ".c"),
        optimization, "-w", "-fno-builtin", "-mbulk-memory", "-z", "stack-size=2048", "-Wl,--export-dynamic", "-Wl,--export=sum");
}
