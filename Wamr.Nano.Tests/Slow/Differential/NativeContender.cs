// SPDX-License-Identifier: MIT
// Native images for this machine: many compilers and many ways to compile are rows of this.
using System.Collections.Generic;
using Wamr.Nano.Xip;
using Wamr.Nano.Xip.Build;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Differential;

/// <param name="name">Says what <paramref name="options"/> are.</param>
/// <param name="options">How images are made. What else a case needs of them is set here.</param>
internal sealed unsafe class NativeContender(string name, CompileOptions options) : CoreContender
{
    private readonly List<MappedImage> _images = [];
    private readonly CodeCache _cache = new();

    public override string Name => name;

    protected override CoreWorld.Maker Maker => Load;

    private Core.Wasm.Module* Load(byte[] binary, bool shared)
    {
        Rt->Platform.StackBoundary = &HostPlatform.StackBoundary;
        CompileOptions all = options with { Target = "x86_64", Open = options.Open || shared, WholePages = true, Jobs = 1, Cache = _cache };
        MappedImage mapped = MappedImage.Of(ImageCompiler.Compile(binary, all));
        _images.Add(mapped);
        ImageArgs args = new() { Target = MappedImage.Here };
        Core.Wasm.Module* module;
        Assert.Equal(WasmError.None, NativeImages.Load(Rt, mapped.Bytes, mapped.Size, &args, &module));
        return module;
    }

    protected override void Done()
    {
        foreach (MappedImage image in _images) image.Dispose();
        _images.Clear();
    }
}
