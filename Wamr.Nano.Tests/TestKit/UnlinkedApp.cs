// SPDX-License-Identifier: MIT
// An app that imports two functions that are nowhere, and what commands say of them.
using Xunit;

namespace Wamr.Nano.Tests.TestKit;

internal static class UnlinkedApp
{
    /// <summary>"calls" calls a function that is missing, "returns" does not.</summary>
    public static ModuleBuilder Module()
    {
        ModuleBuilder m = new();
        uint missing = m.ImportFunction("env", "abort", "i:");
        m.ImportFunction("gojs", "runtime.ticks", ":");
        m.Function(":i", new Code().I32(7), export: "returns");
        m.Function(":", new Code().I32(7).Call(missing), export: "calls");
        return m;
    }

    public static void NamesBoth(ProcessResult r)
    {
        Assert.Equal(1, r.ExitCode);
        Assert.Matches(@"(?m)^WN4001 .*--allow-unlinked .*\[function 'env\.abort' \(i\)\]; and 1 more: "
            + @"function 'gojs\.runtime\.ticks' \(\); AssemblyScript.*; Go ", r.Error);
    }

    public static void TrapsWithTheName(ProcessResult r)
    {
        Assert.Equal(1, r.ExitCode);
        Assert.Matches(@"(?m)^WN5016 .*\[function 'env\.abort' \(i\)\]\n   at calls \(function 3", r.Error);
    }
}
