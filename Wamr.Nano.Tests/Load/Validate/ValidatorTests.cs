// SPDX-License-Identifier: MIT
// Function bodies beyond what the suite covers: limits, stack heights, what the validator notes
// for later stages. (The suite has the rules.)
using System;
using System.Collections.Generic;
using System.Linq;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Load.Validate;

public unsafe class ValidatorTests
{
    [Theory]
    [InlineData("nothing", "", ":", "", 0)]
    [InlineData("two i32", "2000 2000 6A", "i:i", "", 2)]
    [InlineData("two i64", "2000 2000 7C", "I:I", "", 4)]
    [InlineData("i64 above f64", "2001 2000 1A", "IF:F", "", 4)]
    [InlineData("references take one slot", "D070 D06F 1A 1A", ":", "", 2)]
    [InlineData("highest of two blocks", "0240 4100 4100 4100 1A 1A 1A 0B 0240 4200 1A 0B", ":", "", 3)]
    [InlineData("operands below a block", "4200 0240 4200 1A 0B 1A", ":", "", 4)]
    [InlineData("results of a call", "1000 1A 1A", ":II", "II", 4)]
    public void Highest_stack_is_noted_in_slots(string name, string body, string type, string results, int slots)
    {
        ModuleBuilder m = new();
        if (results.Length != 0) m.Function(":" + results, new Code().I64(0).I64(0));
        m.Function(results.Length != 0 ? ":" : type, Hex(body));
        using LoadHarness harness = new();
        int actual = -1;
        WasmError error = harness.Load(m.Build(), module => actual = module->Functions[module->FunctionCount - 1].MaxStack);
        Assert.True(error == WasmError.None && actual == slots, $"{name}: {error}, {actual} slots");
    }

    [Theory]
    [InlineData("else without if", "05", WasmError.BadOpcode)]
    [InlineData("two elses", "4100 0440 05 05 0B", WasmError.BadOpcode)]
    [InlineData("typed select of none", "4100 4100 4100 1C00", WasmError.BadResultArity)]
    [InlineData("typed select of two", "4100 4100 4100 1C027F7F", WasmError.BadResultArity)]
    [InlineData("label beyond the function", "0C01", WasmError.UnknownLabel)]
    [InlineData("label of br_table", "4100 0E010100", WasmError.UnknownLabel)]
    [InlineData("unknown block type", "0205 0B", WasmError.UnknownType)]
    [InlineData("memory without one", "4100 280200 1A", WasmError.UnknownMemory)]
    [InlineData("second memory", "3F01 1A", WasmError.UnknownMemory)]
    [InlineData("table without one", "4100 2500 1A", WasmError.UnknownTable)]
    [InlineData("call_indirect without a table", "4100 110000", WasmError.UnknownTable)]
    [InlineData("undeclared function reference", "D200 1A", WasmError.UndeclaredFunctionReference)]
    [InlineData("unknown element segment", "FC0D00", WasmError.UnknownElemSegment)]
    [InlineData("unknown data segment", "FC0900", WasmError.UnknownDataSegment)]
    [InlineData("underflow", "1A", WasmError.TypeMismatch)]
    [InlineData("left over", "4100", WasmError.TypeMismatch)]
    [InlineData("underflow in a block", "4100 0240 1A 0B 1A", WasmError.TypeMismatch)]
    public void Refused(string name, string body, WasmError expected)
    {
        ModuleBuilder m = new();
        m.Function(":", Hex(body));
        using LoadHarness harness = new();
        WasmError error = harness.Load(m.Build());
        Assert.True(error == expected, $"{name}: {error}");
        Assert.Equal(0u, harness.Error.Index);
    }

    [Fact]
    public void Refusal_points_at_the_instruction_and_names_the_value_at_fault()
    {
        ModuleBuilder m = new();
        m.Function(":", new Code().I32(1).Op(Opcode.Drop).Get(77).Op(Opcode.Drop));
        byte[] binary = m.Build();
        using LoadHarness harness = new();
        Assert.Equal(WasmError.UnknownLocal, harness.Load(binary));
        Assert.Equal((0x20, 77u), (binary[harness.Error.Offset], harness.Error.Asked));
    }

    [Fact]
    public void Memory_init_needs_the_data_count()
    {
        ModuleBuilder m = new();
        m.Memory(1);
        m.Function(":", new Code().I32(0).I32(0).I32(0).Op(Opcode.MemoryInit, 0, 0));
        m.Data(0, 1);
        using LoadHarness harness = new();
        Assert.Equal(WasmError.DataCountMissing, harness.Load(m.Build()));
    }

    [Fact]
    public void Function_that_an_element_segment_or_export_declares_may_be_referred_to()
    {
        ModuleBuilder m = new();
        m.Function(":", new Code().Op(Opcode.RefFunc, 0).Op(Opcode.Drop).Op(Opcode.RefFunc, 1).Op(Opcode.Drop), export: "f");
        m.Function(":", new Code());
        m.PassiveElements(1);
        using LoadHarness harness = new();
        Assert.Equal(WasmError.None, harness.Load(m.Build()));
    }

    [Theory]
    [InlineData(30_000, WasmError.None)]
    [InlineData(200_000, WasmError.OutOfMemory)]
    public void Nesting_is_bounded_by_the_pool(int depth, WasmError expected)
    {
        byte[] open = [.. Enumerable.Repeat<byte[]>([0x02, 0x40], depth).SelectMany(pair => pair)];
        ModuleBuilder m = new();
        m.RawFunction(":", [0, .. open, .. Enumerable.Repeat((byte)0x0B, depth + 1)]);
        using LoadHarness harness = new(2 * 1024 * 1024);
        Assert.Equal(expected, harness.Load(m.Build()));
    }

    [Theory]
    [InlineData(65_000, WasmError.None)]
    [InlineData(65_281, WasmError.TooManySlots)]
    [InlineData(150_000, WasmError.TooManySlots)]
    public void Operands_are_bounded_by_the_slots_of_a_frame(int count, WasmError expected)
    {
        byte[] constants = [.. Enumerable.Repeat<byte[]>([0x41, 0x00], count).SelectMany(pair => pair)];
        ModuleBuilder m = new();
        m.RawFunction(":", [0, .. constants, 0x00, 0x0B]);
        using LoadHarness harness = new(2 * 1024 * 1024);
        Assert.Equal(expected, harness.Load(m.Build()));
    }

    [Theory]
    [InlineData(50_000, "i", WasmError.None)]
    [InlineData(50_001, "i", WasmError.LocalsBeyondLimit)]
    [InlineData(32_600, "I", WasmError.None)]
    [InlineData(32_641, "I", WasmError.TooManySlots)]
    public void Locals_are_bounded(uint count, string type, WasmError expected)
    {
        List<byte> entry = [1];
        Leb128.Unsigned(entry, count);
        ModuleBuilder m = new();
        m.RawFunction(":", [.. entry, ModuleBuilder.ValueType(type[0]), 0x0B]);
        using LoadHarness harness = new();
        Assert.Equal(expected, harness.Load(m.Build()));
    }

    [Fact]
    public void Locals_of_many_runs_have_the_types_of_their_runs()
    {
        ModuleBuilder m = new();
        Code body = new Code().Get(0).Op(Opcode.I32Eqz).Op(Opcode.Drop).Get(1).Op(Opcode.F32Neg).Op(Opcode.Drop).Get(2).Op(Opcode.F32Neg)
            .Op(Opcode.Drop).Get(3).Op(Opcode.I64Eqz).Op(Opcode.Drop);
        m.RawFunction("i:", [4, 0, 0x7C, 2, 0x7D, 1, 0x7E, 0, 0x7F, .. body.Bytes, 0x0B]);
        using LoadHarness harness = new();
        Assert.Equal(WasmError.None, harness.Load(m.Build()));
    }

    [Fact]
    public void Local_behind_the_last_one_is_unknown()
    {
        ModuleBuilder m = new();
        m.RawFunction("i:", [1, 3, 0x7D, 0x20, 4, 0x1A, 0x0B]);
        using LoadHarness harness = new();
        Assert.Equal(WasmError.UnknownLocal, harness.Load(m.Build()));
    }

    /// <summary>Instructions in hexadecimal; blanks are for the eye.</summary>
    private static Code Hex(string body) => new Code().Raw(Convert.FromHexString(body.Replace(" ", "")));
}
