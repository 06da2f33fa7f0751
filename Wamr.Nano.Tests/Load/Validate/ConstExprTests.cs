// SPDX-License-Identifier: MIT
// Constant expressions: what may stand in them and what they may see.
using System;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Load.Validate;

public class ConstExprTests
{
    // Global 0 is an imported immutable i32, 1 an imported mutable one, 2 an own immutable i64; the expression is that of global 3.
    [Theory]
    [InlineData('i', "4105", WasmError.None)]
    [InlineData('I', "4205", WasmError.None)]
    [InlineData('f', "4300000000", WasmError.None)]
    [InlineData('F', "440000000000000000", WasmError.None)]
    [InlineData('n', "D070", WasmError.None)]
    [InlineData('r', "D06F", WasmError.None)]
    [InlineData('n', "D200", WasmError.None)]
    [InlineData('i', "2300", WasmError.None)]
    [InlineData('I', "2302", WasmError.None)]
    [InlineData('i', "2300 4105 6A 2300 6B 4103 6C", WasmError.None)]
    [InlineData('I', "2302 4205 7C 2302 7D 4203 7E", WasmError.None)]
    [InlineData('i', "", WasmError.TypeMismatch)]
    [InlineData('i', "4205", WasmError.TypeMismatch)]
    [InlineData('i', "4105 4105", WasmError.TypeMismatch)]
    [InlineData('i', "4105 6A", WasmError.TypeMismatch)]
    [InlineData('i', "6A", WasmError.TypeMismatch)]
    [InlineData('i', "4105 4205 6A", WasmError.TypeMismatch)]
    [InlineData('I', "4105 4105 7C", WasmError.TypeMismatch)]
    [InlineData('i', "2301", WasmError.ConstantExpressionRequired)]
    [InlineData('i', "2303", WasmError.UnknownGlobal)]
    [InlineData('i', "4105 45", WasmError.ConstantExpressionRequired)]
    [InlineData('i', "0240 0B 4105", WasmError.ConstantExpressionRequired)]
    [InlineData('n', "D201", WasmError.UnknownFunction)]
    [InlineData('r', "D070", WasmError.TypeMismatch)]
    [InlineData('i', "FF", WasmError.BadOpcode)]
    public void Expression(char type, string hex, WasmError expected)
    {
        ModuleBuilder m = new();
        m.ImportGlobal("env", "constant", 'i');
        m.ImportGlobal("env", "variable", 'i', mutable: true);
        m.Function(":", new Code());
        m.Global('I', new Code().I64(1));
        m.Global(type, new Code().Raw(Convert.FromHexString(hex.Replace(" ", ""))));
        using LoadHarness harness = new();
        Assert.Equal(expected, harness.Load(m.Build()));
        if (expected != WasmError.None) Assert.Equal(3u, harness.Error.Index);
    }

    [Theory]
    [InlineData(Config.MaxConstOperands, WasmError.None)]
    [InlineData(Config.MaxConstOperands + 1, WasmError.ConstExpressionTooLarge)]
    public void Operands_are_bounded(uint count, WasmError expected)
    {
        Code expression = new();
        for (uint i = 0; i < count; i++) expression.I32(1);
        for (uint i = 1; i < count; i++) expression.Op(Opcode.I32Add);
        ModuleBuilder m = new();
        m.Global('i', expression);
        using LoadHarness harness = new();
        Assert.Equal(expected, harness.Load(m.Build()));
    }

    [Fact]
    public void Segments_may_use_globals_of_the_module()
    {
        ModuleBuilder m = new();
        m.Memory(1);
        m.Global('i', new Code().I32(0));
        byte[] binary = [.. m.Build(), 0x0B, 6, 1, 0, 0x23, 0, 0x0B, 0];
        using LoadHarness harness = new();
        Assert.Equal(WasmError.None, harness.Load(binary));
    }
}
