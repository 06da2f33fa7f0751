// SPDX-License-Identifier: MIT
// Fuel and suspended runs: one unit a back edge or call, exactly, and a run that was stopped anywhere ends as if it had not been.
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Engine.Interpreter;

public unsafe class InterpreterFuelTests
{
    /// <summary>Calls function 0 as often as its argument says, by a loop; the sum of its results.</summary>
    private static Code Repeating(uint function) => new Code().Open(Opcode.Loop)
        .Get(0).Call(function).Get(1).Op(Opcode.I32Add).Set(1)
        .Get(0).I32(1).Op(Opcode.I32Sub).Tee(0).Op(Opcode.BrIf, 0).End().Get(1);

    private static ModuleBuilder Doubling()
    {
        ModuleBuilder m = new();
        m.Function("i:i", new Code().Get(0).Get(0).Op(Opcode.I32Add), export: "double");
        return m;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Calls_cost_as_much_within_an_instance_as_into_another(bool imported)
    {
        using World world = new();
        ModuleBuilder m = imported ? new() : Doubling();
        if (imported) world.Instantiate(Doubling(), "lib");
        uint twice = imported ? m.ImportFunction("lib", "double", "i:i") : 0;
        m.Function("i:i", Repeating(twice), "i", "run");
        ExecEnv* env = World.Env(world.Instantiate(m));
        ExecEnvs.SetFuel(env, 1_000_000);
        Assert.Equal(10_100u, Guest.Call(env, "run", 100));
        Assert.Equal(1_000_000u - 199, env->Fuel);
        for (ulong fuel = 0; fuel < 199; fuel++)
        {
            ExecEnvs.SetFuel(env, fuel);
            Assert.Equal(WasmError.FuelExhausted, Guest.Try(env, "run", out _, 100));
            Assert.Equal(0u, env->Fuel);
        }
        ExecEnvs.SetFuel(env, 199);
        Assert.Equal(10_100u, Guest.Call(env, "run", 100));
    }

    [Theory]
    [InlineData(0u, 0u)]
    [InlineData(63u, 0u)]
    [InlineData(64u, 1u)]
    [InlineData(60_000u, 937u)]
    public void Bulk_instruction_costs_one_unit_for_64_bytes(uint bytes, uint cost)
    {
        using World world = new();
        ModuleBuilder m = new();
        m.Memory(1);
        m.Function("i:", new Code().I32(0).I32(7).Get(0).Op(Opcode.MemoryFill, 0), export: "fill");
        m.Function("i:", new Code().I32(100).I32(0).Get(0).Op(Opcode.MemoryCopy, 0, 0), export: "copy");
        ExecEnv* env = World.Env(world.Instantiate(m));
        foreach (string name in (string[])["fill", "copy"])
        {
            ExecEnvs.SetFuel(env, 10_000);
            Assert.Equal(WasmError.None, Guest.Try(env, name, out _, bytes));
            Assert.Equal(10_000u - cost, env->Fuel);
        }
    }

    [Theory]
    [InlineData(500u, 1u)]
    [InlineData(1_024u, 1u)]
    [InlineData(1_000_000u, 976u)]
    public void Loop_of_bulk_instructions_runs_out_of_fuel_for_what_they_fill(uint fuel, uint fills)
    {
        using World world = new();
        ModuleBuilder m = new();
        m.Memory(1);
        uint count = m.Global('i', new Code().I32(0), mutable: true, export: "count");
        Code body = new Code().Open(Opcode.Loop).I32(0).I32(7).I32(0x10000).Op(Opcode.MemoryFill, 0)
            .Op(Opcode.GlobalGet, count).I32(1).Op(Opcode.I32Add).Op(Opcode.GlobalSet, count).Op(Opcode.Br, 0).End();
        m.Function(":", body, export: "run");
        Instance* instance = world.Instantiate(m);
        ExecEnv* env = World.Env(instance);
        ExecEnvs.SetFuel(env, fuel);
        Assert.Equal(WasmError.FuelExhausted, Guest.Try(env, "run", out _));
        Assert.Equal(0u, env->Fuel);
        Assert.Equal(fills, (uint)World.Global(instance, "count"));
    }

    [Fact]
    public void Termination_does_not_wait_for_many_bulk_instructions()
    {
        using World world = new();
        int calls = 0;
        HostFunc row = new() { Name = world.Text("stop"), Function = &Stops, UserData = &calls };
        Assert.Equal(WasmError.None, HostFuncs.Register(world.Rt, world.Text("host"), &row, 1));
        ModuleBuilder m = new();
        uint stop = m.ImportFunction("host", "stop", ":");
        m.Memory(1);
        m.Function(":", new Code().Open(Opcode.Loop).Call(stop).I32(0).I32(7).I32(0x10000)
            .Op(Opcode.MemoryFill, 0).Op(Opcode.Br, 0).End(), export: "run");
        Assert.Equal(WasmError.Terminated, Guest.Try(World.Env(world.Instantiate(m)), "run", out _));
        Assert.Equal(1, calls);
    }

    private static WasmError Stops(ExecEnv* env, void* slots, void* data)
    {
        ++*(int*)data;
        env->Terminate = 1;
        return WasmError.None;
    }

    [Fact]
    public void Table_init_of_nothing_walks_no_segment_and_of_little_pays_for_what_it_passes()
    {
        using World world = new();
        ModuleBuilder m = new();
        m.Table(10);
        uint f = m.Function(":", new Code());
        m.PassiveElements([.. System.Linq.Enumerable.Repeat(f, 6400)]);
        m.Function("ii:", new Code().I32(0).Get(0).Get(1).Op(Opcode.TableInit, 0, 0), export: "run");
        ExecEnv* env = World.Env(world.Instantiate(m));
        ExecEnvs.SetFuel(env, 1000);
        Assert.Equal(WasmError.None, Guest.Try(env, "run", out _, 6399, 0));
        Assert.Equal(1000u, env->Fuel);
        Assert.Equal(WasmError.None, Guest.Try(env, "run", out _, 6399, 1));
        Assert.Equal(900u, env->Fuel);
    }

    private static WasmError CallsBack(ExecEnv* env, void* slots, void* data)
    {
        ++*(int*)data;
        return Guest.Try(env, "inner", out _);
    }

    [Fact]
    public void Run_that_spent_its_fuel_below_a_host_function_cannot_be_resumed()
    {
        using World world = new();
        int calls = 0;
        HostFunc row = new() { Name = world.Text("back"), Function = &CallsBack, UserData = &calls };
        Assert.Equal(WasmError.None, HostFuncs.Register(world.Rt, world.Text("host"), &row, 1));
        ModuleBuilder m = new();
        uint back = m.ImportFunction("host", "back", ":");
        m.Function(":", new Code().Call(back), export: "outer");
        m.Function(":", new Code().Open(Opcode.Loop).Op(Opcode.Br, 0).End(), export: "inner");
        ExecEnv* env = World.Env(world.Instantiate(m));
        ExecEnvs.SetFuel(env, 50);
        Assert.Equal(WasmError.FuelExhausted, Guest.Try(env, "outer", out _));
        Assert.Equal(0, env->Suspended);
        ExecEnvs.SetFuel(env, 50);
        Assert.Equal(WasmError.NotSuspended, Guest.Resume(env, "outer", out _));
        Assert.Equal(1, calls);
        Assert.Equal(WasmError.FuelExhausted, Guest.Try(env, "inner", out _));
        Assert.Equal(1, env->Suspended);
    }

    private static WasmError Exhausted(ExecEnv* env, void* slots, void* data) => WasmError.FuelExhausted;

    [Fact]
    public void Host_function_that_reports_spent_fuel_suspends_nothing()
    {
        using World world = new();
        HostFunc row = new() { Name = world.Text("f"), Function = &Exhausted };
        Assert.Equal(WasmError.None, HostFuncs.Register(world.Rt, world.Text("host"), &row, 1));
        ModuleBuilder m = new();
        m.Function(":", new Code().Call(m.ImportFunction("host", "f", ":")), export: "run");
        ExecEnv* env = World.Env(world.Instantiate(m));
        Assert.Equal(WasmError.FuelExhausted, Guest.Try(env, "run", out _));
        Assert.Equal(0, env->Suspended);
    }

    [Fact]
    public void Call_that_does_not_start_drops_a_suspended_one_all_the_same()
    {
        using World world = new();
        ModuleBuilder m = new();
        m.Function(":", new Code().Open(Opcode.Loop).Op(Opcode.Br, 0).End(), export: "run");
        m.Function(new string('I', 100) + ":", new Code(), export: "wide");
        ExecEnv* env = World.Env(world.Instantiate(m), 256);
        ExecEnvs.SetFuel(env, 5);
        Assert.Equal(WasmError.FuelExhausted, Guest.Try(env, "run", out _));
        Assert.Equal(WasmError.OperandStackOverflow, Guest.Try(env, "wide", out _, new ulong[100]));
        Assert.Equal(WasmError.NotSuspended, Guest.Resume(env, "run", out _));
    }

    [Fact]
    public void Resuming_without_fuel_stays_suspended_and_terminating_ends_it()
    {
        using World world = new();
        ModuleBuilder m = new();
        m.Function("i:i", new Code().Open(Opcode.Loop).Get(0).I32(1).Op(Opcode.I32Sub).Tee(0)
            .Op(Opcode.BrIf, 0).End().I32(77), export: "run");
        ExecEnv* env = World.Env(world.Instantiate(m));
        ExecEnvs.SetFuel(env, 5);
        Assert.Equal(WasmError.FuelExhausted, Guest.Try(env, "run", out _, 10));
        Assert.Equal(WasmError.FuelExhausted, Guest.Resume(env, "run", out _));
        Assert.Equal(WasmError.FuelExhausted, Guest.Resume(env, "run", out _));
        env->Fuel = 4;
        Assert.Equal(WasmError.None, Guest.Resume(env, "run", out ulong[] results));
        Assert.Equal(77u, Assert.Single(results));
        Assert.Equal(0u, env->Fuel);
        Assert.Equal(WasmError.FuelExhausted, Guest.Try(env, "run", out _, 10));
        env->Terminate = 1;
        Assert.Equal(WasmError.Terminated, Guest.Resume(env, "run", out _));
        Assert.Equal(WasmError.NotSuspended, Guest.Resume(env, "run", out _));
    }
}
