// SPDX-License-Identifier: MIT
// Pools, the memory they account for, and the order things are disposed in.
using System;
using System.Collections.Generic;
using System.Linq;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Hosted;

public unsafe class LifetimeTests
{
    [Fact]
    public void Disposing_in_any_order_gives_everything_back()
    {
        using NanoRuntime runtime = new(256 << 10);
        NanoMemoryStatistics empty = runtime.Statistics;
        NanoModule module = runtime.LoadModule(SmallModules.Memory);
        NanoInstance instance = module.Instantiate();
        instance.GetFunc<int, int>("load")(0);
        NanoExecEnv env = instance.CreateExecEnv(4096);
        Assert.True(runtime.Statistics.ExecEnvs.Used >= 4096 + 1024);
        module.Dispose();
        module.Dispose();
        env.Dispose();
        instance.Dispose();
        Assert.Equal(empty.All.Used, runtime.Statistics.All.Used);
        runtime.CheckMemory();
    }

    [Fact]
    public void Use_after_disposal_is_refused()
    {
        NanoRuntime runtime = new();
        NanoModule module = runtime.LoadModule(SmallModules.Memory);
        NanoInstance instance = module.Instantiate();
        Func<int, int> load = instance.GetFunc<int, int>("load");
        runtime.Dispose();
        Assert.Throws<ObjectDisposedException>(() => load(0));
        Assert.Throws<ObjectDisposedException>(() => instance.Memory.Size);
        Assert.Throws<ObjectDisposedException>(() => module.Instantiate());
        Assert.Throws<ObjectDisposedException>(() => runtime.Statistics);
        Assert.Throws<ObjectDisposedException>(() => runtime.LoadModule(SmallModules.Add));
    }

    [Fact]
    public void Untyped_function_is_refused_after_disposal_before_anything_of_the_pool_is_read()
    {
        byte* buffer = stackalloc byte[8 << 10]; // stays readable, so that a read of what is gone is seen as what it is
        NanoRuntime runtime = new(buffer, 8 << 10, new NanoRuntimeOptions());
        NanoFunction f = runtime.LoadModule(SmallModules.Add).Instantiate().GetFunction("f");
        runtime.Dispose();
        Assert.Throws<ObjectDisposedException>(() => f.Parameters);
        Assert.Throws<ObjectDisposedException>(() => f.Results);
        Assert.Throws<ObjectDisposedException>(f.ToString);
        Assert.Throws<ObjectDisposedException>(() => f.Call());
        Assert.Throws<ObjectDisposedException>(() => f.Start([1, 2], []));
    }

    [Fact]
    public void Module_whose_instance_others_use_is_unloaded_when_they_are_gone()
    {
        ModuleBuilder library = new(), app = new();
        library.Memory(1);
        library.PassiveData([.. Enumerable.Repeat((byte)0x5A, 64)]);
        library.Function("i:i", new Code().I32(0).I32(0).I32(64).Op(Opcode.MemoryInit, 0, 0)
            .Get(0).Op(Opcode.I32Load8U, 0, 0), export: "fill");
        uint fill = app.ImportFunction("lib", "fill", "i:i");
        app.Function("i:i", new Code().Get(0).Call(fill), export: "f");
        using NanoRuntime runtime = new();
        uint empty = runtime.Statistics.All.Used;
        int blocks = runtime.NativeBlocks;
        NanoModule lib = runtime.LoadModule(library.Build()), main = runtime.LoadModule(app.Build());
        NanoInstance user = main.Instantiate(new() { Imports = new Dictionary<string, NanoInstance> { ["lib"] = lib.Instantiate() } });
        lib.Dispose();
        Assert.Equal(0x5A, user.GetFunc<int, int>("f")(63));
        user.Dispose();
        main.Dispose();
        Assert.Equal((empty, blocks), (runtime.Statistics.All.Used, runtime.NativeBlocks));
    }

    [Fact]
    public void Runtime_cannot_be_disposed_while_a_start_function_runs()
    {
        byte* buffer = stackalloc byte[8 << 10];
        NanoRuntime runtime = new(buffer, 8 << 10, new NanoRuntimeOptions());
        runtime.DefineAction("env", "host", runtime.Dispose);
        NanoModule module = runtime.LoadModule(StartsWithHost());
        WasmException e = Assert.Throws<WasmException>(() => module.Instantiate());
        Assert.Equal(WasmError.InstanceInUse, Assert.IsType<WasmException>(e.InnerException).Error);
        runtime.Dispose();
    }

    [Fact]
    public void Instance_given_up_does_not_look_at_its_arguments_any_more()
    {
        ModuleBuilder library = new(), app = new();
        uint sizes = library.ImportFunction("wasi_snapshot_preview1", "args_sizes_get", "ii:i");
        library.Memory(1);
        library.Function(":i", new Code().I32(0).I32(4).Call(sizes).Op(Opcode.Drop).I32(0).Op(Opcode.I32Load, 2, 0), export: "count");
        uint count = app.ImportFunction("lib", "count", ":i");
        app.Function(":i", new Code().Call(count), export: "f");
        using NanoRuntime runtime = new();
        runtime.AddWasi();
        NanoInstance lib = runtime.LoadModule(library.Build()).Instantiate(new() { Arguments = ["a", "b", "c"] });
        Func<int> f = runtime.LoadModule(app.Build())
            .Instantiate(new() { Imports = new Dictionary<string, NanoInstance> { ["lib"] = lib } }).GetFunc<int>("f");
        Assert.Equal(3, f());
        lib.Dispose();
        Assert.Equal(0, f());
    }

    [Fact]
    public void Import_from_a_disposed_instance_or_another_runtime_is_refused_and_leaves_nothing_behind()
    {
        ModuleBuilder m = new();
        m.ImportMemory("lib", "memory", 1, 3);
        using NanoRuntime runtime = new(), other = new();
        NanoInstance gone = runtime.LoadModule(SmallModules.Memory).Instantiate(),
            foreign = other.LoadModule(SmallModules.Memory).Instantiate();
        gone.Dispose();
        NanoModule module = runtime.LoadModule(m.Build());
        uint before = runtime.Statistics.All.Used;
        Assert.Throws<ObjectDisposedException>(() => module.Instantiate(From(gone)));
        Assert.Throws<ArgumentException>(() => module.Instantiate(From(foreign)));
        Assert.Throws<ArgumentException>(() => module.Instantiate(From(null!)));
        Assert.Equal(before, runtime.Statistics.All.Used);

        static NanoInstanceOptions From(NanoInstance instance) =>
            new() { Imports = new Dictionary<string, NanoInstance> { ["lib"] = instance } };
    }

    [Fact]
    public void Bytes_of_a_module_go_with_it_and_at_the_latest_with_its_runtime()
    {
        using NanoRuntime runtime = new();
        int blocks = runtime.NativeBlocks;
        NanoModule module = runtime.LoadModule(SmallModules.Add);
        Assert.Throws<WasmException>(() => runtime.LoadModule([1, 2, 3]));
        Assert.Equal(blocks + 1, runtime.NativeBlocks);
        module.Dispose();
        Assert.Equal(blocks, runtime.NativeBlocks);
    }

    [Fact]
    public void Instance_cannot_be_disposed_while_it_runs()
    {
        using NanoRuntime runtime = new();
        NanoInstance? instance = null;
        runtime.DefineAction("env", "host", () => instance!.Dispose());
        instance = runtime.LoadModule(SmallModules.CallsHost(":")).Instantiate();
        WasmException e = Assert.Throws<WasmException>(instance.GetAction("f"));
        Assert.Equal(WasmError.InstanceInUse, Assert.IsType<WasmException>(e.InnerException).Error);
    }

    [Theory]
    [InlineData(1u)]
    [InlineData(100u)]
    public void Pool_that_cannot_hold_the_runtime_is_refused(uint bytes)
    {
        WasmException e = Assert.Throws<WasmException>(() => new NanoRuntime(bytes));
        Assert.Equal((WasmError.PoolTooSmall, "WN2003"), (e.Error, e.Code));
    }

    [Fact]
    public void Want_of_memory_gives_the_numbers_and_leaves_nothing_behind()
    {
        using NanoRuntime runtime = new(8 << 10);
        NanoModule module = runtime.LoadModule(SmallModules.Memory);
        uint before = runtime.Statistics.All.Used;
        WasmException e = Assert.Throws<WasmException>(() => module.Instantiate());
        Assert.Equal(WasmError.OutOfMemory, e.Error);
        Assert.Matches("65,[0-9]{3} B asked for, [0-9],[0-9]{3} B free", e.Message);
        Assert.Equal(before, runtime.Statistics.All.Used);
    }

    [Fact]
    public void Bad_module_is_refused_with_its_offset_and_leaves_nothing_behind()
    {
        using NanoRuntime runtime = new();
        uint before = runtime.Statistics.All.Used;
        byte[] bad = SmallModules.Of("i:I", new Code().Get(0));
        WasmException e = Assert.Throws<WasmException>(() => runtime.LoadModule(bad));
        Assert.Equal(WasmError.TypeMismatch, e.Error);
        Assert.InRange(e.Offset!.Value, 8u, (uint)bad.Length);
        Assert.Equal(before, runtime.Statistics.All.Used);
    }

    [Fact]
    public void Runtime_in_a_buffer_of_the_caller_stays_inside_it()
    {
        byte[] buffer = Enumerable.Repeat((byte)0xA5, 16 << 10).ToArray();
        fixed (byte* p = buffer)
        {
            const int margin = 61;
            using (NanoRuntime runtime = new(p + margin, (uint)buffer.Length - 2 * margin, new NanoRuntimeOptions()))
            {
                NanoInstance instance = runtime.LoadModule(SmallModules.Add).Instantiate();
                Assert.Equal(3, instance.GetFunction("f").Call(1, 2).AsInt32());
                Assert.Equal((uint)buffer.Length - 2 * margin, runtime.Statistics.Total);
            }
            Assert.All(buffer[..margin].Concat(buffer[^margin..]), b => Assert.Equal(0xA5, b));
        }
    }

    [Fact]
    public void Environment_in_a_buffer_of_the_caller_takes_nothing_from_the_pool()
    {
        using NanoRuntime runtime = new();
        NanoInstance instance = runtime.LoadModule(SmallModules.Add).Instantiate();
        uint before = runtime.Statistics.All.Used;
        byte* buffer = stackalloc byte[1024];
        using NanoExecEnv env = instance.CreateExecEnv(buffer, 1024);
        Assert.Equal(5, instance.GetFunc<int, int, int>("f", env)(2, 3));
        Assert.Equal(before, runtime.Statistics.All.Used);
        Assert.Throws<WasmException>(() => instance.CreateExecEnv((byte*)1, 8));
    }

    [Fact]
    public void Runtime_without_a_pool_takes_memory_from_the_system()
    {
        using NanoRuntime runtime = new(0);
        NanoInstance instance = runtime.LoadModule(SmallModules.Memory).Instantiate();
        Assert.Equal((byte)'h', instance.GetFunc<int, int>("load")(8));
        Assert.Equal(0u, runtime.Statistics.Total);
        Assert.True(runtime.Statistics.Instances.Used >= 65536);
    }

    [Fact]
    public void Two_runtimes_live_side_by_side()
    {
        using NanoRuntime a = new(), b = new();
        Func<int, int> first = a.LoadModule(SmallModules.Memory).Instantiate().GetFunc<int, int>("load");
        NanoInstance second = b.LoadModule(SmallModules.Memory).Instantiate();
        second.Memory.Bytes[8] = 1;
        Assert.Equal('h', first(8));
    }

    [Fact]
    public void Runtime_nobody_disposes_is_collected()
    {
        static WeakReference Forget()
        {
            NanoRuntime runtime = new();
            runtime.DefineFunc("env", "host", () => (int)runtime.Statistics.Total);
            runtime.LoadModule(SmallModules.CallsHost(":i")).Instantiate().GetFunction("f").Call();
            return new(runtime);
        }
        WeakReference forgotten = Forget();
        for (int i = 0; i < 10 && forgotten.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        Assert.False(forgotten.IsAlive);
    }

    /// <summary>A module whose start function calls env.host.</summary>
    private static byte[] StartsWithHost()
    {
        ModuleBuilder m = new();
        uint host = m.ImportFunction("env", "host", ":");
        return m.Start(m.Function(":", new Code().Call(host))).Build();
    }

    [Fact]
    public void Custom_section_is_found_by_name()
    {
        ModuleBuilder m = new();
        m.Custom("notes", 1, 2, 3);
        using NanoRuntime runtime = new();
        NanoModule module = runtime.LoadModule(m.Build());
        Assert.True(module.TryGetCustomSection("notes", out ReadOnlySpan<byte> contents));
        Assert.Equal([1, 2, 3], contents.ToArray());
        Assert.False(module.TryGetCustomSection("other", out _));
    }
}
