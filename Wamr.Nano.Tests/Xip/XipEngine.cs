// SPDX-License-Identifier: MIT
// Native images behind the seam of the suite: each module that is instantiated is compiled for this machine, and its code runs from the image.
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Wamr.Nano.Core;
using Wamr.Nano.Tests.Spec;
using Wamr.Nano.Xip;
using Xunit;

namespace Wamr.Nano.Tests.Xip;

/// <summary>Runs modules as native images. Loading and validating stays the core's.</summary>
internal sealed unsafe class XipEngine : CoreEngine
{
    private readonly List<MappedImage> _images = [];
    private readonly Dictionary<nint, nint> _compiled = [];

    /// <summary>Whether images for this machine can be made here: gcc is taken for granted where it can.</summary>
    public static bool IsPossible => OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64;

    private static CompileOptions Options => new() { Target = "x86_64", Optimization = Optimization.Balanced, Open = true, WholePages = true, Jobs = 1 };

    protected override Module* Executable(Module* module)
    {
        Rt->Platform.StackBoundary = &HostPlatform.StackBoundary;
        if (_compiled.TryGetValue((nint)module, out nint known)) return (Module*)known;
        byte[] image = ImageCompiler.Compile(new ReadOnlySpan<byte>(module->Bytes, (int)module->Size), Options);
        MappedImage mapped = MappedImage.Of(image);
        _images.Add(mapped);
        ImageArgs args = default;
        args.Target = MappedImage.Here;
        Module* loaded;
        Assert.Equal(WasmError.None, NativeImages.Load(Rt, mapped.Bytes, mapped.Size, &args, &loaded));
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
