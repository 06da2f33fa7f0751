// SPDX-License-Identifier: MIT
// Small modules that would become a great deal of register code, or take a great deal of time.
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Load.Precompile;

public unsafe class CodeLimitTests
{
    private const int Values = 1000;

    /// <summary>Branches that each bring a thousand constants to their places first: about 7 KB of code for 4 bytes.</summary>
    private static ModuleBuilder Branches(int count)
    {
        ModuleBuilder m = new();
        uint type = m.Type(":" + new string('i', Values));
        Code code = new Code().Op(Opcode.Block, type).I32(7);
        for (int i = 0; i < Values; i++) code.I32(0);
        for (int i = 0; i < count; i++) code.Get(0).Op(Opcode.BrIf, 0);
        m.Function("i:" + new string('i', Values), code.Op(Opcode.Br, 0).End());
        return m;
    }

    [Fact]
    public void Code_within_the_limit_loads()
    {
        using World world = new(4 << 20);
        Module* module = world.Load(Branches(100));
        Assert.InRange(module->CodeSize, 300_000u, 1_000_000u);
    }

    [Fact]
    public void Function_that_would_become_more_code_than_sizes_can_count_is_refused()
    {
        using World world = new(4 << 20);
        Module* module;
        Assert.Equal(WasmError.FunctionTooLarge, world.TryLoad(Branches(6000).Build(), &module));
        Assert.Equal(0u, world.Pool.Statistics.Module.Used);
    }

    [Fact]
    public void Functions_that_would_become_it_together_are_refused()
    {
        ModuleBuilder m = Branches(0);
        uint type = m.Type(":" + new string('i', Values));
        Code code = new Code().Op(Opcode.Block, type).I32(7);
        for (int i = 0; i < Values; i++) code.I32(0);
        for (int i = 0; i < 1000; i++) code.Get(0).Op(Opcode.BrIf, 0);
        code.Op(Opcode.Br, 0).End();
        for (int i = 0; i < 6; i++) m.Function("i:" + new string('i', Values), code);
        using World world = new(4 << 20);
        Module* module;
        Assert.Equal(WasmError.FunctionTooLarge, world.TryLoad(m.Build(), &module));
    }

    [Theory]
    [InlineData(100_000, WasmError.None)]
    [InlineData(140_000, WasmError.FunctionTooLarge)]
    public void Blocks_nest_as_deep_as_sizes_can_count(int depth, WasmError expected)
    {
        Code code = new();
        for (int i = 0; i < depth; i++) code.Open(Opcode.Block);
        for (int i = 0; i < depth; i++) code.End();
        ModuleBuilder m = new();
        m.Function(":", code);
        using World world = new(32 << 20);
        Module* module;
        Assert.Equal(expected, world.TryLoad(m.Build(), &module));
    }

    /// <summary>The operand lies below so many others that a change of its local passes it only once.</summary>
    [Theory]
    [InlineData(10)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(500)]
    public void Operand_keeps_the_value_its_local_had_however_deep_it_lies(int above)
    {
        Code code = new Code().Get(0).Get(1);
        for (int i = 0; i < above; i++) code.I32(i % 3);
        code.I32(100).Set(1).I32(200).Set(0);
        for (int i = 0; i < above; i++) code.Op(Opcode.Drop);
        ModuleBuilder m = new();
        m.Function("ii:i", code.Op(Opcode.I32Sub).Get(0).Op(Opcode.I32Add).Get(1).Op(Opcode.I32Add), export: "f");
        using World world = new();
        ExecEnv* env = World.Env(world.Instantiate(m), 8192);
        Assert.Equal(50u - 8 + 300, Guest.Call(env, "f", 50, 8));
    }
}
