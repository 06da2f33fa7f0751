// SPDX-License-Identifier: MIT
// Identifies the C compiler, and says whether native code is tested with it.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Wamr.Nano.Xip;

/// <summary>The maker of a C compiler. The program's name does not show it: on some systems, gcc is clang.</summary>
public enum CompilerFamily
{
    /// <summary>GNU.</summary>
    Gcc,

    /// <summary>LLVM.</summary>
    Clang,
}

/// <summary>A C compiler that is installed here.</summary>
/// <param name="Program">The name or path of the program.</param>
/// <param name="Family">Its maker.</param>
/// <param name="Version">Major, minor, patch.</param>
public sealed record CompilerInfo(string Program, CompilerFamily Family, Version Version)
{
    /// <summary>
    /// The versions whose code passed the differential tests of this release. The last number of a version does not matter.
    /// </summary>
    private static readonly Dictionary<CompilerFamily, (int Major, int Minor)[]> s_proved = new()
    {
        [CompilerFamily.Gcc] = [(12, 2)],
        [CompilerFamily.Clang] = [(14, 0)],
    };

    /// <summary>Whether native code is tested with this version: generated programs gave exactly the results of the reference.</summary>
    public bool IsProved => s_proved[Family].Contains((Version.Major, Version.Minor));

    /// <summary>All tested versions, as a text to show.</summary>
    public static string Proved =>
        string.Join(", ", s_proved.SelectMany(family => family.Value.Select(v => $"{NameOf(family.Key)} {v.Major}.{v.Minor}")));

    /// <summary>Family and version, such as "gcc 12.2.0".</summary>
    public override string ToString() => $"{NameOf(Family)} {Version}";

    private static string NameOf(CompilerFamily family) => family == CompilerFamily.Gcc ? "gcc" : "clang";
}
