// SPDX-License-Identifier: MIT
// The runtime with code running in it: start functions, allocators of apps, calls between instances, and frees in between.
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Run;

public unsafe class RunningTests
{
    private static WasmError Call(ExecEnv* env, string name, uint* slots = null, uint count = 0)
    {
        byte[] utf8 = System.Text.Encoding.UTF8.GetBytes(name);
        fixed (byte* p = utf8) return Calls.ByName(env, p, (uint)utf8.Length, slots, count);
    }

    private static ModuleBuilder Starting(Code body)
    {
        ModuleBuilder m = new();
        m.Memory(1);
        m.Global('i', new Code().I32(0), mutable: true, export: "g");
        m.Start(m.Function(":", body));
        return m;
    }

    private static Code EndlessLoop() => new Code().Open(Opcode.Loop).Op(Opcode.Br, 0).End();

    [Fact]
    public void Start_function_runs_once_and_its_environment_is_gone()
    {
        using World world = new();
        Instance* i = world.Instantiate(Starting(new Code().Op(Opcode.GlobalGet, 0).I32(5).Op(Opcode.I32Add).Op(Opcode.GlobalSet, 0)));
        Assert.Equal(5u, World.Global(i, "g"));
        Assert.Equal(0u, world.Pool.Statistics.ExecEnv.Used);
    }

    [Fact]
    public void Trap_of_the_start_function_undoes_the_instance()
    {
        using World world = new();
        Assert.Equal(WasmError.Unreachable, world.Refusal(Starting(new Code().Op(Opcode.Unreachable))));
        Assert.Equal((WasmError.Unreachable, 0u), (world.Rt->Error.Code, world.Rt->Error.Index));
        Assert.Equal((0u, 0u), (world.InstanceBytes, world.Pool.Statistics.ExecEnv.Used));
    }

    [Fact]
    public void Endless_start_function_ends_with_its_fuel()
    {
        using World world = new();
        InstantiateArgs args = new() { FuelLimited = true, Fuel = 10_000 };
        Assert.Equal(WasmError.FuelExhausted, world.Refusal(Starting(EndlessLoop()), args));
        Assert.Equal(0u, world.InstanceBytes);
    }

    [Fact]
    public void Start_function_may_be_an_import()
    {
        using World world = new();
        ModuleBuilder counter = new();
        counter.Global('i', new Code().I32(0), mutable: true, export: "g");
        counter.Function(":", new Code().I32(7).Op(Opcode.GlobalSet, 0), export: "set");
        Instance* owner = world.Instantiate(counter, "counter");
        ModuleBuilder m = new();
        m.Start(m.ImportFunction("counter", "set", ":"));
        world.Instantiate(m);
        Assert.Equal(7u, World.Global(owner, "g"));
    }

    [Fact]
    public void Every_failing_allocation_of_a_start_is_clean()
    {
        using Pool pool = new();
        Core.Run.Runtime* rt = pool.Runtime;
        Runtimes.Init(rt, null, Features.All);
        Code grow = new Code().I32(1).Op(Opcode.MemoryGrow, 0).I32(-1).Op(Opcode.I32Eq);
        byte[] bytes = Starting(grow.Open(Opcode.If).Op(Opcode.Unreachable).End()).Build();
        fixed (byte* p = bytes)
        {
            nint at = (nint)p;
            // A grow that fails is no error of the instantiation: the module's own trap shows it.
            FailingAllocations.All(pool, () =>
            {
                Module* module;
                WasmError error = ModuleLoader.Load(rt, (byte*)at, (uint)bytes.Length, &module);
                if (error != WasmError.None) return error;
                Instance* instance;
                error = Instances.Create(module, null, &instance);
                if (error == WasmError.None) Instances.Free(instance);
                Modules.Unload(module);
                return error == WasmError.Unreachable ? WasmError.OutOfMemory : error;
            });
        }
    }

    /// <summary>malloc hands out addresses from 1024 up; free counts in the global at 1.</summary>
    private static ModuleBuilder CApp()
    {
        ModuleBuilder m = new();
        m.Memory(1);
        m.Global('i', new Code().I32(1024), mutable: true);
        m.Global('i', new Code().I32(0), mutable: true, export: "freed");
        Code bump = new Code().Op(Opcode.GlobalGet, 0).Op(Opcode.GlobalGet, 0).Get(0).Op(Opcode.I32Add).Op(Opcode.GlobalSet, 0);
        m.Function("i:i", bump, export: "malloc");
        m.Function("i:", new Code().Get(0).Op(Opcode.GlobalSet, 1), export: "free");
        return m;
    }

    [Fact]
    public void Allocator_of_a_C_app_serves_the_host()
    {
        using World world = new();
        Instance* i = world.Instantiate(CApp(), args: new InstantiateArgs { HeapBytes = 1000 });
        ExecEnv* env = World.Env(i);
        byte* data = stackalloc byte[] { 7, 8, 9 };
        uint a, b;
        Assert.Equal(WasmError.None, AppMemory.Malloc(env, 100, &a));
        Assert.Equal(WasmError.None, AppMemory.DupData(env, data, 3, &b));
        Assert.Equal((1024u, 1124u), (a, b));
        Assert.Equal(new byte[] { 7, 8, 9 }, World.Bytes(i, b, 3));
        Assert.Equal(WasmError.None, AppMemory.Free(env, b));
        Assert.Equal(1124u, World.Global(i, "freed"));
    }

    [Theory]
    [InlineData(0, WasmError.OutOfMemory)]
    [InlineData(65500, WasmError.BadAppAddress)]
    [InlineData(-8, WasmError.BadAppAddress)]
    public void Nonsense_of_an_app_s_allocator_is_seen_through(int answer, WasmError expected)
    {
        using World world = new();
        ModuleBuilder m = new();
        m.Memory(1);
        m.Function("i:i", new Code().I32(answer), export: "malloc");
        m.Function("i:", new Code(), export: "free");
        uint a;
        Assert.Equal(expected, AppMemory.Malloc(World.Env(world.Instantiate(m)), 100, &a));
        Assert.Equal(0u, a);
    }

    [Fact]
    public void Trap_in_an_app_s_allocator_is_reported()
    {
        using World world = new();
        ModuleBuilder m = new();
        m.Memory(1);
        m.Function("i:i", new Code().Op(Opcode.Unreachable), export: "malloc");
        m.Function("i:", new Code().Op(Opcode.Unreachable), export: "free");
        ExecEnv* env = World.Env(world.Instantiate(m));
        uint a;
        Assert.Equal(WasmError.Unreachable, AppMemory.Malloc(env, 100, &a));
        Assert.Equal(WasmError.Unreachable, AppMemory.Free(env, 8));
    }

    [Theory]
    [InlineData("__pin", "__unpin")]
    [InlineData("__retain", "__release")]
    public void Allocator_of_an_AssemblyScript_app_pins_what_the_host_takes(string keep, string release)
    {
        using World world = new();
        ModuleBuilder m = new();
        m.Memory(1);
        m.Global('i', new Code().I32(0), mutable: true, export: "pinned");
        m.Function("ii:i", new Code().I32(2048).Get(1).Op(Opcode.I32Add), export: "__new");
        m.Function("i:i", new Code().I32(1).Op(Opcode.GlobalSet, 0).Get(0), export: keep);
        m.Function("i:", new Code().I32(2).Op(Opcode.GlobalSet, 0), export: release);
        Instance* i = world.Instantiate(m);
        ExecEnv* env = World.Env(i);
        uint a;
        Assert.Equal(WasmError.None, AppMemory.Malloc(env, 16, &a));
        Assert.Equal((2048u, 1u), (a, (uint)World.Global(i, "pinned")));
        Assert.Equal(WasmError.None, AppMemory.Free(env, a));
        Assert.Equal(2u, World.Global(i, "pinned"));
    }

    /// <summary>
    /// A C module with its shadow stack from 512 + <paramref name="above"/> down to 512; it may import "set" of another one.
    /// </summary>
    private static ModuleBuilder WithAuxStack(int above, bool imports = false)
    {
        ModuleBuilder m = new();
        uint set = imports ? m.ImportFunction("env", "set", "i:") : 0;
        m.Memory(1);
        m.Global('i', new Code().I32(512 + above), mutable: true, export: "__stack_pointer");
        m.Global('i', new Code().I32(512), export: "__data_end");
        m.Global('i', new Code().I32(512 + above), export: "__heap_base");
        m.Function("i:", new Code().Get(0).Op(Opcode.GlobalSet, 0), export: "set");
        if (imports) m.Function("i:", new Code().Get(0).Call(set), export: "forward");
        return m;
    }

    [Theory]
    [InlineData(1024u, WasmError.None)]
    [InlineData(512u, WasmError.None)]
    [InlineData(511u, WasmError.AuxStackOverflow)]
    [InlineData(0u, WasmError.AuxStackOverflow)]
    [InlineData(1025u, WasmError.AuxStackUnderflow)]
    [InlineData(0x7FFFFFFFu, WasmError.AuxStackUnderflow)]
    [InlineData(0xFFFFFFFFu, WasmError.AuxStackOverflow)]
    public void Stack_pointer_stays_between_its_bounds(uint value, WasmError expected)
    {
        using World world = new();
        Instance* i = world.Instantiate(WithAuxStack(512));
        Assert.Equal(expected, Call(World.Env(i), "set", &value, 1));
        Assert.Equal(expected == WasmError.None ? value : 1024, World.Global(i, "__stack_pointer"));
    }

    [Fact]
    public void Stack_pointer_of_another_instance_is_checked_against_that_one_s_bounds()
    {
        using World world = new();
        Instance* other = world.Instantiate(WithAuxStack(4096), "env");
        ExecEnv* env = World.Env(world.Instantiate(WithAuxStack(512, imports: true)));
        uint value = 4000;
        Assert.Equal(WasmError.None, Call(env, "forward", &value, 1));
        Assert.Equal(4000u, World.Global(other, "__stack_pointer"));
        value = 511;
        Assert.Equal(WasmError.AuxStackOverflow, Call(env, "forward", &value, 1));
        value = 1000;
        Assert.Equal(WasmError.None, Call(env, "set", &value, 1));
        value = 4000;
        Assert.Equal(WasmError.AuxStackUnderflow, Call(env, "set", &value, 1));
    }

    [Fact]
    public void Function_of_a_failed_instance_can_be_called_through_the_table_it_is_in()
    {
        using World world = new();
        ModuleBuilder owner = new();
        owner.Table(4, export: "t");
        owner.Function("i:i", new Code().Get(0).Op(Opcode.CallIndirect, owner.Type(":i"), 0), export: "call");
        Instance* provider = world.Instantiate(owner, "env");
        ModuleBuilder m = new();
        m.ImportTable("env", "t", 4);
        m.Memory(1);
        m.Elements(1, m.Function(":i", new Code().I32(0).Op(Opcode.I32Load, 2, 8)));
        m.Data(8, 0x55);
        m.Data(65536, 1);
        Assert.Equal(WasmError.MemoryOutOfBounds, world.Refusal(m));
        uint slot = 1;
        Assert.Equal(WasmError.None, Call(World.Env(provider), "call", &slot, 1));
        Assert.Equal(0x55u, slot);
    }

    /// <summary>What the host function of a test works with.</summary>
    private struct Scene
    {
        public Instance* Victim;
        public uint LiveInside;
        public WasmError Freed;
    }

    private static WasmError FreesVictim(ExecEnv* env, void* slots, void* data)
    {
        Scene* scene = (Scene*)data;
        scene->Freed = Instances.Free(scene->Victim);
        scene->LiveInside = env->Instance->Runtime->Instances[2] == scene->Victim ? 1u : 0;
        return WasmError.None;
    }

    [Fact]
    public void Instance_freed_by_the_host_in_the_middle_of_its_own_call_lives_to_the_end_of_it()
    {
        using World world = new();
        Scene scene = default;
        HostFunc row = new() { Name = world.Text("free"), Signature = world.Text("()"), Function = &FreesVictim, UserData = &scene };
        Assert.Equal(WasmError.None, HostFuncs.Register(world.Rt, world.Text("host"), &row, 1));

        ModuleBuilder caller = new();
        caller.Table(1, export: "t");
        caller.Function(":i", new Code().I32(0).Op(Opcode.CallIndirect, caller.Type(":i"), 0), export: "run");
        Instance* home = world.Instantiate(caller, "env");
        ModuleBuilder called = new();
        uint free = called.ImportFunction("host", "free", ":");
        called.ImportTable("env", "t", 1);
        Code clearOwnEntry = new Code().I32(0).Op(Opcode.RefNull).Raw(0x70).Op(Opcode.TableSet, 0);
        called.Elements(0, called.Function(":i", clearOwnEntry.Call(free).I32(77)));
        scene.Victim = world.Instantiate(called);
        ExecEnv* env = World.Env(home);
        uint slot;
        Assert.Equal(WasmError.None, Call(env, "run", &slot, 1));
        Assert.Equal((77u, 1u, WasmError.None), (slot, scene.LiveInside, scene.Freed));
        Assert.Equal(WasmError.None, ExecEnvs.Free(env));
        Assert.True(world.Rt->InstanceCapacity <= 2 || world.Rt->Instances[2] == null);
    }

    [Fact]
    public void Call_stack_of_a_trap_stays_valid_though_the_instance_it_happened_in_was_freed()
    {
        using World world = new();
        ModuleBuilder caller = new();
        caller.Table(1, export: "t");
        caller.Function(":", new Code().I32(0).Op(Opcode.CallIndirect, caller.Type(":"), 0), export: "run");
        Instance* home = world.Instantiate(caller, "env");
        ModuleBuilder called = new();
        called.ImportTable("env", "t", 1);
        uint f = called.Function(":", new Code().I32(0).Op(Opcode.RefNull).Raw(0x70).Op(Opcode.TableSet, 0).Op(Opcode.Unreachable));
        called.Elements(0, f);
        Instance* victim = world.Instantiate(called);
        ExecEnv* env = World.Env(home);
        Assert.Equal(WasmError.Unreachable, Call(env, "run"));
        Assert.Equal(WasmError.None, Instances.Free(victim));
        CallFrame frame;
        Assert.True(CallStack.First(env, &frame));
        Assert.Equal(f, frame.Function);
        Assert.True(CallStack.Next(env, &frame) && frame.Instance == home);
        Assert.False(CallStack.Next(env, &frame));

        // The next call forgets it, and then nobody needs the instance.
        Assert.Equal(WasmError.UninitializedElement, Call(env, "run"));
        Collector.Collect(world.Rt);
        Assert.True(world.Rt->InstanceCapacity <= 2 || world.Rt->Instances[2] == null);
    }

    [Fact]
    public void Run_that_ended_well_leaves_no_call_stack()
    {
        using World world = new();
        ModuleBuilder m = new();
        m.Function(":", new Code(), export: "run");
        ExecEnv* env = World.Env(world.Instantiate(m));
        Assert.Equal(WasmError.None, Call(env, "run"));
        ExecEnvs.SetException(env, WasmError.HostException);
        CallFrame frame;
        Assert.False(CallStack.First(env, &frame));
    }

    [Theory]
    [InlineData(0x00000001u)]
    [InlineData(0x00100005u)]
    [InlineData(0x001FFFFFu)]
    [InlineData(0x00200000u)]
    [InlineData(0x002FFFFFu)]
    [InlineData(0xFFFFFFFFu)]
    public void Reference_that_is_none_traps_when_it_is_called(uint reference)
    {
        using World world = new();
        ModuleBuilder m = new();
        m.Table(1);
        m.Function(":", new Code().I32(0).Op(Opcode.CallIndirect, m.Type(":"), 0), export: "run");
        Instance* i = world.Instantiate(m);
        Assert.Equal(WasmError.None, Tables.Set(i, 0, 0, reference));
        Assert.Equal(WasmError.UninitializedElement, Call(World.Env(i), "run"));
    }
}
