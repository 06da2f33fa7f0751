// SPDX-License-Identifier: MIT
// The command line published with NativeAOT: no warnings, and it runs.
using System;
using System.IO;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Xip;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Cli;

[Trait("Category", "Aot")]
public class NativeAotToolTests
{
    [NativeAotToolFact]
    public void Wnano_published_with_NativeAOT_runs_the_demo()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("wnano-aot");
        try
        {
            // An artifacts folder of its own: the build the tests run from stays as it is.
            // net9.0: its compiler is the one that boards use.
            ProcessResult publish = Wnano.Start(
                "dotnet", "publish", Repository.PathOf("tools/wnano"), "-f", "net9.0", "-p:TargetFrameworks=net9.0", "-c", "Release",
                "-p:PublishAot=true", "-v", "q", "--nologo",
                "--artifacts-path", Path.Combine(folder.FullName, "artifacts"), "-o", folder.FullName);
            Assert.True(publish.ExitCode == 0, publish.Output + publish.Error);
            Assert.DoesNotContain("warning IL", publish.Output, StringComparison.Ordinal);

            string program = Path.Combine(folder.FullName, OperatingSystem.IsWindows() ? "wnano.exe" : "wnano");
            ProcessResult demo = Wnano.Start(program, "demo", "--board", "none");
            Assert.Equal((0, ""), (demo.ExitCode, demo.Error));
            Assert.Equal(Wnano.Run("demo", "--board", "none").Output, demo.Output);
            if (XipEngine.IsPossible) GuardPagesMakeTraps(program, folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Faults go past another runtime's handler here than in the other tests.</summary>
    private static void GuardPagesMakeTraps(string program, string folder)
    {
        ModuleBuilder m = new();
        m.Memory(1, 1);
        m.Function("i:i", new Code().Get(0).Op(Opcode.I32Load, 0, 0), export: "load");
        string module = Path.Combine(folder, "load.wasm"), image = Path.Combine(folder, "load.xip");
        File.WriteAllBytes(module, m.Build());
        Assert.Equal(0, Wnano.Start(program, "compile", module, "--target", "x86_64", "--guard-pages").ExitCode);
        Assert.Equal("load: 0", Wnano.Start(program, "run", image, "--invoke", "load", "65532").Output.Trim());
        Assert.Contains("WN5002", Wnano.Start(program, "run", image, "--invoke", "load", "65533").Error, StringComparison.Ordinal);
    }
}

/// <summary>A test that needs what NativeAOT links with: skipped where it is absent, except on the build server.</summary>
internal sealed class NativeAotToolFactAttribute : FactAttribute
{
    public NativeAotToolFactAttribute()
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
