// SPDX-License-Identifier: MIT
// Instances of images: how they are made, and which are not.
using Wamr.Nano.Core;
using Wamr.Nano.Tests.Runtime;
using Wamr.Nano.Tests.TestKit;
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

    [Fact]
    public void Native_image_can_be_kept_out()
    {
        if (!XipEngine.IsPossible) return;
        using NanoRuntime runtime = new(64 << 10);
        byte[] image = ImageCompiler.Compile(Hosted.Modules.Add, new() { Target = "x86_64", Jobs = 1 });
        Assert.Equal(WasmError.WrongImageKind, Assert.Throws<WasmException>(() => runtime.LoadImage(image, allowNative: false)).Error);
        Assert.Equal(3, runtime.LoadImage(image).Instantiate().GetFunc<int, int, int>("f")(1, 2));
    }
}
