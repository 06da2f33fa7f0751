// SPDX-License-Identifier: MIT
// The repository the tests run in, found by walking up from the test assembly to the solution.
using System;
using System.IO;

namespace Wamr.Nano.Tests.TestKit;

internal static class Repository
{
    /// <summary>Path of a file or folder of the repository.</summary>
    public static string PathOf(string name) => Path.Combine(Root(), name);

    private static string Root()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at != null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "Wamr.Nano.sln"))) return at.FullName;
        throw new DirectoryNotFoundException("the tests do not run inside the repository");
    }
}
