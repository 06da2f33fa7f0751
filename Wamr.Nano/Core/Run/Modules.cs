// SPDX-License-Identifier: MIT
// Makes modules from images, for all engines; unloads modules of all kinds.
using Wamr.Nano.Core.Image;
using Wamr.Nano.Core.Memory;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Run;

internal static unsafe class Modules
{
    /// <summary>Makes a module from an image. The caller must set its engine.</summary>
    /// <param name="rt">Owner of the module.</param>
    /// <param name="bytes">The image. It is never written, may lie in flash, and must outlive the module.</param>
    /// <param name="size">The number of available bytes; the image may be smaller.</param>
    /// <param name="kind">The expected kind of image.</param>
    /// <param name="args">Describes this machine.</param>
    /// <param name="module">Set only on success. Free it with <see cref="Unload"/>.</param>
    /// <returns>
    /// A 7xxx code with offset and index in <see cref="Runtime.Error"/>, or <see cref="WasmError.OutOfMemory"/>; nothing stays allocated.
    /// </returns>
    internal static WasmError OfImage(Runtime* rt, byte* bytes, uint size, ImageKind kind, ImageArgs* args, LoadedModule** module)
    {
        WasmError error = ImageLoader.Accept(bytes, size, kind, rt->Load.Features, args);
        if (error != WasmError.None) return Runtimes.Fail(rt, error);
        LoadedModule* m = (LoadedModule*)Allocator.AllocZeroed(&rt->Allocator, (uint)sizeof(LoadedModule), MemoryCategory.Module);
        if (m == null) return rt->Error.Code;
        m->Runtime = rt;
        m->Image = (ImageHeader*)bytes;
        ImageLoader.Describe(m->Image, args, &m->Module);
        error = ImageCheck.Check(&m->Module, m->Image, rt->Load.Features, &rt->Error);
        if (error == WasmError.None) *module = m;
        else Release(m);
        return error;
    }

    /// <summary>Unloads a module. <see cref="WasmError.ModuleInUse"/> while it has instances.</summary>
    internal static WasmError Unload(Module* module)
    {
        LoadedModule* loaded = LoadedModule.Of(module);
        if (loaded->Instances != 0) return Runtimes.Fail(loaded->Runtime, WasmError.ModuleInUse);
        Release(loaded);
        return WasmError.None;
    }

    /// <summary>Frees its memory. Code in an image is not part of that.</summary>
    internal static void Release(LoadedModule* module)
    {
        Allocator* allocator = &module->Runtime->Allocator;
        if (module->Image == null) Allocator.Free(allocator, module->Module.Code);
        Allocator.Free(allocator, module);
    }
}
