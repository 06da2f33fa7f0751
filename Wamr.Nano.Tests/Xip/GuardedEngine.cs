// SPDX-License-Identifier: MIT
// Native images with guard pages behind the seam of the suite.
using System;
using Wamr.Nano.Core;
using Wamr.Nano.Xip;

namespace Wamr.Nano.Tests.Xip;

internal sealed unsafe class GuardedEngine : ImageEngine
{
    private static CompileOptions Options => new() { Target = "x86_64", Optimization = Optimization.Balanced, Open = true, GuardPages = true, Jobs = 1 };

    protected override Module* Executable(Module* module)
    {
        Rt->Platform.StackBoundary = &HostPlatform.StackBoundary;
        GuardedMemories.Offer(Rt);
        return base.Executable(module);
    }

    protected override byte[] Compile(ReadOnlySpan<byte> module) => ImageCompiler.Compile(module, Options);

    protected override WasmError Load(MappedImage image, ImageArgs* args, Module** loaded) => NativeImages.Load(Rt, image.Bytes, image.Size, args, loaded);
}
