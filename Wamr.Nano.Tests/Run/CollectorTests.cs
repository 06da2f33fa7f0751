// SPDX-License-Identifier: MIT
// Lives of instances that use each other.
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Run;

public unsafe class CollectorTests
{
    /// <summary>Exports a memory, a table, a function reference in a global, a plain global, a function.</summary>
    private static ModuleBuilder Provider()
    {
        ModuleBuilder m = new();
        m.Memory(1, export: "m");
        m.Table(4, export: "t");
        m.Global('n', new Code().Op(Opcode.RefNull).Raw(0x70), mutable: true, export: "r");
        m.Global('i', new Code().I32(1), mutable: true, export: "g");
        m.Function(":", new Code(), export: "f");
        return m;
    }

    private static int Live(World world)
    {
        int live = 0;
        for (uint id = 1; id < world.Rt->InstanceCapacity; id++)
            if (world.Rt->Instances[id] != null) live++;
        return live;
    }

    [Theory]
    [InlineData("m")]
    [InlineData("t")]
    [InlineData("g")]
    [InlineData("f")]
    public void Instance_lives_as_long_as_one_that_imports_from_it(string import)
    {
        using World world = new();
        Instance* provider = world.Instantiate(Provider(), "env");
        ModuleBuilder m = new();
        if (import == "m") m.ImportMemory("env", "m", 1);
        if (import == "t") m.ImportTable("env", "t", 4);
        if (import == "g") m.ImportGlobal("env", "g", 'i', mutable: true);
        if (import == "f") m.ImportFunction("env", "f", ":");
        Instance* user = world.Instantiate(m);
        Assert.Equal(WasmError.None, Instances.Free(provider));
        Assert.Equal(2, Live(world));
        Assert.Equal(WasmError.None, Instances.Free(user));
        Assert.Equal(0, Live(world));
        Assert.Equal(0u, world.InstanceBytes);
    }

    [Fact]
    public void Instance_lives_as_long_as_a_table_or_global_holds_its_functions()
    {
        using World world = new();
        Instance* provider = world.Instantiate(Provider(), "env");
        ModuleBuilder m = new();
        m.ImportTable("env", "t", 4);
        uint f = m.Function(":", new Code());
        m.Elements(2, f);
        Instance* user = world.Instantiate(m);
        uint reference = FuncRef.Of(user, f);
        Assert.Equal(WasmError.None, Instances.Free(user));
        Assert.True(FuncRef.InstanceOf(world.Rt, reference) == user);

        // It moves from the table to the global, and then out of that.
        Globals.Store(provider, World.Export(provider, "r").Index, reference);
        Assert.Equal(WasmError.None, Tables.Set(provider, 0, 2, FuncRef.Null));
        Collector.Collect(world.Rt);
        Assert.Equal(2, Live(world));
        Globals.Store(provider, World.Export(provider, "r").Index, FuncRef.Null);
        Collector.Collect(world.Rt);
        Assert.Equal(1, Live(world));
        Assert.True(FuncRef.InstanceOf(world.Rt, reference) == null);
    }

    [Fact]
    public void Two_that_use_each_other_go_together()
    {
        using World world = new();
        Instance* provider = world.Instantiate(Provider(), "env");
        ModuleBuilder m = new();
        m.ImportTable("env", "t", 4);
        m.Elements(0, m.Function(":", new Code()));
        Instance* user = world.Instantiate(m);
        Assert.Equal(WasmError.None, Instances.Free(provider));
        Assert.Equal(2, Live(world));
        Assert.Equal(WasmError.None, Instances.Free(user));
        Assert.Equal(0, Live(world));
    }

    [Fact]
    public void Functions_of_a_failed_instance_live_on_in_the_table_they_were_written_to()
    {
        using World world = new();
        Instance* provider = world.Instantiate(Provider(), "env");
        ModuleBuilder m = new();
        m.ImportTable("env", "t", 4);
        uint f = m.Function(":", new Code());
        m.Elements(1, f);
        m.Elements(4, f);
        Assert.Equal(WasmError.TableOutOfBounds, world.Refusal(m));
        uint reference = World.Elements(provider)[1];
        Assert.True(FuncRef.InstanceOf(world.Rt, reference) != null);
        Assert.Equal(f, FuncRef.FunctionOf(reference));
        Assert.Equal(WasmError.None, Instances.Free(provider));
        Assert.Equal(0, Live(world));
    }

    [Fact]
    public void Failed_instance_nobody_knows_goes_at_once()
    {
        using World world = new();
        world.Instantiate(Provider(), "env");
        uint before = world.InstanceBytes;
        ModuleBuilder m = new();
        m.ImportMemory("env", "m", 1);
        m.Table(3);
        m.Data(65536, 1);
        Assert.Equal(WasmError.MemoryOutOfBounds, world.Refusal(m));
        Assert.Equal(before, world.InstanceBytes);
    }

    [Fact]
    public void Nothing_goes_while_a_call_runs_or_is_suspended()
    {
        using World world = new();
        Instance* provider = world.Instantiate(Provider(), "env");
        Instance* other = world.Instantiate(Provider());
        ExecEnv* env = World.Env(other);
        env->Depth = 1;
        Assert.Equal(WasmError.None, Instances.Free(provider));
        Assert.Equal(2, Live(world));
        Assert.Equal(WasmError.InstanceInUse, ExecEnvs.Free(env));
        env->Depth = 0;
        Assert.Equal(WasmError.None, ExecEnvs.Free(env));
        Assert.Equal(1, Live(world));
    }
}
