// SPDX-License-Identifier: MIT
// Commands that build a firmware and run it.
using System;
using System.IO;
using System.Text.RegularExpressions;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tool.Build;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Cli;

public sealed class BoardCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wnano");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Demo_runs_the_same_app_on_an_emulated_board_or_names_what_is_missing()
    {
        ProcessResult r = Wnano.Run("demo", "--rounds", "2");
        Assert.Equal(0, r.ExitCode);
        bool ran = Regex.IsMatch(r.Output,
            @"STM32F405 .*Cortex-M4F, emulated[^\n]*\n(.*\n)+pool 114,\d\d\d B, at most [1-4],\d\d\d B(.*\n)+"
            + @"image: .*in flash\ncode: .*nothing was copied");
        Assert.True(ran || r.Output.Contains("apt-get install", StringComparison.Ordinal), r.Output);
    }

    [Trait("Category", "Boards")]
    [Fact]
    public void Library_is_initialized_in_a_firmware_too()
    {
        if (ExternalProgram.Locate("gcc") == null) return;
        string library = Path.Combine(_folder.FullName, "library.wasm");
        File.WriteAllBytes(library, LibraryApp.Module());
        Assert.Equal("get: 1\n", Wnano.Run("run", library, "--board", "host", "--invoke", "get").Output);
        ProcessResult itself = Wnano.Run("run", library, "--board", "host", "--invoke", "_initialize");
        // Another test may build the same firmware at the same time: then this command says that it waits.
        Assert.Equal(0, itself.ExitCode);
        Assert.DoesNotContain("WN", itself.Error, StringComparison.Ordinal);
    }
}
