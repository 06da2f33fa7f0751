// SPDX-License-Identifier: MIT
// The encodings of the instructions that SwitchTables reads and writes, against those of the GNU assembler.
using Wamr.Nano.Tool.Measure;
using Xunit;

namespace Wamr.Nano.Tests.Boards;

public class ThumbTests
{
    [Theory]
    [InlineData(new byte[] { 0x05, 0x2B }, 3, 5)]
    [InlineData(new byte[] { 0xBE, 0xF1, 0xC8, 0x0F }, 14, 200)]
    public void Compare_gives_register_and_number(byte[] code, int register, int value)
    {
        Assert.True(Thumb.IsCompare(code, 0, out int foundRegister, out int foundValue));
        Assert.Equal((register, value, code.Length), (foundRegister, foundValue, Thumb.Size(code, 0)));
    }

    [Theory]
    [InlineData(0x02, new byte[] { 0x00, 0xF2, 0x15, 0x80 }, Thumb.Higher, 0x30)] // bhi.w
    [InlineData(0x10, new byte[] { 0x0D, 0xD0 }, Thumb.Equal, 0x2E)] // beq.n
    [InlineData(0x24, new byte[] { 0x3F, 0xF4, 0xEC, 0xAF }, Thumb.Equal, 0)] // beq.w, backwards
    [InlineData(0x2A, new byte[] { 0xE9, 0xD0 }, Thumb.Equal, 0)]
    public void Conditional_branch_gives_condition_and_target(int at, byte[] instruction, int condition, int target)
    {
        byte[] code = [.. new byte[at], .. instruction];
        Assert.True(Thumb.IsConditional(code, at, out int foundCondition, out int foundTarget));
        Assert.Equal((condition, target), (foundCondition, foundTarget));
        Assert.Equal(target, Thumb.Target(code, at));
    }

    [Theory]
    [InlineData(0x12, new byte[] { 0x00, 0xF0, 0x0D, 0xB8 }, 0x30)] // b.w
    [InlineData(0x20, new byte[] { 0xFF, 0xF7, 0xEE, 0xBF }, 0)] // b.w, backwards
    [InlineData(0x16, new byte[] { 0x0B, 0xE0 }, 0x30)] // b.n
    [InlineData(0x28, new byte[] { 0xEA, 0xE7 }, 0)]
    [InlineData(0x1C, new byte[] { 0x39, 0xB1 }, 0x2E)] // cbz
    [InlineData(0x1E, new byte[] { 0x37, 0xB9 }, 0x2E)] // cbnz
    [InlineData(0, new byte[] { 0xFF, 0xF7, 0xF2, 0xFF }, null)] // bl
    [InlineData(0, new byte[] { 0x70, 0x47 }, null)] // bx lr
    public void Branch_gives_its_target(int at, byte[] instruction, int? target) =>
        Assert.Equal(target, Thumb.Target([.. new byte[at], .. instruction], at));

    [Theory]
    [InlineData(0x12, 0x30, new byte[] { 0x00, 0xF0, 0x0D, 0xB8 })]
    [InlineData(0x20, 0, new byte[] { 0xFF, 0xF7, 0xEE, 0xBF })]
    public void Branch_is_written_as_the_assembler_writes_it(int at, int target, byte[] instruction)
    {
        byte[] code = new byte[at + 4];
        Thumb.PutBranch(code, at, target);
        Assert.Equal(instruction, code[at..]);
    }

    [Fact]
    public void Table_branch_is_written_as_the_assembler_writes_it()
    {
        byte[] code = new byte[4];
        Thumb.PutTableBranch(code, 0, 14);
        Assert.Equal([0xDF, 0xE8, 0x1E, 0xF0], code);
    }
}
