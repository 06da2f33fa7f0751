// SPDX-License-Identifier: MIT
// Lines are no longer than .editorconfig allows: a reader sees two files side by side.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Docs;

public class LineLengthTests
{
    /// <summary>The folders that keep to the limit.</summary>
    private static readonly string[] s_folders = ["Wamr.Nano", "Wamr.Nano.Tests", "bench", "boards", "nuget", "tools", "xip"];

    [Fact]
    public void No_line_is_longer_than_editorconfig_allows()
    {
        int most = Limit();
        string root = Repository.PathOf("");
        string[] tooLong = [.. s_folders.SelectMany(folder => Sources(Path.Combine(root, folder))).Order(StringComparer.Ordinal)
            .SelectMany(file => File.ReadLines(file).Select((line, n) => (File: file, Line: n + 1, line.Length)))
            .Where(at => at.Length > most)
            .Select(at => $"{Path.GetRelativePath(root, at.File)}:{at.Line}: {at.Length} characters")];
        Assert.True(tooLong.Length == 0, $"at most {most} are allowed:\n{string.Join('\n', tooLong)}");
    }

    private static int Limit()
    {
        const string key = "max_line_length";
        string line = File.ReadLines(Repository.PathOf(".editorconfig")).First(line => line.StartsWith(key, StringComparison.Ordinal));
        return int.Parse(line.Split('=')[1], CultureInfo.InvariantCulture);
    }

    /// <summary>C# files of a folder and of those below it, but for what builds leave there.</summary>
    private static IEnumerable<string> Sources(string folder) => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
        .Where(file => !Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));
}
