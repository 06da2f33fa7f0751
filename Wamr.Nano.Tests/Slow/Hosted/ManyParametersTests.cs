// SPDX-License-Identifier: MIT
// Functions of up to 1,000 parameters and results in every engine: each value arrives where it
// should, around the 256 slots a byte reaches too.
using System;
using System.Linq;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Xip;
using Wamr.Nano.Xip;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Hosted;

public class ManyParametersTests
{
    public static TheoryData<string> Engines => ["interpreter", "bytecode", .. XipEngine.IsPossible ? (string[])["native"] : []];

    private static NanoModule Load(NanoRuntime runtime, byte[] binary, string engine) => engine switch
    {
        "interpreter" => runtime.LoadModule(binary),
        "bytecode" => runtime.LoadImage(ImageCompiler.CompileBytecode(binary, new(), (byte)IntPtr.Size)),
        _ => runtime.LoadImage(ImageCompiler.Compile(binary, new() { Target = "x86_64", Jobs = 1, Optimization = Optimization.Fast })),
    };

    private static WasmValue Argument(char type, long value) => type switch
    {
        'i' => (WasmValue)(int)value,
        'I' => (WasmValue)value,
        'f' => (WasmValue)(float)value,
        _ => (WasmValue)(double)value,
    };

    [Theory]
    [MemberData(nameof(Engines))]
    public void Each_parameter_arrives_and_can_be_set(string engine)
    {
        int[] counts = engine == "native" ? [160, 171, 1000] : [.. Enumerable.Range(150, 24), 250, 251, 256, 257, 1000];
        foreach (int count in counts)
            foreach (int shift in (int[])[0, 1, 249, 250, 251, 255, 256])
            {
                if (shift > count || (engine == "native" && shift > 1 && count != 1000)) continue;
                string types = ManyParameters.Types(count, shift);
                using NanoRuntime runtime = new(16 << 20);
                NanoInstance app = Load(runtime, ManyParameters.Module(types), engine).Instantiate(new() { StackBytes = 64 << 10 });
                long expected = ManyParameters.Sum(count);
                WasmValue[] arguments = [.. types.Select((type, i) => Argument(type, ManyParameters.Value(i)))];
                Assert.True(expected == app.GetFunction("sum").Call(arguments)
                    .AsInt64(), $"{count} parameters, {shift} before them, from the host");
                foreach (string way in (string[])["call", "table", "tail"])
                    Assert.True(expected == app.GetFunction(way).Call().AsInt64(), $"{count} parameters, {shift} before them, {way}");
            }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Each_of_a_thousand_results_comes_back(string engine)
    {
        string types = ManyParameters.Types(1000, 1);
        ModuleBuilder m = new();
        Code give = new(), sum = new();
        for (int i = 0; i < types.Length; i++) ManyParameters.Constant(give, types[i], ManyParameters.Value(i));
        uint callee = m.Function(":" + types, give, export: "give");
        sum.Call(callee);
        for (int i = types.Length - 1; i >= 0; i--) sum.Set((uint)i);
        sum.I64(0);
        for (int i = 0; i < types.Length; i++)
            ManyParameters.Widened(sum.Get((uint)i), types[i]).I64(i + 1).Op(Opcode.I64Mul).Op(Opcode.I64Add);
        m.Function(":I", sum, types, "sum");
        using NanoRuntime runtime = new(16 << 20);
        NanoInstance app = Load(runtime, m.Build(), engine).Instantiate(new() { StackBytes = 64 << 10 });
        Assert.Equal(Enumerable.Range(0, 1000).Sum(i => ManyParameters.Value(i) * (i + 1)), app.GetFunction("sum").Call().AsInt64());
        WasmValue[] results = new WasmValue[1000];
        app.GetFunction("give").CallMulti([], results);
        for (int i = 0; i < results.Length; i++) Assert.Equal(Argument(types[i], ManyParameters.Value(i)), results[i]);
    }

    [Theory]
    [InlineData(1000, 0, true)]
    [InlineData(1001, 0, false)]
    [InlineData(0, 1000, true)]
    [InlineData(0, 1001, false)]
    public void A_thousand_of_each_are_the_most(int parameters, int results, bool accepted)
    {
        ModuleBuilder m = new();
        m.Type(new string('I', parameters) + ":" + new string('I', results));
        using NanoRuntime runtime = new(1 << 20);
        if (accepted) runtime.LoadModule(m.Build());
        else Assert.StartsWith("WN3901 a function type has too many parameters or results: 1,001 at offset ",
            Assert.Throws<WasmException>(() => runtime.LoadModule(m.Build())).Message, StringComparison.Ordinal);
    }

    /// <summary>The run stops where the function begins, before its parameters are where its code looks for them, and goes on.</summary>
    [Fact]
    public void Run_that_stops_at_the_first_instruction_goes_on_with_its_parameters()
    {
        string types = ManyParameters.Types(400, 0);
        using NanoRuntime runtime = new(16 << 20);
        NanoInstance app = runtime.LoadModule(ManyParameters.Module(types)).Instantiate(new() { StackBytes = 64 << 10 });
        WasmValue[] results = new WasmValue[1];
        app.ExecEnv.Fuel = 0;
        Assert.False(app.GetFunction("call").Start([], results));
        app.ExecEnv.Fuel = 1000;
        Assert.True(app.ExecEnv.Resume(results));
        Assert.Equal(ManyParameters.Sum(400), results[0].AsInt64());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Trap_behind_moved_parameters_is_found(bool profiled)
    {
        ModuleBuilder m = new();
        Code body = new Code().Get(0).Get(255).Op(Opcode.I32Add).I32(0).Op(Opcode.I32DivS);
        m.Function(new string('i', 300) + ":i", body, new string('i', 3), "f");
        byte[] binary = m.Build();
        using NanoRuntime runtime = new(new NanoRuntimeOptions { Profiled = profiled });
        NanoInstance app = runtime.LoadModule(binary).Instantiate(new() { StackBytes = 64 << 10 });
        WasmException e =
            Assert.Throws<WasmException>(() => app.GetFunction("f").Call([.. Enumerable.Range(0, 300).Select(i => (WasmValue)i)]));
        Assert.Equal(WasmError.IntegerDivideByZero, e.Error);
        Assert.Equal((byte)Opcode.I32DivS, binary[e.CallStack[0].Offset]);
    }
}
