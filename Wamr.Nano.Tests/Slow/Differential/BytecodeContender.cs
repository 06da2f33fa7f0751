// SPDX-License-Identifier: MIT
// The interpreter on bytecode images.
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Wamr.Nano.Tests.TestKit.Xip;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Differential;

internal sealed unsafe class BytecodeContender : CoreContender
{
    private readonly List<nint> _blocks = [];

    public override string Name => "bytecode";

    protected override CoreWorld.Maker Maker => Load;

    private Core.Wasm.Module* Load(byte[] binary, bool shared)
    {
        byte[] image = ImageKit.Bytecode(binary, wholePages: true);
        byte* bytes = (byte*)NativeMemory.AlignedAlloc((nuint)image.Length, 64);
        image.CopyTo(new Span<byte>(bytes, image.Length));
        _blocks.Add((nint)bytes);
        ImageArgs args = new() { Target = MappedImage.Here };
        Core.Wasm.Module* module;
        Assert.Equal(WasmError.None, BytecodeImages.Load(Rt, bytes, (uint)image.Length, &args, &module));
        return module;
    }

    protected override void Done()
    {
        foreach (nint block in _blocks) NativeMemory.AlignedFree((void*)block);
        _blocks.Clear();
    }
}
