// SPDX-License-Identifier: MIT
// Images behind the seam of the suite: each module that is instantiated is compiled, and runs from the image.
using System;
using System.Collections.Generic;
using Wamr.Nano.Tests.TestKit.Spec;
using Xunit;

namespace Wamr.Nano.Tests.TestKit.Xip;

/// <summary>Runs modules as images. Loading and validating stays the core's.</summary>
internal abstract unsafe class ImageEngine : CoreEngine
{
    private readonly List<MappedImage> _images = [];
    private readonly Dictionary<nint, nint> _compiled = [];

    public override void Dispose()
    {
        base.Dispose();
        foreach (MappedImage image in _images) image.Dispose();
    }

    protected abstract byte[] Compile(ReadOnlySpan<byte> module);

    /// <summary>By the loader of its kind, which takes no other.</summary>
    protected abstract WasmError Load(MappedImage image, ImageArgs* args, Module** loaded);

    protected override Module* Executable(Module* module)
    {
        if (_compiled.TryGetValue((nint)module, out nint known)) return (Module*)known;
        MappedImage mapped = MappedImage.Of(Compile(new(module->Bytes, (int)module->Size)));
        _images.Add(mapped);
        ImageArgs args = new() { Target = MappedImage.Here };
        Module* loaded;
        Assert.Equal(WasmError.None, Load(mapped, &args, &loaded));
        Keep(loaded);
        _compiled[(nint)module] = (nint)loaded;
        return loaded;
    }
}
