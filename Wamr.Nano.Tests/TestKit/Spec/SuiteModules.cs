// SPDX-License-Identifier: MIT
// The valid modules of the official suite, as material for tools that must cope with any module.
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Wamr.Nano.Tests.TestKit.Spec;

internal static class SuiteModules
{
    /// <summary>Name and bytes of each.</summary>
    public static IEnumerable<(string Name, byte[] Binary)> All() => Of("module");

    /// <summary>Those that are to fail when they are instantiated, too.</summary>
    public static IEnumerable<(string Name, byte[] Binary)> Loaded() => Of("module", "assert_unlinkable", "assert_uninstantiable");

    private static IEnumerable<(string Name, byte[] Binary)> Of(params string[] types)
    {
        string suite = Shared.PathOf("spec");
        foreach (string script in SpecFile.Names(suite).Where(name => !Skips.IsSkipped(name)))
            foreach (SpecCommand command in SpecFile.Commands(Path.Combine(suite, script)))
                if (!Skips.Of(script)(command.Line) && !command.IsAboutText && types.Contains(command.Type))
                    yield return ($"{script}:{command.Line}",
                        CompactImports.Expand(File.ReadAllBytes(Path.Combine(suite, script, command.FileName))));
    }
}
