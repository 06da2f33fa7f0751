// SPDX-License-Identifier: MIT
// Each construct outside the subset is refused with its code, at its C# line. The lines are marked in Corpus/Refused.cs.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Wamr.Nano.IlToC;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Iltoc;
using Xunit;

namespace Wamr.Nano.Tests.Iltoc;

public class RefusalTests
{
    public static TheoryData<string, int, int> Marks()
    {
        var marks = new TheoryData<string, int, int>();
        string method = "";
        string[] lines = File.ReadAllLines(Repository.PathOf("Wamr.Nano.Tests/TestKit/Iltoc/Corpus/Refused.cs"));
        for (int n = 0; n < lines.Length; n++)
        {
            if (Regex.Match(lines[n], @"internal static [\w<>]+ (\w+)\(") is { Success: true } declared) method = declared.Groups[1].Value;
            if (Regex.Match(lines[n], @"// IL(\d{4})(?: (\w+))?$") is { Success: true } mark)
                marks.Add(mark.Groups[2].Success ? mark.Groups[2].Value : method, int.Parse(mark.Groups[1].ValueSpan), n + 1);
        }
        return marks;
    }

    [Theory]
    [MemberData(nameof(Marks))]
    public void Is_refused_with_code_and_line(string method, int code, int line)
    {
        var refusal = Assert.Single(Refusals("Refused." + method), r => (int)r.Rule == code);
        Assert.EndsWith("Refused.cs", refusal.Source.File, StringComparison.Ordinal);
        Assert.Equal(line, refusal.Source.Line);
        Assert.Contains($"Refused.cs({line}): error IL{code}: ", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_rule_has_a_case_or_a_reason()
    {
        // C# reaches these only past other refusals (a virtual call needs an object); a missing root has its own test below.
        Rule[] elsewhere = [Rule.Instruction, Rule.CallingConvention, Rule.VirtualCall, Rule.Root];
        var marked = Marks().Select(m => (int)((object[])m)[1]).ToHashSet();
        Assert.Equal([], Enum.GetValues<Rule>().Except(elsewhere).Where(r => !marked.Contains((int)r)));
    }

    [Fact]
    public void A_cycle_of_calls_is_spelled_out()
    {
        var refusal = Assert.Single(Refusals("Refused.Recursive"));
        Assert.Contains("Refused.Recursive -> Wamr.Nano.Tests.TestKit.Iltoc.Corpus.Refused.Mutual -> "
            + "Wamr.Nano.Tests.TestKit.Iltoc.Corpus.Refused.Recursive", refusal.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_root_that_is_not_there_is_named() =>
        Assert.Contains("no method Corpus.Nowhere", Assert.Single(Refusals("Corpus.Nowhere")).Text, StringComparison.Ordinal);

    [Fact]
    public void All_refusals_are_reported_at_once() =>
        Assert.Equal(2, Refusals("Refused.Boxing", "Refused.NewArray").Count);

    private static IReadOnlyList<Refusal> Refusals(params string[] roots) =>
        Assert.Throws<TranslationException>(() =>
            Translation.Run(new TranslationOptions(CorpusProgram.Assembly) { Roots = roots, Exports = false })).Refusals;
}
