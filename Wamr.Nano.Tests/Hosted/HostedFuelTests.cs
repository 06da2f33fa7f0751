// SPDX-License-Identifier: MIT
// Fuel, resuming and termination through the hosted API.
using System.Threading;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Hosted;

public class HostedFuelTests
{
    [Fact]
    public void Run_in_slices_gives_the_same_result()
    {
        using NanoRuntime runtime = new();
        NanoInstance instance = runtime.LoadModule(SmallModules.CountTo).Instantiate();
        NanoExecEnv env = instance.ExecEnv;
        env.Fuel = 10;
        WasmValue[] result = new WasmValue[1];
        bool done = instance.GetFunction("f").Start([100], result);
        int slices = 1;
        for (; !done; slices++)
        {
            Assert.True(env.IsSuspended);
            env.Fuel = 10;
            done = env.Resume(result);
        }
        Assert.Equal(100, result[0].AsInt32());
        Assert.InRange(slices, 9, 12);
    }

    [Fact]
    public void Plain_call_throws_when_the_fuel_is_spent()
    {
        using NanoRuntime runtime = new();
        NanoInstance instance = runtime.LoadModule(SmallModules.CountTo).Instantiate();
        instance.ExecEnv.Fuel = 5;
        Assert.Equal(WasmError.FuelExhausted, Assert.Throws<WasmException>(() => instance.GetFunction("f").Call(100)).Error);
        instance.ExecEnv.Fuel = null;
        Assert.Equal(100, instance.GetFunction("f").Call(100).AsInt32());
    }

    [Fact]
    public void Resume_without_a_suspended_run_is_refused()
    {
        using NanoRuntime runtime = new();
        NanoInstance instance = runtime.LoadModule(SmallModules.CountTo).Instantiate();
        Assert.Equal(WasmError.NotSuspended, Assert.Throws<WasmException>(() => instance.ExecEnv.Resume([])).Error);
    }

    [Fact]
    public void Terminate_from_another_thread_stops_an_endless_loop()
    {
        using NanoRuntime runtime = new();
        byte[] endless = SmallModules.Of(":", new Code().Open(Opcode.Loop).Op(Opcode.Br, 0).End());
        NanoInstance instance = runtime.LoadModule(endless).Instantiate();
        NanoExecEnv env = instance.ExecEnv;
        Thread stopper = new(() =>
        {
            Thread.Sleep(50);
            env.Terminate();
        });
        stopper.Start();
        Assert.Equal(WasmError.Terminated, Assert.Throws<WasmException>(instance.GetAction("f")).Error);
        stopper.Join();
    }

    [Fact]
    public void Run_after_a_terminated_one_starts_anew()
    {
        using NanoRuntime runtime = new();
        NanoInstance instance = runtime.LoadModule(SmallModules.CountTo).Instantiate();
        instance.ExecEnv.Terminate();
        Assert.Equal(WasmError.Terminated, Assert.Throws<WasmException>(() => instance.GetFunction("f").Call(100)).Error);
        Assert.Equal(100, instance.GetFunction("f").Call(100).AsInt32());
    }

    [Fact]
    public void Run_that_called_the_host_which_called_back_is_resumed_with_its_own_results()
    {
        ModuleBuilder m = new();
        uint host = m.ImportFunction("env", "host", ":");
        m.Function(":i", new Code().I32(7), export: "inner");
        m.Function(
            "i:I",
            new Code().Call(host).Open(Opcode.Loop)
                .Get(1).I32(1).Op(Opcode.I32Add).Tee(1).Get(0).Op(Opcode.I32LtU).Op(Opcode.BrIf, 0)
                .End().Get(1).Op(Opcode.I64ExtendI32U),
            "i",
            "outer");
        using NanoRuntime runtime = new();
        NanoInstance? instance = null;
        runtime.DefineAction("env", "host", () => instance!.GetFunc<int>("inner")());
        instance = runtime.LoadModule(m.Build()).Instantiate();
        instance.ExecEnv.Fuel = 10;
        WasmValue[] result = new WasmValue[1];
        Assert.False(instance.GetFunction("outer").Start([100], result));
        instance.ExecEnv.Fuel = 1000;
        Assert.Throws<WasmException>(() => instance.ExecEnv.Resume([]));
        Assert.True(instance.ExecEnv.Resume(result));
        Assert.Equal([100L], result);
    }

    [Fact]
    public void Allocator_of_the_app_that_spends_the_fuel_cannot_be_resumed()
    {
        ModuleBuilder m = new();
        m.Memory(1);
        m.Function("i:i", new Code().Open(Opcode.Loop).Op(Opcode.Br, 0).End().I32(64), export: "malloc");
        m.Function("i:", new Code(), export: "free");
        m.Function("i:i", new Code().Get(0), export: "f");
        using NanoRuntime runtime = new();
        NanoInstance instance = runtime.LoadModule(m.Build()).Instantiate();
        Assert.Equal(1, instance.GetFunction("f").Call(1).AsInt32());
        instance.ExecEnv.Fuel = 10;
        Assert.Equal(WasmError.FuelExhausted, Assert.Throws<WasmException>(() => instance.AppAlloc(1)).Error);
        Assert.False(instance.ExecEnv.IsSuspended);
        Assert.Equal(WasmError.NotSuspended, Assert.Throws<WasmException>(() => instance.ExecEnv.Resume(new WasmValue[1])).Error);
    }
}
