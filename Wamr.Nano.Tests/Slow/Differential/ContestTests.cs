// SPDX-License-Identifier: MIT
// A contest fails where an engine is wrong, and shows a module that is as small as can be.
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Generated;
using Xunit;
using Xunit.Sdk;

namespace Wamr.Nano.Tests.Slow.Differential;

public class ContestTests
{
    [Fact]
    public void A_contest_fails_where_an_engine_is_wrong()
    {
        using Contest contest = new(new CoreContender(), new WrongContender());
        contest.Hold([Sum(2, 0)]);
        FailException wrong = Assert.Throws<FailException>(() => contest.Hold([Sum(2, 3)]));
        Assert.StartsWith("sum of 2 and 3: wrong is not interpreter: line 1: \"f returned ffffffff\" for \"f returned 5\"; with 3 "
            + "instructions left", wrong.Message);
    }

    /// <summary>Of a random module with hundreds of instructions what is left is a sum, its operands and the way there.</summary>
    [Fact]
    public void What_an_engine_gets_wrong_is_shown_in_a_few_instructions()
    {
        using Contest contest = new(new CoreContender(), new WrongContender());
        Case large = GeneratedCases.Of(1, 1000, _ => new() { OwnFunctions = 3 })
            .First(@case => InstrPlace.Of(@case.Modules[0].Binary).Count > 400);
        FailException wrong =
            Assert.Throws<FailException>(() => contest.Hold(Enumerable.Repeat(large, 1).Concat(GeneratedCases.Of(5000, 50, _ => new()))));
        Match report = Regex.Match(wrong.Message, "with ([0-9]+) instructions left: .*; see (.*)$");
        Assert.True(report.Success, wrong.Message);
        Assert.InRange(int.Parse(report.Groups[1].Value), 1, 40);
        byte[] small = File.ReadAllBytes(Path.Combine(report.Groups[2].Value, "main.wasm"));
        Assert.Contains(InstrPlace.Of(small), place => place.Op == Opcode.I32Add);
        Directory.Delete(report.Groups[2].Value, recursive: true);
    }

    private static Case Sum(uint a, uint b)
    {
        ModuleBuilder m = new();
        m.Function("ii:i", new Code().Get(0).Get(1).Op(Opcode.I32Add), export: "f");
        return new($"sum of {a} and {b}", [new("main", m.Build())], [new("f", "ii:i", [a, b])]);
    }

    /// <summary>The interpreter, but that it takes each sum of 32 bits for a difference.</summary>
    private sealed class WrongContender : IContender
    {
        private readonly CoreContender _right = new();

        public string Name => "wrong";

        public IReadOnlyList<Trace> Run(IReadOnlyList<Case> cases) =>
            _right.Run([.. cases.Select(@case => @case with { Modules = [.. @case.Modules.Select(Wrong)] })]);

        public void Dispose() => _right.Dispose();

        private static NamedModule Wrong(NamedModule module)
        {
            byte[] binary = [.. module.Binary];
            foreach (InstrPlace place in InstrPlace.Of(binary).Where(place => place.Op == Opcode.I32Add))
                binary[place.At] = (byte)Opcode.I32Sub;
            return module with { Binary = binary };
        }
    }
}
