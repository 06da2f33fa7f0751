// SPDX-License-Identifier: MIT
// Branches that take values along, and what the path not taken finds on the stack.
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Load.Precompile;

public unsafe class BranchTests
{
    private static ulong[] Run(string type, Code body, params ulong[] arguments)
    {
        using World world = new();
        ModuleBuilder m = new();
        m.Memory(1);
        m.Function(type, body, export: "run");
        return Guest.Many(World.Env(world.Instantiate(m)), "run", arguments);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(1u)]
    public void Return_by_br_if_leaves_several_results_where_they_are_for_the_other_path(uint taken)
    {
        // The results are a local, a constant and a sum that is not added up yet.
        Code values = new Code().Get(0).I32(70_000).Get(0).Get(1).Op(Opcode.I32Add);
        Code body = values.Get(1).Op(Opcode.BrIf, 0);
        Assert.Equal([5u, 70_000, 5 + taken], Run("ii:iii", body, 5, taken));
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(1u)]
    public void Br_if_out_of_a_block_leaves_several_results_where_they_are_for_the_other_path(uint taken)
    {
        Code body = new Code().Op(Opcode.Block, 0).I32(1).Get(0).I32(70_000).Get(0).Get(1).Op(Opcode.I32Add).Get(1).Op(Opcode.BrIf, 0)
            .Set(0).Op(Opcode.Drop).Op(Opcode.Drop).Op(Opcode.Drop).I32(1).I32(2).Get(0).End();
        ulong[] expected = taken != 0 ? [5, 70_000, 6] : [1, 2, 5];
        using World world = new();
        ModuleBuilder m = new();
        m.Type(":iii");
        m.Function("ii:iii", body, export: "run");
        Assert.Equal(expected, Guest.Many(World.Env(world.Instantiate(m)), "run", 5, taken));
    }

    [Theory]
    [InlineData(0u, 30u)]
    [InlineData(1u, 31u)]
    [InlineData(2u, 32u)]
    [InlineData(3u, 32u)]
    [InlineData(0xFFFFFFFFu, 32u)]
    public void Br_table_takes_its_value_to_labels_at_different_heights(uint index, uint expected)
    {
        Code body = new Code().Open(Opcode.Block, 'i').I32(9).Open(Opcode.Block, 'i').I32(8).I32(7).Get(0).I32(30).Op(Opcode.I32Add)
            .Get(0).I32(2).Get(0).I32(2).Op(Opcode.I32LtU).Op(Opcode.Select)
            .Op(Opcode.BrTable, 2, 0, 1, 2).End().Op(Opcode.I32Add).I32(9).Op(Opcode.I32Sub).End();
        // Index 3 and above were made 2, their value not.
        Assert.Equal([index > 2 ? 30u + index : expected], Run("i:i", body, index));
    }
}
