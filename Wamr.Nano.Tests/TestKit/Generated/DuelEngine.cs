// SPDX-License-Identifier: MIT
// The engines that are held against the reference evaluator, and what of a run their rules leave open.
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Wamr.Nano.Tests.TestKit.Xip;
using Wamr.Nano.Xip;
using Wamr.Nano.Xip.Build;
using Xunit;

namespace Wamr.Nano.Tests.TestKit.Generated;

internal enum DuelEngine
{
    Interpreter,

    /// <summary>The interpreter on bytecode images: no positions in the app's binary.</summary>
    Bytecode,

    /// <summary>
    /// Native images: no call stack, no going on without fuel, and no more fuel used than the interpreter's (but for a unit a call by the
    /// host), perhaps less: not every call and not every turn of a loop is counted.
    /// </summary>
    Native,
}

/// <summary>Modules of images, for as long as the instances of one fight live.</summary>
internal sealed unsafe class DuelImages(Core.Run.Runtime* rt, DuelEngine engine)
{
    private readonly CodeCache _cache = new();
    private readonly List<MappedImage> _mapped = [];
    private readonly List<nint> _blocks = [];

    /// <summary>Loads an image of a binary.</summary>
    /// <param name="binary">The module.</param>
    /// <param name="open">Whether other instances write to its memory and table.</param>
    /// <param name="seed">Chooses the compiler of native code, and its level.</param>
    public Core.Wasm.Module* Load(byte[] binary, bool open, int seed)
    {
        ImageArgs args = new() { Target = MappedImage.Here };
        Core.Wasm.Module* module;
        if (engine == DuelEngine.Native)
        {
            (string compiler, Optimization optimization) = NativeCompilers.All[seed % NativeCompilers.All.Count];
            CompileOptions options =
                new() { Target = "x86_64", Compiler = compiler, Optimization = optimization, Jobs = 1, Cache = _cache };
            byte[] native = ImageCompiler.Compile(binary, options with { Open = open, WholePages = open });
            MappedImage mapped = MappedImage.Of(native);
            _mapped.Add(mapped);
            Assert.Equal(WasmError.None, NativeImages.Load(rt, mapped.Bytes, mapped.Size, &args, &module));
            return module;
        }
        byte[] image = ImageKit.Bytecode(binary);
        byte* bytes = (byte*)NativeMemory.Alloc((nuint)image.Length);
        image.CopyTo(new Span<byte>(bytes, image.Length));
        _blocks.Add((nint)bytes);
        Assert.Equal(WasmError.None, BytecodeImages.Load(rt, bytes, (uint)image.Length, &args, &module));
        return module;
    }

    /// <summary>To be called when the modules are unloaded.</summary>
    public void Free()
    {
        foreach (MappedImage image in _mapped) image.Dispose();
        foreach (nint block in _blocks) NativeMemory.Free((void*)block);
        _mapped.Clear();
        _blocks.Clear();
    }
}
