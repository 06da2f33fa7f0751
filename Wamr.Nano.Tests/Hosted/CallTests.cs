// SPDX-License-Identifier: MIT
// Calling exported functions: values, delegates, misfits, traps, and what a call costs the garbage collector.
using System;
using System.Diagnostics;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Hosted;

public class CallTests
{
    [Fact]
    public void Call_takes_and_gives_values()
    {
        using NanoRuntime runtime = new();
        NanoFunction add = runtime.LoadModule(SmallModules.Add).Instantiate().GetFunction("f");
        Assert.Equal(42, add.Call(40, 2).AsInt32());
        Assert.Equal("(I32, I32) -> I32", add.ToString());
    }

    [Fact]
    public void Delegates_exist_for_all_number_types()
    {
        ModuleBuilder m = new();
        m.Function("I:I", new Code().Get(0), export: "i64");
        m.Function("f:f", new Code().Get(0), export: "f32");
        m.Function("FiIf:F", new Code().Get(0), export: "f64");
        m.Function(":", new Code(), export: "nothing");
        using NanoRuntime runtime = new();
        NanoInstance instance = runtime.LoadModule(m.Build()).Instantiate();
        Assert.Equal(long.MinValue + 7, instance.GetFunc<long, long>("i64")(long.MinValue + 7));
        Assert.Equal(1.5f, instance.GetFunc<float, float>("f32")(1.5f));
        Assert.Equal(-0.1, instance.GetFunc<double, int, long, float, double>("f64")(-0.1, 1, 2, 3));
        instance.GetAction("nothing")();
    }

    [Fact]
    public void Several_results_come_in_order()
    {
        using NanoRuntime runtime = new();
        NanoFunction swap = runtime.LoadModule(SmallModules.Of("iF:Fi", new Code().Get(1).Get(0))).Instantiate().GetFunction("f");
        WasmValue[] results = new WasmValue[2];
        swap.CallMulti([7, 2.5], results);
        Assert.Equal([2.5, 7], results);
    }

    [Fact]
    public void Delegate_of_another_type_is_refused()
    {
        using NanoRuntime runtime = new();
        NanoInstance instance = runtime.LoadModule(SmallModules.Add).Instantiate();
        Expect<WasmException>(() => instance.GetFunc<int, int>("f"), "WN6002 wrong number of arguments: the function takes 2, not 1:",
            "'f' is (ii)i, and was asked for as (i)i");
        Expect<WasmException>(() => instance.GetFunc<int, long, int>("f"), "WN6003 argument 1 does not have",
            "'f' is (ii)i, and was asked for as (iI)i");
        Expect<WasmException>(() => instance.GetFunc<string, long>("f"), "WN6003 the result does not have",
            "'f' is (ii)i, and was asked for as (ii)I");
        Expect<WasmException>(() => instance.GetAction<int, int>("f"), "WN6003 the result does not have",
            "'f' is (ii)i, and was asked for as (ii)");
        Expect<NotSupportedException>(() => instance.GetFunc<short, int, int>("f"), "System.Int16 cannot be a parameter: use int,");
        Expect<NotSupportedException>(() => instance.GetFunc<NanoCaller, int, int, int>("f"), "Wamr.Nano.NanoCaller cannot be a parameter");
        Expect<NotSupportedException>(() => instance.GetFunc<int, int, bool>("f"), "System.Boolean cannot be a result");

        static void Expect<T>(Action action, params string[] texts)
            where T : Exception
        {
            string message = Assert.Throws<T>(action).Message;
            foreach (string text in texts) Assert.Contains(text, message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Misfitting_arguments_are_refused_before_anything_runs()
    {
        using NanoRuntime runtime = new();
        NanoFunction add = runtime.LoadModule(SmallModules.Add).Instantiate().GetFunction("f");
        Assert.Equal(WasmError.ArgumentCountMismatch, Assert.Throws<WasmException>(() => add.Call(1)).Error);
        WasmException e = Assert.Throws<WasmException>(() => add.Call(1, 2.0));
        Assert.Equal((WasmError.ArgumentTypeMismatch, 1u), (e.Error, e.Index));
    }

    [Fact]
    public void Unknown_export_is_named_in_the_message()
    {
        using NanoRuntime runtime = new();
        NanoInstance instance = runtime.LoadModule(SmallModules.Add).Instantiate();
        Assert.Contains("'g'", Assert.Throws<WasmException>(() => instance.GetFunction("g")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Trap_has_code_offset_and_call_stack_and_leaves_the_instance_usable()
    {
        ModuleBuilder m = new();
        uint inner = m.Function("i:i", new Code().I32(1).Get(0).Op(Opcode.I32DivU), export: "inner");
        m.Function("i:i", new Code().Get(0).Call(inner), export: "outer");
        byte[] bytes = m.Build();
        using NanoRuntime runtime = new();
        Func<int, int> outer = runtime.LoadModule(bytes).Instantiate().GetFunc<int, int>("outer");
        WasmException e = Assert.Throws<WasmException>(() => outer(0));
        Assert.Equal((WasmError.IntegerDivideByZero, "WN5003", true), (e.Error, e.Code, e.IsTrap));
        Assert.Equal(("inner", "outer"), (e.CallStack[0].FunctionName, e.CallStack[1].FunctionName));
        Assert.Equal((byte)Opcode.I32DivU, bytes[e.CallStack[0].Offset]);
        Assert.Equal((byte)Opcode.Call, bytes[e.CallStack[1].Offset]);
        Assert.Equal(1, outer(1));
    }

    [Fact]
    public void Call_stack_of_endless_recursion_in_a_long_function_is_short_and_quick()
    {
        Code body = new();
        for (int i = 0; i < 300_000; i++) body.I32(0).Op(Opcode.Drop);
        using NanoRuntime runtime = new(64 << 20);
        NanoInstance instance = runtime.LoadModule(SmallModules.Of(":", body.Call(0))).Instantiate(new() { StackBytes = 16 << 20 });
        Stopwatch watch = Stopwatch.StartNew();
        WasmException e = Assert.Throws<WasmException>(instance.GetAction("f"));
        Assert.Equal((WasmError.OperandStackOverflow, 64), (e.Error, e.CallStack.Count));
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 30); // a walk through the function for each frame would take an hour
    }

    [Fact]
    public void Call_in_steady_state_allocates_no_managed_memory()
    {
        using NanoRuntime runtime = new();
        NanoInstance instance = runtime.LoadModule(SmallModules.Add).Instantiate();
        Func<int, int, int> typed = instance.GetFunc<int, int, int>("f");
        NanoFunction untyped = instance.GetFunction("f");
        long Run()
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 1000; i++) typed(i, untyped.Call(i, 1).AsInt32());
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Run();
        Assert.Equal(0, Run());
    }

    [Fact]
    public void Profile_counts_calls_and_instructions()
    {
        using NanoRuntime runtime = new(new NanoRuntimeOptions { Profiled = true });
        NanoInstance instance = runtime.LoadModule(SmallModules.Add).Instantiate();
        for (int i = 0; i < 3; i++) instance.GetFunction("f").Call(1, 2);
        NanoProfile profile = instance.ExecEnv.Profile!;
        Assert.Equal([new NanoCount("f", 3)], profile.Calls);
        Assert.Contains(new NanoCount("I32Add", 3), profile.Instructions);
    }
}
