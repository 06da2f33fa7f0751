// SPDX-License-Identifier: MIT
// The kernels of bench/ give their known results; how fast is the benchmark's business.
using System.IO;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Samples;

public class KernelTests
{
    [Theory]
    [MemberData(nameof(Kernels.Results), MemberType = typeof(Kernels))]
    public void Kernel_gives_its_known_result(string kernel, int rounds, uint result)
    {
        using NanoRuntime runtime = new(128 << 10);
        NanoModule module = runtime.LoadModule(File.ReadAllBytes(Kernels.PathOf(kernel)));
        Assert.Equal(result, module.Instantiate(new() { StackBytes = 4096 }).GetFunc<int, uint>("run")(rounds));
    }
}
