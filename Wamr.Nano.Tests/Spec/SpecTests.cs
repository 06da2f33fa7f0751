// SPDX-License-Identifier: MIT
// The official suite in the interpreter, a test a script; Slow/Spec has the other engines. SPEC=i32 or SPEC=i32:106 in the environment runs
// one script, or one line of it.
using System;
using System.IO;
using System.Linq;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Spec;
using Xunit;
using Xunit.Abstractions;

namespace Wamr.Nano.Tests.Spec;

[Trait("Category", "Spec")]
public class SpecTests(ITestOutputHelper output)
{
    public static TheoryData<string> Scripts => SpecSuite.Scripts;

    [SharedTheory("spec")]
    [MemberData(nameof(Scripts))]
    public void Interpreter_passes(string script) => SpecSuite.Run(script, () => new CoreEngine(), output);

    [SharedFact("spec")]
    public void Every_row_of_the_skip_table_names_something_that_is_there()
    {
        string[] names = [.. SpecSuite.AllNames()];
        Assert.DoesNotContain(Skips.All, skip => !names.Contains(skip.File) || !IsLineOf(skip));
    }

    private static bool IsLineOf(TestKit.Spec.Skip skip) =>
        skip.IsWholeFile
            || SpecFile.Commands(Path.Combine(Shared.PathOf("spec"), skip.File)).Any(c => c.Line >= skip.First && c.Line <= skip.Last);
}
