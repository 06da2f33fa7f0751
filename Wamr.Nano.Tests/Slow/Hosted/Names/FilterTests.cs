// SPDX-License-Identifier: MIT
// Thousands of names of real libraries, as c++filt reads them and as we do.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using Wamr.Nano.Tests.TestKit;
using Xunit;
using Xunit.Abstractions;

namespace Wamr.Nano.Tests.Slow.Hosted.Names;

public class FilterTests(ITestOutputHelper output)
{
    /// <summary>Of Rust's driver there are a hundred times as many.</summary>
    private const int Most = 60_000;

    [SkippableFact]
    public void Names_of_C_plus_plus_are_read_as_c_plus_plus_filt_does() => Compare("_Z",
        "/usr/lib/x86_64-linux-gnu/libstdc++.so.6", "/usr/lib/x86_64-linux-gnu/libLLVM-14.so.1",
            "/usr/lib/x86_64-linux-gnu/libLLVM-15.so.1");

    [SkippableFact]
    public void Names_of_Rust_are_read_as_c_plus_plus_filt_does()
    {
        string toolchains = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".rustup", "toolchains");
        Compare("_R", Directory.Exists(toolchains)
            ? [.. Directory.EnumerateFiles(toolchains, "librustc_driver-*.so", SearchOption.AllDirectories)] : []);
    }

    private void Compare(string prefix, params string[] libraries)
    {
        Skip.If(!IsThere("c++filt") || !IsThere("nm"), "c++filt or nm is missing: apt-get install binutils");
        string[] names = [.. libraries.Where(File.Exists).SelectMany(Symbols)
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Distinct().Take(Most)];
        Skip.If(names.Length == 0, $"there is no library here whose names begin with {prefix}");
        string[] expected = Filtered(names);
        Assert.Equal(names.Length, expected.Length);
        long start = Stopwatch.GetTimestamp();
        string[] actual = [.. names.Select(ReadableName.Of)];
        TimeSpan time = Stopwatch.GetElapsedTime(start);
        string[] other = [.. names.Zip(expected, actual).Where(row => Plain(row.Second) != Plain(row.Third))
            .Select(row => $"{row.First}\n  {row.Second}\n  {row.Third}")];
        output.WriteLine(
            $"{names.Length} names, {other.Length} read otherwise, {time.TotalMilliseconds:F0} ms\n{string.Join('\n', other.Take(10))}");
        // c++filt sets a comma for an empty pack.
        Assert.InRange(other.Length, 0, names.Length / 1000);
    }

    /// <summary>Behind an empty pack c++filt sets no space between the brackets.</summary>
    private static string Plain(string name) =>
        name.Replace("> >", ">>", StringComparison.Ordinal).Replace("> >", ">>", StringComparison.Ordinal);

    private static IEnumerable<string> Symbols(string library) => Wnano.Start("nm", "-D", library).Output.Split('\n')
        .Select(line => line[(line.LastIndexOf(' ') + 1)..].Split('@')[0]);

    private static string[] Filtered(string[] names)
    {
        string file = Path.GetTempFileName();
        File.WriteAllLines(file, names);
        string text = Wnano.Start("sh", "-c", $"c++filt -i < '{file}'").Output;
        File.Delete(file);
        return text.TrimEnd('\n').Split('\n');
    }

    private static bool IsThere(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
}
