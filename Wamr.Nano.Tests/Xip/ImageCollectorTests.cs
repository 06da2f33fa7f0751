// SPDX-License-Identifier: MIT
// Instances of images while they are being made.
using Wamr.Nano.Core;
using Wamr.Nano.Tests.Runtime;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Xip;
using Xunit;

namespace Wamr.Nano.Tests.Xip;

public unsafe class ImageCollectorTests
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
}
