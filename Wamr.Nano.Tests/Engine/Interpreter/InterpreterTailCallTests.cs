// SPDX-License-Identifier: MIT
// Tail calls (spec chapter 4.4.8): arguments over the old frame, results that come back first, recursion without end in one frame.
using System.Linq;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Engine.Interpreter;

public unsafe class InterpreterTailCallTests
{
    private static WasmError Counts(ExecEnv* env, void* slots, void* count)
    {
        for (uint i = 0; i < (uint)(nint)count; i++) ((uint*)slots)[i] = i + 1;
        return WasmError.None;
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(40, false)]
    [InlineData(40, true)]
    [InlineData(300, true)]
    [InlineData(900, false)]
    public void Results_of_a_host_function_called_last_have_room(int results, bool indirect)
    {
        using World world = new();
        HostFunc row = new() { Name = world.Text("count"), Function = &Counts, UserData = (void*)results };
        Assert.Equal(WasmError.None, HostFuncs.Register(world.Rt, world.Text("host"), &row, 1));
        ModuleBuilder m = new();
        string type = ":" + new string('i', results);
        uint count = m.ImportFunction("host", "count", type);
        m.Table(1);
        m.Elements(0, count);
        Code body = indirect ? new Code().I32(0).Op(Opcode.ReturnCallIndirect, m.Type(type), 0) : new Code().Op(Opcode.ReturnCall, count);
        m.Function(type, body, export: "run");
        m.Function(type, new Code().Op(Opcode.ReturnCall, 1), export: "over");
        ExecEnv* env = World.Env(world.Instantiate(m), 8192);
        ulong[] expected = [.. Enumerable.Range(1, results).Select(i => (ulong)i)];
        Assert.Equal(expected, Guest.Many(env, "run"));
        Assert.Equal(expected, Guest.Many(env, "over"));
        world.Pool.AssertCanaries();
        Assert.Equal(WasmError.None, Core.Memory.Allocator.Check(world.Pool.Allocator));
    }

    [Fact]
    public void Results_of_another_instance_called_last_come_through()
    {
        using World world = new();
        ModuleBuilder lib = new();
        lib.Function("I:IIIi", new Code().Get(0).I64(2).I64(3).I32(4), export: "four");
        world.Instantiate(lib, "lib");
        ModuleBuilder m = new();
        uint four = m.ImportFunction("lib", "four", "I:IIIi");
        m.Function("I:IIIi", new Code().Get(0).Op(Opcode.ReturnCall, four), export: "run");
        Assert.Equal([1u, 2, 3, 4], Guest.Many(World.Env(world.Instantiate(m)), "run", 1));
    }

    [Fact]
    public void Arguments_change_places_over_the_old_frame()
    {
        using World world = new();
        ModuleBuilder m = new();
        // f(n, a, b) = n == 0 ? (a, b) : f(n - 1, b, a + b)
        Code body = new Code().Get(0).Op(Opcode.I64Eqz).Open(Opcode.If).Get(1).Get(2).Op(Opcode.Return).End()
            .Get(0).I64(1).Op(Opcode.I64Sub).Get(2).Get(1).Get(2).Op(Opcode.I64Add).Op(Opcode.ReturnCall, 0);
        m.Function("III:II", body, export: "fib");
        ExecEnv* env = World.Env(world.Instantiate(m), 256);
        Assert.Equal([12586269025u, 20365011074u], Guest.Many(env, "fib", 50, 0, 1));
        Assert.Equal(WasmError.None, Guest.Try(env, "fib", out _, 100_000, 0, 1));
    }

    [Fact]
    public void Callee_with_more_parameters_and_a_larger_frame_takes_the_place_of_its_caller()
    {
        using World world = new();
        ModuleBuilder m = new();
        m.Table(2);
        string wide = "iIiIiI:I";
        Code sum = new Code().Get(0).Op(Opcode.I64ExtendI32U).Get(1).Op(Opcode.I64Add).Get(2).Op(Opcode.I64ExtendI32U).Op(Opcode.I64Add)
            .Get(3).Op(Opcode.I64Add).Get(4).Op(Opcode.I64ExtendI32U).Op(Opcode.I64Add).Get(5).Op(Opcode.I64Add).Get(6).Op(Opcode.I64Add);
        uint sink = m.Function(wide, sum, "IIII");
        Code body = new Code().Get(0).I64(20).Get(0).I64(300).Get(0).I64(4000).I32(1).Op(Opcode.ReturnCallIndirect, m.Type(wide), 0);
        m.Function("i:I", body, export: "run");
        m.Elements(0, sink, sink);
        Instance* i = world.Instantiate(m);
        Assert.Equal(4323u, Guest.Call(World.Env(i), "run", 1));
        // The frame of the sink is the larger one: where it does not fit, the call is the trap's place.
        uint needed = RegCode.Of(i->Module, sink)[RegCode.FrameSlots] * 4u;
        ExecEnv* env = World.Env(i, needed - 4);
        Assert.Equal(WasmError.OperandStackOverflow, Guest.Try(env, "run", out _, 1));
        Assert.Equal(1u, Assert.Single(InterpreterCallStackTests.Frames(env)).Function);
        Assert.Equal(4323u, Guest.Call(World.Env(i, needed), "run", 1));
    }
}
