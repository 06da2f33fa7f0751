// SPDX-License-Identifier: MIT
// The valid modules of the official suite, as material for tools that must cope with any module.
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Wamr.Nano.Tests.Spec;
using Wamr.Nano.Tests.TestKit;

namespace Wamr.Nano.Tests.Tools;

internal static class SuiteModules
{
    /// <summary>Name and bytes of each.</summary>
    public static IEnumerable<(string Name, byte[] Binary)> All()
    {
        string suite = Shared.PathOf("spec");
        foreach (string script in SpecFile.Names(suite).Where(name => !Skips.IsSkipped(name)))
            foreach (SpecCommand command in SpecFile.Commands(Path.Combine(suite, script)))
                if (!Skips.Of(script)(command.Line) && command is { IsAboutText: false, Type: "module" })
                    yield return ($"{script}:{command.Line}", CompactImports.Expand(File.ReadAllBytes(Path.Combine(suite, script, command.FileName))));
    }
}
