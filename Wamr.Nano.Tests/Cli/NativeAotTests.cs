// SPDX-License-Identifier: MIT
// The command line published with NativeAOT: no warnings, and it runs.
using System;
using System.IO;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Cli;

[Trait("Category", "Aot")]
public class NativeAotTests
{
    [NativeAotFact]
    public void Wnano_published_with_NativeAOT_runs_the_demo()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("wnano-aot");
        try
        {
            // An artifacts folder of its own: the build the tests run from stays as it is. net8.0: its native runtime pack is easiest to have.
            ProcessResult publish = Wnano.Start(
                "dotnet", "publish", Repository.PathOf("tools/wnano"), "-f", "net8.0", "-p:TargetFrameworks=net8.0", "-c", "Release", "-p:PublishAot=true", "-v", "q", "--nologo",
                "--artifacts-path", Path.Combine(folder.FullName, "artifacts"), "-o", folder.FullName);
            Assert.True(publish.ExitCode == 0, publish.Output + publish.Error);
            Assert.DoesNotContain("warning IL", publish.Output, StringComparison.Ordinal);

            string program = Path.Combine(folder.FullName, OperatingSystem.IsWindows() ? "wnano.exe" : "wnano");
            ProcessResult demo = Wnano.Start(program, "demo", "--board", "none");
            Assert.Equal((0, ""), (demo.ExitCode, demo.Error));
            Assert.Equal(Wnano.Run("demo", "--board", "none").Output, demo.Output);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}

/// <summary>A test that needs what NativeAOT links with: skipped where it is absent, except on the build server.</summary>
internal sealed class NativeAotFactAttribute : FactAttribute
{
    public NativeAotFactAttribute()
    {
        if (Shared.OnCi || !OperatingSystem.IsLinux()) return;
        bool there = (OnPath("clang") || OnPath("gcc")) && File.Exists("/usr/include/zlib.h");
        if (!there) Skip = "NativeAOT links with clang or gcc and the development files of zlib, and they are not there";
    }

    private static bool OnPath(string program)
    {
        foreach (string folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
            if (File.Exists(Path.Combine(folder, program))) return true;
        return false;
    }
}
