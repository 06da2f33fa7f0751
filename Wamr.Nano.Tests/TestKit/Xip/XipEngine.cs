// SPDX-License-Identifier: MIT
// Native images behind the seam of the suite: code of this machine, run from the image.
using System;
using System.Runtime.InteropServices;

namespace Wamr.Nano.Tests.TestKit.Xip;

internal sealed unsafe class XipEngine : ImageEngine
{
    /// <summary>Whether images for this machine can be made here: gcc is taken for granted where it can.</summary>
    public static bool IsPossible => OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64;

    protected override Module* Executable(Module* module)
    {
        Rt->Platform.StackBoundary = &HostPlatform.StackBoundary;
        return base.Executable(module);
    }

    protected override byte[] Compile(ReadOnlySpan<byte> module) => SuiteImages.For("x86_64").Of(module);

    protected override WasmError Load(MappedImage image, ImageArgs* args, Module** loaded) =>
        NativeImages.Load(Rt, image.Bytes, image.Size, args, loaded);
}
