// SPDX-License-Identifier: MIT
// The firmware of the board host, as a device at the end of a line, refuses what it cannot run.
using System;
using System.IO;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Flash;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Devices;
using Wamr.Nano.Tool.Flash;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Cli;

public sealed class DeviceRefusalTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bad-").FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    [GccFact]
    public void A_device_refuses_an_image_for_another_processor_before_it_erases()
    {
        SourceTree tree = new(Repository.PathOf(""));
        BoardInfo host = tree.Board("host");
        string flash = Path.Combine(_folder, "flash.bin"), port = $"exec:env WNANO_FLASH={flash} {LocalBoard.Build(tree, host)}";
        string other = Path.Combine(_folder, "double.bin");
        File.WriteAllBytes(other, HeaderImage.For(HeaderImage.Target("mps2-an500")));
        Refusals.Check("image for another processor", Wnano.Run("install", other, "--port", port), "WN7004", "compile");
        Assert.All(new EmulatedFlash(flash, host.Flash!).Read(0, (int)host.Flash!.Bytes), b => Assert.Equal(0xFF, b));
        byte[] large = Refusals.Larger(64 << 10);
        string file = Path.Combine(_folder, "large.wasm");
        File.WriteAllBytes(file, large);
        Refusals.Check("image too big", Wnano.Run("install", file, "--port", port), "WN8510", "slot");
        Refusals.Check("no such app", Wnano.Run("rm", "other", "--port", port), "WN8507", "wnano ps");
    }
}
