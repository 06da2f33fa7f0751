// SPDX-License-Identifier: MIT
// Every binary of the official suite is loaded: what it calls malformed or invalid is refused,
// with a code of the right phase; all else loads.
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Spec;
using Xunit;

namespace Wamr.Nano.Tests.Load;

public class SpecModulesTests
{
    [SharedFact("spec")]
    public void Malformed_and_invalid_modules_are_refused_and_all_others_load()
    {
        string suite = Shared.PathOf("spec");
        List<string> wrong = [];
        int commands = 0;
        using LoadHarness harness = new(8 * 1024 * 1024);
        foreach (string name in SpecFile.Names(suite).Where(name => !Skips.IsSkipped(name)))
        {
            foreach (SpecCommand command in SpecFile.Commands(Path.Combine(suite, name)))
            {
                if (Skips.Of(name)(command.Line) || Expectation(command) is not string expected) continue;
                commands++;
                byte[] binary = CompactImports.Expand(File.ReadAllBytes(Path.Combine(suite, name, command.FileName)));
                WasmError error = harness.Load(binary);
                harness.Pool.AssertNothingLeaked();
                if (!Suits(expected, error))
                    wrong.Add($"{name}:{command.Line} {command.Type} {command.FileName}: {error} at {harness.Error.Offset}");
            }
        }
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {commands}:\n" + string.Join('\n', wrong.Take(50)));
        Assert.InRange(commands, 2500, int.MaxValue);
    }

    /// <summary>What the command says of its module; null where it has none, or one in the text format.</summary>
    private static string? Expectation(SpecCommand command)
    {
        if (command.IsAboutText) return null;
        return command.Type switch
        {
            "module" or "assert_unlinkable" or "assert_uninstantiable" => "valid",
            "assert_malformed" => "malformed",
            "assert_invalid" => "invalid",
            _ => null,
        };
    }

    private static bool Suits(string expected, WasmError error) => expected switch
    {
        "valid" => error == WasmError.None,
        "malformed" => FailureText.IsMalformed(error),
        _ => FailureText.IsInvalid(error),
    };
}
