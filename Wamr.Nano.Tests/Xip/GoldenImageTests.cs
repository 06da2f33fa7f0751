// SPDX-License-Identifier: MIT
// Images that were made once and are kept: as long as the version numbers are the same, they load and run. WNANO_WRITE_GOLDEN=1 makes them
// anew, which is right where RegCode.Version or ImageHeader.Version has grown.
using System;
using System.IO;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Xip;
using Xunit;

namespace Wamr.Nano.Tests.Xip;

public class GoldenImageTests
{
    private static string PathOf(string name) => Repository.PathOf($"Wamr.Nano.Tests/Xip/Golden/{name}.xip");

    [Theory]
    [InlineData("crc32", 30, 2330165701)]
    [InlineData("nbody", 300, 4277180983)]
    [InlineData("dispatch", 100, 2896470616)]
    public void Bytecode_of_old_still_runs(string kernel, int rounds, uint result)
    {
        if (sizeof(ulong) != IntPtr.Size) return;
        byte[] module = File.ReadAllBytes(Kernels.PathOf(kernel));
        if (Environment.GetEnvironmentVariable("WNANO_WRITE_GOLDEN") == "1") File.WriteAllBytes(PathOf(kernel), ImageKit.Bytecode(module));
        using NanoRuntime runtime = new(128 << 10);
        Assert.Equal(result, runtime.LoadImage(PathOf(kernel)).Instantiate(new() { StackBytes = 4096 }).GetFunc<int, uint>("run")(rounds));
    }
}
