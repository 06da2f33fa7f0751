// SPDX-License-Identifier: MIT
// An app that ends itself gives its exit code from a firmware and from an image too.
using System;
using System.IO;
using System.Linq;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tool.Build;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Cli;

public sealed class BoardExitCodeTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wnano");

    public void Dispose() => _folder.Delete(recursive: true);

    [Trait("Category", "Boards")]
    [Theory]
    [InlineData("done", 7, 7)]
    [InlineData("done", 256, 255)]
    [InlineData("start", 0, 0)]
    [InlineData("start", 7, 7)]
    public void Firmware_gives_it_too(string where, int code, int expected)
    {
        foreach (string board in new[] { "host", "mps2-an386" }.Where(BoardKit.IsUsable))
        {
            ProcessResult r = Wnano.Run(["run", ExitingApp.File(_folder, where, code), "--board", board, .. ExitingApp.Arguments(where)]);
            Assert.Equal((board, expected, ""), (board, r.ExitCode, r.Output));
            Assert.DoesNotContain("WN", r.Error, StringComparison.Ordinal);
        }
    }

    [Trait("Category", "Boards")]
    [Theory]
    [InlineData("done", 7)]
    [InlineData("start", 7)]
    [InlineData("start", 0)]
    public void Image_gives_it_too(string where, int code)
    {
        if (ExternalProgram.Locate("gcc") == null) return;
        string image = Path.Combine(_folder.FullName, "image.xip");
        foreach (string[] how in new string[][] { ["--target", "x86_64"], ["--bytecode", "--target", "x86_64"] })
        {
            Assert.Equal(0, Wnano.Run(["compile", ExitingApp.File(_folder, where, code), "-o", image, .. how]).ExitCode);
            ProcessResult r = Wnano.Run(["run", image, .. ExitingApp.Arguments(where)]);
            Assert.Equal((code, "", ""), (r.ExitCode, r.Output, r.Error));
        }
    }
}
