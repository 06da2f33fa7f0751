// SPDX-License-Identifier: MIT
// Commands that refuse: what all of them print, and an app of any size to be refused.
using System;
using System.IO;
using Xunit;

namespace Wamr.Nano.Tests.TestKit;

internal static class Refusals
{
    private static string Hello => Repository.PathOf("samples/hello/hello.wasm");

    /// <summary>The command failed with a code and a next step, and without a stack of .NET.</summary>
    public static void Check(string situation, ProcessResult result, string code, string next)
    {
        Assert.True(result.ExitCode == 1, $"{situation}: exit code {result.ExitCode}, {result.Error}");
        Assert.Contains(code + " ", result.Error, StringComparison.Ordinal);
        Assert.Contains(next, result.Error[result.Error.IndexOf(code, StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    /// <summary>A sound module with a custom section of so many bytes.</summary>
    public static byte[] Larger(int bytes) =>
        [.. File.ReadAllBytes(Hello), 0, .. Leb128.Unsigned((uint)bytes), 1, (byte)'x', .. new byte[bytes - 2]];
}
