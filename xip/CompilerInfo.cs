// SPDX-License-Identifier: MIT
// Which C compiler makes native code, and whether it is one of those that native code is proved with.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Wamr.Nano.Xip;

/// <summary>Who made a C compiler. What it is called does not tell: on some systems gcc is clang.</summary>
public enum CompilerFamily
{
    /// <summary>GNU.</summary>
    Gcc,

    /// <summary>LLVM.</summary>
    Clang,
}

/// <summary>A C compiler that is installed here.</summary>
/// <param name="Program">What it is called by.</param>
/// <param name="Family">Who made it.</param>
/// <param name="Version">Major, minor, patch.</param>
public sealed record CompilerInfo(string Program, CompilerFamily Family, Version Version)
{
    /// <summary>
    /// Versions whose code went through the differential tests of this release. The last number does not count: it stands for
    /// corrections.
    /// </summary>
    private static readonly Dictionary<CompilerFamily, (int Major, int Minor)[]> s_proved = new()
    {
        [CompilerFamily.Gcc] = [(12, 2)],
        [CompilerFamily.Clang] = [(14, 0)],
    };

    /// <summary>
    /// Whether native code is proved with this version: generated programs gave the results of the reference, bit for bit.
    /// </summary>
    public bool IsProved => s_proved[Family].Contains((Version.Major, Version.Minor));

    /// <summary>All that are, for people.</summary>
    public static string Proved =>
        string.Join(", ", s_proved.SelectMany(family => family.Value.Select(v => $"{NameOf(family.Key)} {v.Major}.{v.Minor}")));

    /// <summary>Family and version, such as "gcc 12.2.0".</summary>
    public override string ToString() => $"{NameOf(Family)} {Version}";

    private static string NameOf(CompilerFamily family) => family == CompilerFamily.Gcc ? "gcc" : "clang";
}
