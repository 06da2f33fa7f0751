// SPDX-License-Identifier: MIT
// Functions of more than 64 KB of register code, whose branches take 32-bit offsets; with and without counts for a profile.
using System.Collections.Generic;
using System.Linq;
using Wamr.Nano.Tests.Engine.Interpreter;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Load.Precompile;

public unsafe class FarCodeTests
{
    /// <summary>local = local * 3 + i, so often that the code of it is far longer than an offset of 16 bits.</summary>
    private static Code Padding(Code code, uint local, int count)
    {
        for (int i = 0; i < count; i++) code.Get(local).I32(3).Op(Opcode.I32Mul).I32(100_000 + i).Op(Opcode.I32Add).Set(local);
        return code;
    }

    private static uint Padded(uint value, int count)
    {
        for (int i = 0; i < count; i++) value = value * 3 + 100_000 + (uint)i;
        return value;
    }

    private static World Far(bool profiled)
    {
        World world = new(4 * 1024 * 1024);
        world.Rt->Load.Profiled = profiled ? (byte)1 : (byte)0;
        return world;
    }

    /// <summary>
    /// Goes through its loop as often as argument 0 says. Behind the padding or before it, as the rest by 3 says, local 1 changes; a result
    /// is taken along the far branches out of the blocks.
    /// </summary>
    private static Code Body(int padding)
    {
        Code code = new Code().Open(Opcode.Loop).Open(Opcode.Block, 'i').Open(Opcode.Block, 'i').Open(Opcode.Block, 'i')
            .I32(5).I32(7).Get(0).I32(3).Op(Opcode.I32RemU).Op(Opcode.BrTable, 2, 0, 1, 2).End()
            .Get(1).Op(Opcode.I32Add).Set(1);
        Padding(code, 1, padding).I32(11).Get(0).I32(4).Op(Opcode.I32Eq).Op(Opcode.BrIf, 1).I32(2).Op(Opcode.I32Add).End()
            .I32(1).Op(Opcode.I32Add).End().Get(1).Op(Opcode.I32Xor).Set(1)
            .Get(0).I32(1).Op(Opcode.I32Sub).Tee(0).Op(Opcode.BrIf, 0).End().Get(1);
        return code;
    }

    private static uint Expected(uint n, int padding)
    {
        uint x = 0;
        do
        {
            uint value = 7;
            if (n % 3 == 0)
            {
                x = Padded(x + 7, padding);
                value = n == 4 ? 11u : 11 + 2 + 1;
            }
            else if (n % 3 == 1) value += 1;
            x ^= value;
        }
        while (--n != 0);
        return x;
    }

    [Theory]
    [InlineData(false, 10)]
    [InlineData(true, 10)]
    [InlineData(false, 6000)]
    [InlineData(true, 6000)]
    public void Branches_over_any_distance_arrive(bool profiled, int padding)
    {
        using World world = Far(profiled);
        ModuleBuilder m = new();
        m.Function("i:i", Body(padding), "i", "run");
        Instance* i = world.Instantiate(m);
        Assert.Equal(padding > 1000, i->Module->CodeSize > 64 * 1024);
        ExecEnv* env = World.Env(i);
        foreach (uint n in new uint[] { 1, 2, 3, 4, 9, 20 }) Assert.Equal(Expected(n, padding), Guest.Call(env, "run", n));
        // Nine rounds have eight back edges. Each costs a unit, and long code costs more.
        const uint plenty = 1 << 20;
        ExecEnvs.SetFuel(env, plenty);
        Assert.Equal(WasmError.None, Guest.Try(env, "run", out _, 9));
        ulong used = plenty - env->Fuel;
        if (padding == 10 && !profiled) Assert.Equal(8u, used);
        ExecEnvs.SetFuel(env, used);
        Assert.Equal(WasmError.None, Guest.Try(env, "run", out _, 9));
        Assert.Equal(0u, env->Fuel);
        ExecEnvs.SetFuel(env, used - 1);
        Assert.Equal(WasmError.FuelExhausted, Guest.Try(env, "run", out _, 9));
    }

    /// <summary>
    /// Jumps by a table of <paramref name="count"/> labels out of three blocks in turn, and to a last one, all behind much code.
    /// </summary>
    private static ModuleBuilder Tables(int count)
    {
        List<uint> labels = [.. Enumerable.Range(0, count).Select(n => (uint)n % 3), 3];
        Code body = new Code().Open(Opcode.Block).Open(Opcode.Block).Open(Opcode.Block).Open(Opcode.Block)
            .Get(0).Op(Opcode.BrTable, [(uint)count, .. labels]).End().I32(10).Op(Opcode.Return).End().I32(20).Op(Opcode.Return).End();
        Padding(body, 1, 6000).I32(30).Op(Opcode.Return).End().I32(40);
        ModuleBuilder m = new();
        m.Function("i:i", body, "i", "run");
        return m;
    }

    [Theory]
    [InlineData(2000)]
    [InlineData(10_000)]
    public void Long_branch_table_in_long_code_leads_where_it_should(int count)
    {
        using World world = Far(false);
        ExecEnv* env = World.Env(world.Instantiate(Tables(count)));
        uint last = (uint)count - 1;
        foreach (uint n in new uint[] { 0, 1, 2, last - 2, last - 1, last }) Assert.Equal(n % 3 * 10 + 10, Guest.Call(env, "run", n));
        Assert.Equal(40u, Guest.Call(env, "run", (uint)count));
        Assert.Equal(40u, Guest.Call(env, "run", 0xFFFFFFFF));
    }

    [Fact]
    public void Branch_table_that_does_not_reach_its_last_label_is_refused()
    {
        using World world = Far(false);
        Core.Wasm.Module* module;
        Assert.Equal(WasmError.FunctionTooLarge, world.TryLoad(Tables(12_000).Build(), &module));
        Assert.Equal(0u, world.Rt->Error.Index);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Trap_far_behind_is_found(bool profiled)
    {
        using World world = Far(profiled);
        ModuleBuilder m = new();
        Code body = Padding(new Code(), 1, 7000);
        uint before = (uint)body.Bytes.Length;
        m.Function("i:i", body.Get(0).I32(3).Op(Opcode.I32DivS).Op(Opcode.Drop).Get(1).Get(0).Op(Opcode.I32RemU), "i", "run");
        Instance* i = world.Instantiate(m);
        ExecEnv* env = World.Env(i);
        Assert.Equal(WasmError.IntegerDivideByZero, Guest.Try(env, "run", out _, 0));
        // Size of the entry (3 bytes), one run of locals (3), then the padding, six bytes up to drop and two local.get.
        Assert.Equal([(0u, i->Module->Functions[0].Entry + 3 + 3 + before + 6 + 4)], InterpreterCallStackTests.Frames(env));
    }
}
