// SPDX-License-Identifier: MIT
// Instances of images: how they are made, and which are not.
using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Xip;
using Wamr.Nano.Xip;
using Xunit;

namespace Wamr.Nano.Tests.Xip;

public unsafe class ImageInstanceTests
{
    /// <summary>Frees the instance it is given; knows no import.</summary>
    private static WasmError FreesAnother(void* context, ImportRequest* request, Extern* result)
    {
        Assert.Equal(WasmError.None, Instances.Free((Instance*)context));
        return WasmError.UnknownImport;
    }

    [Fact]
    public void Resolver_may_free_an_instance_before_the_image_has_its_memory()
    {
        if (!XipEngine.IsPossible) return;
        using World world = new();
        ModuleBuilder m = new();
        m.ImportFunction("env", "f", ":");
        m.Memory(1, 1);
        m.Global('n', new Code().Op(Opcode.RefNull).Raw(0x70), mutable: true);
        using MappedImage image = MappedImage.Of(ImageCompiler.Compile(m.Build(), new() { Target = "x86_64", Jobs = 1 }));
        ImageArgs target = new() { Target = MappedImage.Here };
        Module* module;
        Assert.Equal(WasmError.None, NativeImages.Load(world.Rt, image.Bytes, image.Size, &target, &module));
        InstantiateArgs args = new() { Resolver = &FreesAnother, ResolverContext = world.Instantiate(new ModuleBuilder()) };
        Instance* instance;
        Assert.Equal(WasmError.UnknownImport, Instances.Create(module, &args, &instance));
        Assert.Equal(0u, world.InstanceBytes);
        Assert.Equal(WasmError.None, Modules.Unload(module));
    }

    [Fact]
    public void Native_code_has_as_much_operand_stack_as_those_it_calls()
    {
        if (!XipEngine.IsPossible) return;
        ModuleBuilder callee = new(), caller = new();
        callee.Function("i:i", new Code().Get(0).I32(1).Op(Opcode.I32Add), export: "next");
        caller.ImportFunction("callee", "next", "i:i");
        caller.Function("i:i", new Code().Get(0).Call(0), export: "run");
        using NanoRuntime runtime = new(1 << 20);
        Dictionary<string, NanoInstance> imports = new() { ["callee"] = runtime.LoadModule(callee.Build()).Instantiate() };
        NanoModule image = runtime.LoadImage(ImageCompiler.Compile(caller.Build(), new() { Target = "x86_64", Jobs = 1 }));
        NanoInstance instance = image.Instantiate(new() { Imports = imports });
        Assert.Equal(42, instance.GetFunction("run").Call(41).AsInt32());
        Assert.Equal(Config.DefaultStackBytes, instance.Pointer->DefaultStackBytes);
        NanoInstance alone = runtime.LoadImage(ImageCompiler.Compile(callee.Build(), new() { Target = "x86_64", Jobs = 1 })).Instantiate();
        Assert.Equal(42, alone.GetFunction("next").Call(41).AsInt32());
        Assert.Equal(0u, alone.Pointer->DefaultStackBytes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Memory_has_as_many_pages_with_an_app_heap_as_it_has_interpreted(uint pages)
    {
        if (!XipEngine.IsPossible) return;
        const uint heap = 2 << 16;
        ModuleBuilder m = new();
        m.Memory(pages, pages);
        m.Function(":i", new Code().Op(Opcode.MemorySize, 0), export: "pages");
        byte[] image = ImageCompiler.Compile(m.Build(), new() { Target = "x86_64", HeapBytes = heap, WholePages = true, Jobs = 1 });
        Assert.Equal((pages << 16) + heap, ImageKit.Header(image).FixedBytes);
        using NanoRuntime runtime = new(1 << 20);
        NanoInstanceOptions options = new() { HeapBytes = heap };
        int interpreted = runtime.LoadModule(m.Build()).Instantiate(options).GetFunc<int>("pages")();
        Assert.Equal(interpreted, runtime.LoadImage(image).Instantiate(options).GetFunc<int>("pages")());
    }

    [Fact]
    public void Heap_base_moves_behind_the_app_heap()
    {
        if (!XipEngine.IsPossible) return;
        ModuleBuilder m = new();
        m.Memory(1, 2);
        m.Global('i', new Code().I32(1024), export: "__heap_base");
        m.Global('i', new Code().I32(512), export: "__data_end");
        m.Function(":i", new Code().I32(1).Op(Opcode.MemoryGrow, 0), export: "grow");
        m.Function(":i", new Code().Op(Opcode.GlobalGet, 0), export: "base");
        using NanoRuntime runtime = new(1 << 20);
        NanoModule image = runtime.LoadImage(ImageCompiler.Compile(m.Build(), new() { Target = "x86_64", Jobs = 1 }));
        foreach (NanoModule module in new[] { runtime.LoadModule(m.Build()), image })
            Assert.Equal(2024, module.Instantiate(new() { HeapBytes = 1000 }).GetFunc<int>("base")());
    }

    [Fact]
    public void Memory_and_globals_that_are_4_GB_together_are_refused()
    {
        if (!XipEngine.IsPossible) return;
        using World world = new();
        ModuleBuilder m = new();
        m.Memory(65535, 65535);
        for (int i = 0; i < 17_000; i++) m.Global('i', new Code().I32(i), mutable: true);
        using MappedImage image = MappedImage.Of(ImageCompiler.Compile(m.Build(), new() { Target = "x86_64", Jobs = 1 }));
        ImageArgs target = new() { Target = MappedImage.Here };
        Module* module;
        Assert.Equal(WasmError.None, NativeImages.Load(world.Rt, image.Bytes, image.Size, &target, &module));
        InstantiateArgs args = default;
        Instance* instance;
        Assert.Equal(WasmError.MemoryTooLarge, Instances.Create(module, &args, &instance));
        Assert.Equal(0u, world.InstanceBytes);
        Assert.Equal(WasmError.None, Modules.Unload(module));
    }

    /// <summary>With upper halves of vector registers in use SSE code is slow: nbody took 2.93 times what it takes natively.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Native_code_starts_with_clean_vector_registers(bool fixedMemory)
    {
        const int wideRegisters = 4, enumeration = 0xD, canTell = 4;
        if (!XipEngine.IsPossible || !Avx.IsSupported || (X86Base.CpuId(enumeration, 1).Eax & canTell) == 0) return;
        ModuleBuilder m = new();
        m.Memory(1, fixedMemory ? 1u : 2u);
        m.Function(":i", fixedMemory ? new Code().I32(0) : new Code().I32(1).Op(Opcode.MemoryGrow, 0), export: "f");
        byte[] image = ImageCompiler.Compile(m.Build(), new() { Target = "x86_64", Jobs = 1 });
        ref ImageHeader header = ref ImageKit.Header(image);
        Assert.Equal(fixedMemory, header.FixedBytes != 0);
        // mov r8, rcx; mov ecx, 1; xgetbv; mov [r8], eax; xor eax, eax; ret: the result is what the processor keeps in use.
        byte[] enter = [0x49, 0x89, 0xC8, 0xB9, 1, 0, 0, 0, 0x0F, 0x01, 0xD0, 0x41, 0x89, 0x00, 0x31, 0xC0, 0xC3];
        enter.CopyTo(image, (int)(header.CodeAt + header.EnterAt));
        using NanoRuntime runtime = new(256 << 10);
        Func<int> inUse = runtime.LoadImage(ImageKit.Seal(image)).Instantiate().GetFunc<int>("f");
        for (int n = 0; n < 3; n++) Assert.Equal(0, CallWithWideVectors(inUse, n) & wideRegisters);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int CallWithWideVectors(Func<int> function, int n)
    {
        Vector256<int> wide = Vector256.Create(n) + Vector256<int>.One;
        int result = function();
        Assert.NotEqual(Vector256<int>.Zero, wide);
        return result;
    }

    [Fact]
    public void Native_image_can_be_kept_out()
    {
        if (!XipEngine.IsPossible) return;
        using NanoRuntime runtime = new(64 << 10);
        byte[] image = ImageCompiler.Compile(SmallModules.Add, new() { Target = "x86_64", Jobs = 1 });
        Assert.Equal(WasmError.WrongImageKind, Assert.Throws<WasmException>(() => runtime.LoadImage(image, allowNative: false)).Error);
        Assert.Equal(3, runtime.LoadImage(image).Instantiate().GetFunc<int, int, int>("f")(1, 2));
    }
}
