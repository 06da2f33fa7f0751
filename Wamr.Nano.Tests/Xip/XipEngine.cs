// SPDX-License-Identifier: MIT
// Native images behind the seam of the suite: code of this machine, run from the image.
using System;
using System.Runtime.InteropServices;
using Wamr.Nano.Core;
using Wamr.Nano.Xip;

namespace Wamr.Nano.Tests.Xip;

internal sealed unsafe class XipEngine : ImageEngine
{
    /// <summary>Whether images for this machine can be made here: gcc is taken for granted where it can.</summary>
    public static bool IsPossible => OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64;

    private static CompileOptions Options => new() { Target = "x86_64", Optimization = Optimization.Balanced, Open = true, WholePages = true, Jobs = 1 };

    protected override Module* Executable(Module* module)
    {
        Rt->Platform.StackBoundary = &HostPlatform.StackBoundary;
        return base.Executable(module);
    }

    protected override byte[] Compile(ReadOnlySpan<byte> module) => ImageCompiler.Compile(module, Options);

    protected override WasmError Load(MappedImage image, ImageArgs* args, Module** loaded) => NativeImages.Load(Rt, image.Bytes, image.Size, args, loaded);
}
