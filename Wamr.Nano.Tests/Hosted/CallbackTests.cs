// SPDX-License-Identifier: MIT
// Host functions that go back into apps, or end them, from below calls between instances.
using System;
using System.Collections.Generic;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Hosted;

public class CallbackTests
{
    /// <summary>Exports g, which calls env.host, and a function of another type where <see cref="Outer"/> has "f".</summary>
    private static byte[] Inner()
    {
        ModuleBuilder m = new();
        uint host = m.ImportFunction("env", "host", ":");
        m.Function(":", new Code().Call(host), export: "g");
        m.Function(":i", new Code().I32(666), export: "wrong");
        m.Memory(1);
        return m.Build();
    }

    /// <summary>"run" calls lib.g; "f" gives 1.</summary>
    private static byte[] Outer()
    {
        ModuleBuilder m = new();
        uint g = m.ImportFunction("lib", "g", ":");
        m.Function(":", new Code().Call(g), export: "run");
        m.Function(":i", new Code().I32(1), export: "f");
        m.Memory(1, 1, export: "memory");
        return m.Build();
    }

    [Fact]
    public void Host_function_called_by_another_instance_calls_back_into_the_one_it_means()
    {
        using NanoRuntime runtime = new();
        NanoInstance? app = null;
        List<int> seen = [];
        uint address = 0;
        runtime.DefineAction("env", "host", () =>
        {
            seen.Add(app!.GetFunc<int>("f")());
            address = app.AppCopy([1, 2, 3]);
        });
        NanoInstance lib = runtime.LoadModule(Inner()).Instantiate();
        app = runtime.LoadModule(Outer())
            .Instantiate(new() { HeapBytes = 512, Imports = new Dictionary<string, NanoInstance> { ["lib"] = lib } });
        app.GetAction("run")();
        app.GetAction("run")();
        Assert.Equal([1, 1], seen);
        Assert.Equal([1, 2, 3], app.Memory.Slice(address, 3).ToArray());
    }

    [Fact]
    public void Environment_of_another_instance_is_refused()
    {
        using NanoRuntime runtime = new();
        NanoModule module = runtime.LoadModule(SmallModules.Add);
        NanoInstance one = module.Instantiate(), other = module.Instantiate();
        Assert.Throws<ArgumentException>(() => one.GetFunction("f", other.ExecEnv));
        Assert.Throws<ArgumentException>(() => one.GetFunc<int, int, int>("f", other.CreateExecEnv()));
    }

    [Fact]
    public void Program_that_exits_below_a_host_function_has_ended_with_its_exit_code()
    {
        ModuleBuilder m = new();
        uint exit = m.ImportFunction("wasi_snapshot_preview1", "proc_exit", "i:");
        uint host = m.ImportFunction("env", "host", ":");
        m.Function(":", new Code().I32(9).Call(exit), export: "leave");
        m.Function(":", new Code().Call(host), export: "_start");
        using NanoRuntime runtime = new();
        runtime.AddWasi();
        NanoInstance? app = null;
        runtime.DefineAction("env", "host", () => app!.GetAction("leave")());
        app = runtime.LoadModule(m.Build()).Instantiate();
        Assert.Equal(9, app.RunProgram());
    }

    [Fact]
    public void Module_disposed_by_its_own_start_function_has_no_instance()
    {
        ModuleBuilder m = new();
        m.Start(m.ImportFunction("env", "host", ":"));
        using NanoRuntime runtime = new(64 << 10);
        NanoModule? module = null;
        uint before = runtime.Statistics.All.Used;
        runtime.DefineAction("env", "host", () => module!.Dispose());
        module = runtime.LoadModule(m.Build());
        Assert.Throws<ObjectDisposedException>(() => module.Instantiate());
        Assert.Equal(0u, runtime.Statistics.Modules.Used);
        Assert.Equal(0u, runtime.Statistics.Instances.Used);
        runtime.CheckMemory();
    }

    [Fact]
    public void What_was_disposed_while_a_run_waited_is_freed_when_that_is_given_up()
    {
        using NanoRuntime runtime = new(256 << 10);
        NanoInstance waiting = runtime.LoadModule(SmallModules.CountTo).Instantiate();
        waiting.ExecEnv.Fuel = 3;
        Assert.False(waiting.GetFunction("f").Start([100], new WasmValue[1]));
        uint before = runtime.Statistics.All.Used;
        NanoModule other = runtime.LoadModule(SmallModules.Memory);
        other.Instantiate();
        other.Dispose();
        Assert.True(runtime.Statistics.All.Used > before);
        waiting.ExecEnv.Abandon();
        Assert.False(waiting.ExecEnv.IsSuspended);
        Assert.Equal(before, runtime.Statistics.All.Used);
    }

    [Fact]
    public void Counters_of_a_profiled_environment_go_with_it()
    {
        using NanoRuntime runtime = new(new NanoRuntimeOptions { PoolBytes = 64 << 10, Profiled = true });
        NanoInstance instance = runtime.LoadModule(SmallModules.Add).Instantiate();
        int before = runtime.NativeBlocks;
        instance.CreateExecEnv().Dispose();
        Assert.Equal(before, runtime.NativeBlocks);
    }
}
