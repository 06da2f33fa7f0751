// SPDX-License-Identifier: MIT
// The scripts of the official suite, and the run of one in an engine. SPEC=i32 or SPEC=i32:106 in the environment chooses.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;
using Xunit.Abstractions;

namespace Wamr.Nano.Tests.TestKit.Spec;

internal static class SpecSuite
{
    private static readonly string[] Only = (Environment.GetEnvironmentVariable("SPEC") ?? "").Split(':');

    /// <summary>Scripts to run: all but those that skips.tsv leaves out whole.</summary>
    public static TheoryData<string> Scripts =>
        [.. AllNames().Where(name => !Skips.IsSkipped(name) && (Only[0].Length == 0 || Only[0] == name))];

    public static IEnumerable<string> AllNames() => Shared.Find("spec") is string suite ? SpecFile.Names(suite) : [];

    public static void Run(string script, Func<IEngine> makeEngine, ITestOutputHelper output)
    {
        string folder = Path.Combine(Shared.PathOf("spec"), script);
        Func<int, bool> skipped = Skips.Of(script);
        using IEngine engine = makeEngine();
        SpecRunner runner = new(folder, engine);
        runner.Run(SpecFile.Commands(folder), Only.Length == 2 ? line => skipped(line) || !Leads(folder, line) : skipped);
        output.WriteLine($"{runner.Executed} commands");
        Assert.True(runner.Failures.Count == 0, string.Join(Environment.NewLine, runner.Failures.Take(20))
            + $" ({runner.Failures.Count} in all)");
    }

    /// <summary>Whether a line is the one asked for, or one that it may depend on: modules, registrations and actions before it.</summary>
    private static bool Leads(string folder, int line)
    {
        int wanted = int.Parse(Only[1]);
        return line == wanted
            || (line < wanted && SpecFile.Commands(folder).Any(c => c.Line == line && c.Type is "module" or "register" or "action"));
    }
}
