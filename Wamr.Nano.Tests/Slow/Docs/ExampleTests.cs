// SPDX-License-Identifier: MIT
// What the pages show is what the commands print. WNANO_WRITE_DOCS=1 runs all of their examples and writes the pages anew.
using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Docs;

public sealed class ExampleTests : IDisposable
{
    private const string Variable = "WNANO_WRITE_DOCS";

    /// <summary>Needs a compiler, an emulator or a device, or prints times: these are run where the pages are written only.</summary>
    private static readonly Regex s_elsewhere =
        new("board|blink|compile|trim app|wnano (doctor|embed|keygen|sign|verify|ports|demo|ps)|clang");

    /// <summary>The board an example makes, which no other example is to see.</summary>
    private static readonly string NewBoard = Path.Combine(BoardKit.Tree.Boards, "mine");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wnano-docs");

    public ExampleTests()
    {
        foreach (string sample in new[] { "sensor/sensor.wasm", "hello/hello.wasm" })
        {
            string file = Repository.PathOf("samples/" + sample), copy = Path.Combine(_folder.FullName, "samples", sample);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
            File.Copy(file, Path.Combine(_folder.FullName, Path.GetFileName(file)));
        }
        File.Copy(Repository.PathOf("bench/footprint/app.c"), Path.Combine(_folder.FullName, "app.c"));
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "bin"));
        string wnano = Path.Combine(_folder.FullName, "bin", "wnano");
        // Who watches a device does so until somebody stops it.
        string limit = "[ \"$1\" = monitor ] && limit='timeout -s INT 5'";
        File.WriteAllText(wnano,
            $"#!/bin/sh\n{limit}\nexec $limit dotnet '{Path.Combine(AppContext.BaseDirectory, "wnano.dll")}' \"$@\"\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(wnano, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/TOOLS.md")]
    [InlineData("docs/XIP.md")]
    [InlineData("docs/FLASHING.md")]
    public void Examples_print_what_the_page_shows(string page)
    {
        string file = Repository.PathOf(page);
        if (Environment.GetEnvironmentVariable(Variable) == "1")
        {
            // The emulated boards of the pages are new ones.
            foreach (string flash in Directory.GetFiles(BoardKit.Tree.Artifacts, "flash.bin", SearchOption.AllDirectories))
                File.Delete(flash);
            ExamplePage.Write(file, Run);
        }
        Example[] examples = [.. ExamplePage.Of(ExamplePage.Lines(file))];
        Assert.NotEmpty(examples);
        if (OperatingSystem.IsWindows()) return;
        foreach (Example example in examples.Where(example => !s_elsewhere.IsMatch(example.Command)))
        {
            string shown = string.Join('\n', example.Output), printed = string.Join('\n', Run(example.Command));
            Assert.True(shown == printed, $"'{example.Command}' prints\n{printed}\nnot\n{shown}\n{Variable}=1 dotnet test --filter "
                + $"{nameof(Examples_print_what_the_page_shows)} writes {page} anew");
        }
    }

    private string[] Run(string command)
    {
        string root = Path.GetFullPath(Repository.PathOf("."));
        ProcessStartInfo start = new("sh", ["-c",
            $"exec 2>&1; cd '{_folder.FullName}'; PATH=\"$PWD/bin:$PATH\" WNANO_SOURCE='{root}'; export PATH WNANO_SOURCE; {command}"]);
        string output = Wnano.Start(start).Output;
        if (Directory.Exists(NewBoard)) Directory.Delete(NewBoard, recursive: true);
        foreach (string place in new[] { root, _folder.FullName })
            output = output.Replace(place.TrimEnd('/') + "/", "", StringComparison.Ordinal);
        string[] lines = [.. output.Split('\n').Select(line => line.TrimEnd())];
        int end = lines.Length;
        while (end > 0 && lines[end - 1].Length == 0) end--;
        return lines[..end];
    }
}
