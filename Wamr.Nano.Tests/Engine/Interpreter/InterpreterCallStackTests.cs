// SPDX-License-Identifier: MIT
// Call stacks after traps: function and wasm offset of every frame, through instances and host functions, and none where nothing ran.
using System.Collections.Generic;
using System.Linq;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Engine.Interpreter;

public unsafe class InterpreterCallStackTests
{
    /// <summary>Function index and offset of each frame, innermost first.</summary>
    internal static List<(uint Function, uint Offset)> Frames(ExecEnv* env)
    {
        List<(uint, uint)> frames = [];
        CallFrame frame;
        for (bool more = CallStack.First(env, &frame); more; more = CallStack.Next(env, &frame))
            frames.Add((frame.Function, WasmPosition.Of(&frame)));
        return frames;
    }

    /// <summary>Module offset of the n-th instruction with an opcode in a function's body.</summary>
    private static uint OffsetOf(Module* m, uint function, Opcode op, int n = 0)
    {
        ByteReader r = Read.Over(m->Bytes, m->Bytes + m->Functions[function].Entry, m->Bytes + m->Size);
        Read.U32(&r);
        for (uint runs = Read.U32(&r); runs != 0; runs--)
        {
            Read.U32(&r);
            Read.U8(&r);
        }
        Instr i;
        do InstrReader.Next(&r, &i, Features.All);
        while (i.Op != op || n-- != 0);
        return (uint)(i.Start - m->Bytes);
    }

    /// <summary>Function 0 divides; 1 calls it second of two times, behind operands of all sorts; "run" calls that.</summary>
    private static ModuleBuilder Dividing()
    {
        ModuleBuilder m = new();
        m.Function("ii:i", new Code().Get(0).I32(3).Op(Opcode.I32Add).Get(1).I32(1).Op(Opcode.I32Shl)
            .Op(Opcode.I32DivS).I32(7).Op(Opcode.I32Mul));
        Code twice = new Code().I32(10).Get(0).Op(Opcode.I32Add).Get(0).I32(9).I32(1).Call(0).Op(Opcode.Drop).Get(0).Get(0).Call(0)
            .Op(Opcode.I32Add).Op(Opcode.I32Add);
        m.Function("i:i", twice, export: "twice");
        m.Function("i:i", new Code().Open(Opcode.Block, 'i').Get(0).Call(1).End(), export: "run");
        return m;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Each_frame_is_at_its_call_and_the_innermost_at_the_trap(bool profiled)
    {
        using World world = new();
        world.Rt->Load.Profiled = profiled ? (byte)1 : (byte)0;
        Instance* i = world.Instantiate(Dividing());
        // How modules loaded later are lowered is no matter to those that are there.
        world.Rt->Load.Profiled ^= 1;
        ExecEnv* env = World.Env(i);
        Assert.Equal(WasmError.IntegerDivideByZero, Guest.Try(env, "run", out _, 0));
        Module* m = i->Module;
        (uint, uint)[] expected =
            [(0, OffsetOf(m, 0, Opcode.I32DivS)), (1, OffsetOf(m, 1, Opcode.Call, 1)), (2, OffsetOf(m, 2, Opcode.Call))];
        Assert.Equal(expected, Frames(env));
    }

    [Fact]
    public void Frames_of_other_instances_are_in_it()
    {
        using World world = new();
        Instance* lib = world.Instantiate(Dividing(), "lib");
        ModuleBuilder m = new();
        uint run = m.ImportFunction("lib", "run", "i:i");
        uint f = m.Function("i:i", new Code().I32(5).Get(0).Call(run).Op(Opcode.I32Add), export: "run");
        Instance* i = world.Instantiate(m);
        ExecEnv* env = World.Env(i);
        Assert.Equal(WasmError.IntegerDivideByZero, Guest.Try(env, "run", out _, 0));
        Assert.Equal([0u, 1, 2, f], Frames(env).Select(frame => frame.Function));
        Assert.Equal(OffsetOf(i->Module, f, Opcode.Call), Frames(env)[3].Offset);
        Assert.Equal(OffsetOf(lib->Module, 2, Opcode.Call), Frames(env)[2].Offset);

        // The import itself, called by the host.
        Assert.Equal(WasmError.IntegerDivideByZero, Guest.Try(env, run, out _, 0));
        Assert.Equal([0u, 1, 2], Frames(env).Select(frame => frame.Function));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Call_that_got_no_frame_has_none(bool imported)
    {
        using World world = new();
        ModuleBuilder lib = new();
        lib.Function(":", new Code(), new string('I', 100), export: "run");
        Instance* i = world.Instantiate(lib, "lib");
        if (imported)
        {
            ModuleBuilder m = new();
            m.Export("run", 0, m.ImportFunction("lib", "run", ":"));
            i = world.Instantiate(m);
        }
        ExecEnv* env = World.Env(i, 256);
        Assert.Equal(WasmError.OperandStackOverflow, Guest.Try(env, "run", out _));
        Assert.Empty(Frames(env));
        // The collector looks at call stacks too.
        Collector.Collect(world.Rt);
        Assert.Equal(WasmError.None, ExecEnvs.Free(env));
    }

    private static WasmError Fails(ExecEnv* env, void* slots, void* data) => WasmError.HostException;

    private static WasmError Swallows(ExecEnv* env, void* slots, void* data)
    {
        Guest.Try(env, "inner", out _, 0);
        ExecEnvs.ClearException(env);
        return WasmError.None;
    }

    private static WasmError PassesOn(ExecEnv* env, void* slots, void* data) => Guest.Try(env, "inner", out _, 0);

    /// <summary>"fail", "swallow" and "pass" are the host's.</summary>
    private static Instance* Calling(World world, HostFunc* rows, string import)
    {
        rows[0] = new() { Name = world.Text("fail"), Function = &Fails };
        rows[1] = new() { Name = world.Text("swallow"), Function = &Swallows };
        rows[2] = new() { Name = world.Text("pass"), Function = &PassesOn };
        Assert.Equal(WasmError.None, HostFuncs.Register(world.Rt, world.Text("host"), rows, 3));
        ModuleBuilder m = new();
        uint host = m.ImportFunction("host", import, ":");
        m.Function("i:i", new Code().I32(1).Get(0).Op(Opcode.I32DivU), export: "inner");
        m.Function("i:i", new Code().Call(host).I32(2).Get(0).Op(Opcode.I32DivU), export: "outer");
        m.Export("host", 0, host);
        return world.Instantiate(m);
    }

    [Theory]
    [InlineData("fail", WasmError.HostException)]
    [InlineData("pass", WasmError.IntegerDivideByZero)]
    public void Failed_host_function_leaves_the_frames_that_called_it(string import, WasmError expected)
    {
        using World world = new();
        HostFunc* rows = stackalloc HostFunc[3];
        Instance* i = Calling(world, rows, import);
        ExecEnv* env = World.Env(i);
        Assert.Equal(expected, Guest.Try(env, "outer", out _, 1));
        Assert.Equal([(2u, OffsetOf(i->Module, 2, Opcode.Call))], Frames(env));
        Assert.Equal(expected, Guest.Try(env, "host", out _));
        Assert.Empty(Frames(env));
        Collector.Collect(world.Rt);
    }

    [Fact]
    public void Trap_that_a_host_function_swallowed_does_not_show_in_a_later_one()
    {
        using World world = new();
        HostFunc* rows = stackalloc HostFunc[3];
        Instance* i = Calling(world, rows, "swallow");
        ExecEnv* env = World.Env(i);
        Assert.Equal(2u, Guest.Call(env, "outer", 1));
        Assert.Empty(Frames(env));
        Assert.Equal(WasmError.IntegerDivideByZero, Guest.Try(env, "outer", out _, 0));
        Assert.Equal([(2u, OffsetOf(i->Module, 2, Opcode.I32DivU))], Frames(env));
    }
}
