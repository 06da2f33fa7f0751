// SPDX-License-Identifier: MIT
// Native images with guard pages behind the seam of the suite.
using System;

namespace Wamr.Nano.Tests.TestKit.Xip;

internal sealed unsafe class GuardedEngine : ImageEngine
{
    protected override Module* Executable(Module* module)
    {
        Rt->Platform.StackBoundary = &HostPlatform.StackBoundary;
        GuardedMemories.Offer(Rt);
        return base.Executable(module);
    }

    protected override byte[] Compile(ReadOnlySpan<byte> module) => SuiteImages.For("x86_64", guardPages: true).Of(module);

    protected override WasmError Load(MappedImage image, ImageArgs* args, Module** loaded) =>
        NativeImages.Load(Rt, image.Bytes, image.Size, args, loaded);
}
