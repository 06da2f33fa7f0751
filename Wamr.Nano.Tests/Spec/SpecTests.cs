// SPDX-License-Identifier: MIT
// The official suite, a test a script. SPEC=i32 or SPEC=i32:106 in the environment runs one script, or one line of it.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Spec;
using Wamr.Nano.Tests.TestKit.Xip;
using Xunit;
using Xunit.Abstractions;

namespace Wamr.Nano.Tests.Spec;

[Trait("Category", "Spec")]
public class SpecTests(ITestOutputHelper output)
{
    private static readonly string[] Only = (Environment.GetEnvironmentVariable("SPEC") ?? "").Split(':');

    /// <summary>Scripts to run: all but those that skips.tsv leaves out whole.</summary>
    public static TheoryData<string> Scripts =>
        [.. AllNames().Where(name => !Skips.IsSkipped(name) && (Only[0].Length == 0 || Only[0] == name))];

    [SharedTheory("spec")]
    [MemberData(nameof(Scripts))]
    public void Interpreter_passes(string script) => Run(script, () => new CoreEngine());

    [SharedTheory("spec")]
    [MemberData(nameof(Scripts))]
    public void Native_images_pass(string script)
    {
        if (XipEngine.IsPossible) Run(script, () => new XipEngine());
    }

    [SharedTheory("spec")]
    [MemberData(nameof(Scripts))]
    public void Native_images_with_guard_pages_pass(string script)
    {
        if (XipEngine.IsPossible) Run(script, () => new GuardedEngine());
    }

    [SharedTheory("spec")]
    [MemberData(nameof(Scripts))]
    public void Bytecode_images_pass(string script) => Run(script, () => new BytecodeEngine());

    [SharedFact("spec")]
    public void Every_row_of_the_skip_table_names_something_that_is_there()
    {
        string[] names = [.. AllNames()];
        Assert.DoesNotContain(Skips.All, skip => !names.Contains(skip.File) || !IsLineOf(skip));
    }

    private void Run(string script, Func<IEngine> makeEngine)
    {
        string folder = Path.Combine(Shared.PathOf("spec"), script);
        Func<int, bool> skipped = Skips.Of(script);
        using IEngine engine = makeEngine();
        SpecRunner runner = new(folder, engine);
        runner.Run(SpecFile.Commands(folder), Only.Length == 2 ? line => skipped(line) || !Leads(folder, line) : skipped);
        output.WriteLine($"{runner.Executed} commands");
        Assert.True(runner.Failures.Count == 0, string.Join(Environment.NewLine, runner.Failures.Take(20)) + $" ({runner.Failures.Count} in all)");
    }

    /// <summary>Whether a line is the one asked for, or one that it may depend on: modules, registrations and actions before it.</summary>
    private static bool Leads(string folder, int line)
    {
        int wanted = int.Parse(Only[1]);
        return line == wanted
            || (line < wanted && SpecFile.Commands(folder).Any(c => c.Line == line && c.Type is "module" or "register" or "action"));
    }

    private static bool IsLineOf(Skip skip) =>
        skip.IsWholeFile || SpecFile.Commands(Path.Combine(Shared.PathOf("spec"), skip.File)).Any(c => c.Line >= skip.First && c.Line <= skip.Last);

    private static IEnumerable<string> AllNames() => Shared.Find("spec") is string suite ? SpecFile.Names(suite) : [];
}
