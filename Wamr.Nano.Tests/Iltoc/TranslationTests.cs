// SPDX-License-Identifier: MIT
// What iltoc writes: the same each time, only what is reachable, with lines that lead back to the source.
using System;
using System.Linq;
using Wamr.Nano.IlToC;
using Wamr.Nano.Tests.TestKit.Iltoc;
using Xunit;

namespace Wamr.Nano.Tests.Iltoc;

public sealed class TranslationTests
{
    [Fact]
    public void Two_translations_are_the_same_to_the_byte()
    {
        string First() => Translation.Run(new TranslationOptions(CorpusProgram.Assembly) { Roots = [.. CorpusFunctions.Roots.Reverse()],
            Exports = false }).Source;
        string one = First();
        Assert.Equal(one, First());
        Assert.Equal(one,
            Translation.Run(new TranslationOptions(CorpusProgram.Assembly) { Roots = [.. CorpusFunctions.Roots], Exports = false }).Source);
    }

    [Fact]
    public void Only_what_is_reachable_is_emitted()
    {
        string source =
            Translation.Run(new TranslationOptions(CorpusProgram.Assembly) { Roots = ["Corpus.Memory.Enums"], Exports = false }).Source;
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
        string source = Translation.Run(new TranslationOptions(CorpusProgram.Assembly) { Roots = ["Corpus.Loops.ByteMachine"],
            Exports = false, Lines = false }).Source;
        Assert.Contains("static const void *const handlers[256]", source, StringComparison.Ordinal);
        Assert.True(source.Split("IL_NEXT;").Length > 6, source);
    }
}
