// SPDX-License-Identifier: MIT
// Memories, globals and tables through the hosted API, and instances that share them.
using System;
using System.Collections.Generic;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Hosted;

public class StateTests
{
    [Fact]
    public void Memory_is_shared_with_the_app_in_both_directions()
    {
        using NanoRuntime runtime = new();
        NanoInstance instance = runtime.LoadModule(SmallModules.Memory).Instantiate();
        instance.Memory.Bytes[100] = 7;
        Assert.Equal(7, instance.GetFunc<int, int>("load")(100));
        instance.GetAction<int, int>("store")(101, 1);
        Assert.Equal(0x107, instance.Memory.Read<ushort>(100));
        Assert.Equal("hi", instance.Memory.ReadString(8));
        Assert.Equal("h", instance.Memory.ReadString(8, 1));
    }

    [Theory]
    [InlineData(65536u, 1u)]
    [InlineData(65535u, 2u)]
    [InlineData(uint.MaxValue, 1u)]
    [InlineData(0u, uint.MaxValue)]
    public void Slice_outside_the_memory_is_refused(uint address, uint length)
    {
        using NanoRuntime runtime = new();
        NanoInstance instance = runtime.LoadModule(SmallModules.Memory).Instantiate();
        Assert.Throws<ArgumentOutOfRangeException>(() => instance.Memory.Slice(address, length).Length);
    }

    [Fact]
    public void Memory_grows_up_to_its_maximum()
    {
        using NanoRuntime runtime = new();
        NanoInstance instance = runtime.LoadModule(SmallModules.Memory).Instantiate();
        Assert.True(instance.Memory.TryGrow(2));
        Assert.False(instance.Memory.TryGrow(1));
        Assert.Equal((3u, 196608u), (instance.Memory.Pages, instance.Memory.Size));
        Assert.Equal("hi", instance.Memory.ReadString(8));
    }

    [Fact]
    public void Globals_are_read_and_the_mutable_ones_set()
    {
        ModuleBuilder m = new();
        m.Global('I', new Code().I64(-5), export: "constant");
        m.Global('F', new Code().F64(0.5), mutable: true, export: "variable");
        using NanoRuntime runtime = new();
        NanoInstance instance = runtime.LoadModule(m.Build()).Instantiate();
        NanoGlobal constant = instance.GetGlobal("constant"), variable = instance.GetGlobal("variable");
        Assert.Equal(-5L, constant.Value.AsInt64());
        Assert.Throws<InvalidOperationException>(() => constant.Value = 1L);
        Assert.Throws<InvalidOperationException>(() => variable.Value = 1L);
        variable.Value = 2.5;
        Assert.Equal(2.5, variable.Value.AsDouble());
    }

    [Fact]
    public void Table_elements_can_be_moved_but_not_forged()
    {
        ModuleBuilder m = new();
        uint function = m.Function(":", new Code());
        m.Table(4, 4, export: "table");
        m.Elements(1, function);
        using NanoRuntime runtime = new();
        NanoTable table = runtime.LoadModule(m.Build()).Instantiate().GetTable("table");
        Assert.Equal((4u, WasmType.FuncRef), (table.Size, table.Type));
        Assert.Equal(0u, table[0].Bits);
        table[0] = table[1];
        Assert.Equal(table[1], table[0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => table[4]);
        Assert.Throws<ArgumentException>(() => table[0] = WasmValue.FromExternRef(3));
    }

    [Fact]
    public void Function_reference_of_another_runtime_is_refused()
    {
        ModuleBuilder m = new();
        m.Table(1, export: "table");
        m.Elements(0, m.Function(":", new Code()));
        byte[] binary = m.Build();
        using NanoRuntime first = new(), second = new();
        NanoInstance _ = first.LoadModule(SmallModules.Add).Instantiate();
        NanoTable foreign = first.LoadModule(binary).Instantiate().GetTable("table");
        NanoTable own = second.LoadModule(binary).Instantiate().GetTable("table");
        Assert.Throws<ArgumentException>(() => own[0] = foreign[0]);
    }

    [Fact]
    public void Instance_that_others_import_from_lives_on_after_its_disposal()
    {
        ModuleBuilder m = new();
        m.ImportMemory("lib", "memory", 1, 3);
        uint load = m.ImportFunction("lib", "load", "i:i");
        m.Function("i:i", new Code().Get(0).Call(load), export: "f");
        using NanoRuntime runtime = new();
        NanoInstance library = runtime.LoadModule(SmallModules.Memory).Instantiate();
        NanoInstance app = runtime.LoadModule(m.Build())
            .Instantiate(new() { Imports = new Dictionary<string, NanoInstance> { ["lib"] = library } });
        library.Dispose();
        app.Memory.Write<byte>(50, 9);
        Assert.Equal(9, app.GetFunc<int, int>("f")(50));
    }

    [Fact]
    public void App_heap_gives_memory_the_app_can_see()
    {
        using NanoRuntime runtime = new();
        NanoInstance instance = runtime.LoadModule(SmallModules.Memory).Instantiate(new() { HeapBytes = 4096 });
        uint address = instance.AppCopy("heap"u8), other = instance.AppAlloc(100);
        Assert.Equal('e', instance.GetFunc<int, int>("load")((int)address + 1));
        Assert.NotEqual(address, other);
        instance.AppFree(address);
        instance.AppFree(other);
        Assert.Throws<WasmException>(() => instance.AppFree(address + 1));
        Assert.Equal(WasmError.OutOfMemory, Assert.Throws<WasmException>(() => instance.AppAlloc(1 << 20)).Error);
    }

    [Fact]
    public void App_without_allocator_and_heap_says_so()
    {
        using NanoRuntime runtime = new();
        NanoInstance instance = runtime.LoadModule(SmallModules.Memory).Instantiate();
        Assert.Equal(WasmError.NoAppAllocator, Assert.Throws<WasmException>(() => instance.AppAlloc(4)).Error);
    }

    [Fact]
    public void Missing_import_is_named()
    {
        using NanoRuntime runtime = new();
        NanoModule module = runtime.LoadModule(SmallModules.CallsHost(":i"));
        WasmException e = Assert.Throws<WasmException>(() => module.Instantiate());
        Assert.Equal(WasmError.UnknownImport, e.Error);
        Assert.Contains("env.host", e.Message, StringComparison.Ordinal);
        WasmException unlinked =
            Assert.Throws<WasmException>(() => module.Instantiate(new() { AllowUnlinked = true }).GetFunction("f").Call());
        Assert.Equal(WasmError.UnlinkedFunction, unlinked.Error);
    }
}
