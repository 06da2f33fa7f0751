// SPDX-License-Identifier: MIT
// The data folder that lies beside the repository (../shared): found by walking up, skipped where absent, required with CI=true.
using System;
using System.IO;
using Xunit;

namespace Wamr.Nano.Tests.TestKit;

/// <summary>Where the shared test data are.</summary>
internal static class Shared
{
    /// <summary>Whether the tests run on the build server, where nothing may be skipped for want of data.</summary>
    public static bool OnCi => Environment.GetEnvironmentVariable("CI") is "true" or "1";

    /// <summary>Path of a folder or file below <c>../shared</c>, or null where there is none.</summary>
    public static string? Find(string name)
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at != null; at = at.Parent)
        {
            string path = Path.Combine(at.FullName, "shared", name);
            if (Path.Exists(path)) return path;
        }
        return null;
    }

    /// <summary>As <see cref="Find"/>; absence is a failure.</summary>
    public static string PathOf(string name) =>
        Find(name) ?? throw new DirectoryNotFoundException(Absence(name));

    /// <summary>
    /// Reason to skip a test that needs <paramref name="name"/>, or null to run it (and let it fail on the build server).
    /// </summary>
    public static string? SkipReason(string name) => OnCi || Find(name) != null ? null : Absence(name);

    private static string Absence(string name) => $"../shared/{name} is not there: put the shared data folder beside the repository";
}

/// <summary>A test that reads <c>../shared/&lt;name&gt;</c>.</summary>
internal sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute(string name) => Skip = Shared.SkipReason(name);
}

/// <summary>A table of cases that reads <c>../shared/&lt;name&gt;</c>.</summary>
internal sealed class SharedTheoryAttribute : TheoryAttribute
{
    public SharedTheoryAttribute(string name) => Skip = Shared.SkipReason(name);
}
