// SPDX-License-Identifier: MIT
// Bytecode images behind the seam of the suite: each module that is instantiated is made into an image, and the interpreter runs that.
using System;
using System.Collections.Generic;
using Wamr.Nano.Core;
using Wamr.Nano.Tests.Spec;
using Wamr.Nano.Xip;
using Xunit;

namespace Wamr.Nano.Tests.Xip;

/// <summary>Runs modules as bytecode images. Loading and validating stays the core's.</summary>
internal sealed unsafe class BytecodeEngine : CoreEngine
{
    private readonly List<MappedImage> _images = [];
    private readonly Dictionary<nint, nint> _compiled = [];

    protected override Module* Executable(Module* module)
    {
        if (_compiled.TryGetValue((nint)module, out nint known)) return (Module*)known;
        CompileOptions options = new() { WholePages = true };
        byte[] image = ImageCompiler.CompileBytecode(new ReadOnlySpan<byte>(module->Bytes, (int)module->Size), options, (byte)sizeof(nuint));
        MappedImage mapped = MappedImage.Of(image);
        _images.Add(mapped);
        ImageArgs args = default;
        Module* loaded;
        Assert.Equal(WasmError.None, BytecodeImages.Load(Rt, mapped.Bytes, mapped.Size, &args, &loaded));
        Keep(loaded);
        _compiled[(nint)module] = (nint)loaded;
        return loaded;
    }

    public override void Dispose()
    {
        base.Dispose();
        foreach (MappedImage image in _images) image.Dispose();
    }
}
