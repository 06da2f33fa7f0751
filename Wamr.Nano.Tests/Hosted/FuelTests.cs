// SPDX-License-Identifier: MIT
// Fuel, resuming and termination through the hosted API.
using System.Threading;
using Wamr.Nano.Core;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Hosted;

public class FuelTests
{
    [Fact]
    public void Run_in_slices_gives_the_same_result()
    {
        using NanoRuntime runtime = new();
        NanoInstance instance = runtime.LoadModule(Modules.CountTo).Instantiate();
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
        NanoInstance instance = runtime.LoadModule(Modules.CountTo).Instantiate();
        instance.ExecEnv.Fuel = 5;
        Assert.Equal(WasmError.FuelExhausted, Assert.Throws<WasmException>(() => instance.GetFunction("f").Call(100)).Error);
        instance.ExecEnv.Fuel = null;
        Assert.Equal(100, instance.GetFunction("f").Call(100).AsInt32());
    }

    [Fact]
    public void Resume_without_a_suspended_run_is_refused()
    {
        using NanoRuntime runtime = new();
        NanoInstance instance = runtime.LoadModule(Modules.CountTo).Instantiate();
        Assert.Equal(WasmError.NotSuspended, Assert.Throws<WasmException>(() => instance.ExecEnv.Resume([])).Error);
    }

    [Fact]
    public void Terminate_from_another_thread_stops_an_endless_loop()
    {
        using NanoRuntime runtime = new();
        byte[] endless = Modules.Of(":", new Code().Open(Opcode.Loop).Op(Opcode.Br, 0).End());
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
}
