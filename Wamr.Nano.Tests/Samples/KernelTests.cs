// SPDX-License-Identifier: MIT
// The kernels of bench/ give their known results; how fast is the benchmark's business.
using System.IO;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Samples;

public class KernelTests
{
    [Theory]
    [InlineData("crc32", 30, 2330165701)]
    [InlineData("matmul", 3, 35158887)]
    [InlineData("sieve", 10, 1028)]
    [InlineData("nbody", 300, 4277180983)]
    [InlineData("fib", 20, 6765)]
    [InlineData("strstruct", 20, 3196530768)]
    [InlineData("list", 5, 347486646)]
    [InlineData("sha256", 200, 3899487609)]
    [InlineData("dispatch", 100, 2896470616)]
    public void Kernel_gives_its_known_result(string kernel, int rounds, uint result)
    {
        using NanoRuntime runtime = new(128 << 10);
        NanoModule module = runtime.LoadModule(File.ReadAllBytes(Repository.PathOf($"bench/kernels/{kernel}.wasm")));
        Assert.Equal(result, module.Instantiate(new() { StackBytes = 4096 }).GetFunc<int, uint>("run")(rounds));
    }
}
