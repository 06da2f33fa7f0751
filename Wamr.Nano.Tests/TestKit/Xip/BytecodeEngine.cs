// SPDX-License-Identifier: MIT
// Bytecode images behind the seam of the suite: the interpreter runs register code where it lies in the image.
using System;
using Wamr.Nano.Xip;

namespace Wamr.Nano.Tests.TestKit.Xip;

internal sealed unsafe class BytecodeEngine : ImageEngine
{
    protected override byte[] Compile(ReadOnlySpan<byte> module) =>
        ImageCompiler.CompileBytecode(module, new() { WholePages = true }, (byte)IntPtr.Size);

    protected override WasmError Load(MappedImage image, ImageArgs* args, Module** loaded) =>
        BytecodeImages.Load(Rt, image.Bytes, image.Size, args, loaded);
}
