// SPDX-License-Identifier: MIT
// The C compilers of this machine that native code is tested with, each at every level. WAMR_NANO_COMPILERS="gcc-11 clang-19" names others.
using System;
using System.Collections.Generic;
using System.Linq;
using Wamr.Nano.Tool.Build;
using Wamr.Nano.Xip;
using Xunit;

namespace Wamr.Nano.Tests.TestKit.Xip;

internal static class NativeCompilers
{
    private static readonly string[] s_wanted = (Environment.GetEnvironmentVariable("WAMR_NANO_COMPILERS") ?? "gcc clang").Split(' ');

    /// <summary>Programs that are here; on the build server all, so that a missing one is a failure.</summary>
    public static IReadOnlyList<string> Names { get; } =
        XipEngine.IsPossible ? [.. s_wanted.Where(name => Shared.OnCi || ExternalProgram.Locate(name) != null)] : [];

    public static IReadOnlyList<(string Compiler, Optimization Optimization)> All { get; } =
        [.. Names.SelectMany(_ => Enum.GetValues<Optimization>(), (name, optimization) => (name, optimization))];

    /// <summary>The same as cases of a theory.</summary>
    public static TheoryData<string, Optimization> Cases
    {
        get
        {
            TheoryData<string, Optimization> cases = [];
            foreach ((string compiler, Optimization optimization) in All) cases.Add(compiler, optimization);
            return cases;
        }
    }
}

/// <summary>A test with each compiler of this machine at each level: skipped where there is none.</summary>
internal sealed class CompilerTheoryAttribute : TheoryAttribute
{
    public CompilerTheoryAttribute() =>
        Skip = NativeCompilers.All.Count == 0 ? "native code of this machine is made by gcc or clang on Linux on x86-64" : null;
}
