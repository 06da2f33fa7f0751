// SPDX-License-Identifier: MIT
// The call stack an exception carries, and what its message says of one: of traps in start functions, of deep recursion, of none.
using System;
using System.Linq;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Hosted;

public class HostedCallStackTests
{
    private const string Hint = "the call stack shows where";

    [Fact]
    public void Trap_in_a_start_function_has_a_call_stack()
    {
        ModuleBuilder m = new();
        uint inner = m.Function(":", new Code().Op(Opcode.Unreachable), export: "inner");
        m.Start(m.Function(":", new Code().Call(inner), export: "begin"));
        byte[] bytes = m.Build();
        using NanoRuntime runtime = new();
        WasmException e = Assert.Throws<WasmException>(() => runtime.LoadModule(bytes).Instantiate());
        Assert.Equal((WasmError.Unreachable, 1u), (e.Error, e.Index));
        Assert.Equal(["inner", "begin"], e.CallStack.Select(frame => frame.FunctionName));
        Assert.Equal((byte)Opcode.Unreachable, bytes[e.CallStack[0].Offset]);
        Assert.Equal(e.CallStack[0].Offset, e.Offset);
        Assert.EndsWith(Hint, e.Message, StringComparison.Ordinal);
        Assert.Contains("   at begin (function 1", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Trap_in_a_segment_has_none_and_does_not_speak_of_one()
    {
        ModuleBuilder m = new();
        m.Memory(1);
        m.Data(0x10000, 1);
        using NanoRuntime runtime = new();
        WasmException e = Assert.Throws<WasmException>(() => runtime.LoadModule(m.Build()).Instantiate());
        Assert.Equal((WasmError.MemoryOutOfBounds, 0), (e.Error, e.CallStack.Count));
        Assert.DoesNotContain(Hint, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_call_stack_shows_both_ends_and_counts_what_is_between()
    {
        ModuleBuilder m = new();
        // Function 0 calls itself so many times, and traps.
        m.Function("i:", new Code().Get(0).Op(Opcode.I32Eqz).Open(Opcode.If).Op(Opcode.Unreachable)
            .End().Get(0).I32(1).Op(Opcode.I32Sub).Call(0), export: "down");
        m.Function("i:", new Code().Get(0).Call(0), export: "run");
        using NanoRuntime runtime = new();
        Action<int> run = runtime.LoadModule(m.Build()).Instantiate(new() { StackBytes = 64 << 10 }).GetAction<int>("run");
        WasmException Deep(int calls) => Assert.Throws<WasmException>(() => run(calls - 2));

        Assert.Equal((64, 0u, 64), (Deep(64).CallStack.Count, Deep(64).CallStackLeftOut, Deep(64).CallStackLines.Count()));
        WasmException e = Deep(1065);
        Assert.Equal((64, 1001u), (e.CallStack.Count, e.CallStackLeftOut));
        Assert.Equal(("down", "run"), (e.CallStack[0].FunctionName, e.CallStack[^1].FunctionName));
        Assert.Equal("... 1,001 more calls ...", e.CallStackLines.ElementAt(48));
        Assert.Equal(65, e.CallStackLines.Count());
        Assert.Equal("... 1 more call ...", Deep(65).CallStackLines.ElementAt(48));
    }
}
