// SPDX-License-Identifier: MIT
// The sources a tool brings along: copied once, whole, and anew where they differ.
using System;
using System.IO;
using Wamr.Nano.Tool.Boards;
using Xunit;

namespace Wamr.Nano.Tests.Tools;

public sealed class PackedSourcesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wnano-packed");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Sources_are_copied_once_and_again_when_they_differ()
    {
        string packed = Path.Combine(_folder.FullName, "packed"), store = Path.Combine(_folder.FullName, "store");
        Directory.CreateDirectory(Path.Combine(packed, "boards", "common"));
        string file = Path.Combine(packed, "boards", "common", "Firmware.cs");
        File.WriteAllText(file, "one");
        string first = PackedSources.Unpack(packed, store);
        Assert.Equal("one", File.ReadAllText(Path.Combine(first, "boards", "common", "Firmware.cs")));
        File.WriteAllText(Path.Combine(first, "mine.txt"), "what a build leaves there");
        Assert.Equal(first, PackedSources.Unpack(packed, store));
        Assert.True(File.Exists(Path.Combine(first, "mine.txt")));

        File.WriteAllText(file, "two");
        string second = PackedSources.Unpack(packed, store);
        Assert.NotEqual(first, second);
        Assert.Equal("two", File.ReadAllText(Path.Combine(second, "boards", "common", "Firmware.cs")));
        Assert.Equal(2, Directory.GetFileSystemEntries(store).Length);
    }
}
