// SPDX-License-Identifier: MIT
// Time limits of calls and of start functions: an endless run ends, and what it ran in can be used again.
using System;
using System.Threading;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tool.Usage;
using Xunit;

namespace Wamr.Nano.Tests.Hosted;

public class TimeoutTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// f loops for ever where its argument is not 0; with <paramref name="starts"/> another function that always does is the start.
    /// </summary>
    private static byte[] Endless(bool starts)
    {
        ModuleBuilder m = new();
        m.Function("i:", new Code().Open(Opcode.Loop).Get(0).Op(Opcode.BrIf, 0).End(), export: "f");
        uint forever = m.Function(":", new Code().Open(Opcode.Loop).Op(Opcode.Br, 0).End());
        if (starts) m.Start(forever);
        return m.Build();
    }

    [Fact]
    public void Call_that_takes_longer_than_its_time_is_ended_and_the_next_one_runs()
    {
        using NanoRuntime runtime = new();
        NanoInstance app = runtime.LoadModule(Endless(false)).Instantiate();
        app.ExecEnv.Timeout = Short;
        Assert.Equal(WasmError.TimeExceeded, Assert.Throws<WasmException>(() => app.GetFunction("f").Call(1)).Error);
        app.GetFunction("f").Call(0);
    }

    [Fact]
    public void Start_function_that_takes_longer_than_its_time_is_ended()
    {
        using NanoRuntime runtime = new();
        NanoModule module = runtime.LoadModule(Endless(true));
        Assert.Equal(WasmError.TimeExceeded, Assert.Throws<WasmException>(() => module.Instantiate(new() { Timeout = Short })).Error);
    }

    [Fact]
    public void Start_function_can_be_canceled()
    {
        using NanoRuntime runtime = new();
        using CancellationTokenSource cancellation = new(Short);
        NanoModule module = runtime.LoadModule(Endless(true));
        Assert.Equal(WasmError.Terminated,
            Assert.Throws<WasmException>(() => module.Instantiate(new() { StartCancellation = cancellation.Token })).Error);
    }

    [Fact]
    public void Timeout_is_above_zero()
    {
        using NanoRuntime runtime = new();
        NanoInstance app = runtime.LoadModule(Endless(false)).Instantiate();
        Assert.Throws<ArgumentOutOfRangeException>(() => app.ExecEnv.Timeout = TimeSpan.Zero);
    }

    [Theory]
    [InlineData("50ms", 50)]
    [InlineData("2s", 2000)]
    [InlineData("1.5s", 1500)]
    [InlineData("1min", 60_000)]
    [InlineData("0s", null)]
    [InlineData("-1s", null)]
    [InlineData("3", 3000)]
    [InlineData("s", null)]
    [InlineData("0", null)]
    [InlineData("1h", null)]
    [InlineData("", null)]
    [InlineData("1e9s", null)]
    public void Time_on_the_command_line_is_a_number_above_zero_and_a_unit(string text, int? milliseconds) =>
        Assert.Equal(milliseconds is int time ? TimeSpan.FromMilliseconds(time) : null, Duration.Of(text));
}
