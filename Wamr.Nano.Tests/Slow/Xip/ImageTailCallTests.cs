// SPDX-License-Identifier: MIT
// Tail calls of native images (spec chapter 4.4.8): the stack does not grow, whether the C compiler makes jumps of them or they bounce.
using System.Linq;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Xip;
using Wamr.Nano.Xip;
using Wamr.Nano.Xip.Emit;
using Wamr.Nano.Xip.Analysis;
using Wamr.Nano.Xip.Targets;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Xip;

public unsafe class ImageTailCallTests
{
    private const int Deep = 1_000_000;

    public static TheoryData<string> Cases => [.. TailModule.Names];

    private static NanoInstance Image(NanoRuntime runtime, byte[] module, Optimization optimization = Optimization.Speed) =>
        runtime.LoadImage(ImageCompiler.Compile(module, new() { Target = "x86_64", Optimization = optimization, Jobs = 1 })).Instantiate();

    private static int Interpreted(byte[] module, string export, int turns)
    {
        using NanoRuntime runtime = new(1 << 20);
        return runtime.LoadModule(module).Instantiate().GetFunction(export).Call(turns).AsInt32();
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Recursion_of_tail_calls_has_no_depth(string name)
    {
        if (!XipEngine.IsPossible) return;
        byte[] module = TailModule.Of(name);
        int[] turns = [0, 1, 2, 7, Deep], expected = [.. turns.Select(n => Interpreted(module, name, n))];
        using NanoRuntime runtime = new(1 << 20);
        foreach (Optimization optimization in System.Enum.GetValues<Optimization>())
        {
            NanoFunction run = Image(runtime, module, optimization).GetFunction(name);
            Assert.Equal(expected, turns.Select(n => run.Call(n).AsInt32()));
        }
    }

    [Fact]
    public void All_of_them_go_together_in_one_module()
    {
        if (!XipEngine.IsPossible) return;
        foreach (byte[] module in new[] { TailModule.Of(TailModule.Names), TailModule.Of(TailModule.Narrow) })
        {
            using NanoRuntime runtime = new(1 << 20);
            Assert.Equal(Interpreted(module, "run", Deep), Image(runtime, module).GetFunction("run").Call(Deep).AsInt32());
        }
    }

    [Theory]
    [InlineData("x86_64", true)]
    [InlineData("thumbv7m", true)]
    [InlineData("thumbv7em-fp", true)]
    [InlineData("thumbv8m", true)]
    [InlineData("rv32imc", true)]
    [InlineData("thumbv6m", false)]
    [InlineData("xtensa-lx106", false)]
    public void Only_what_no_jump_can_do_bounces(string target, bool jumps)
    {
        Assert.Equal((jumps, !jumps), Kind(target, TailModule.Of(TailModule.Narrow)));
        Assert.Equal((false, true), Kind(target, TailModule.Of("itself", "more than registers hold")));
        ModuleBuilder m = new();
        // Not endless: the call of itself is no tail call.
        m.Function("i:i", new Code().Get(0).Op(Opcode.ReturnCall, 1));
        m.Function("i:i", new Code().Get(0).Call(1).I32(1).Op(Opcode.I32Add));
        Assert.Equal((false, false), Kind(target, m.Build()));
    }

    private static (bool Jumps, bool Bounces) Kind(string target, byte[] binary)
    {
        using NanoRuntime runtime = new(1 << 20);
        using NanoModule module = runtime.LoadModule(binary);
        TailCalls tails = new(new ModuleFacts(module.Pointer, new CompileOptions()), Target.Named(target));
        return (tails.AreJumps, tails.Bounce);
    }

    private const string Wide = "iIIIIIII:I";

    /// <summary>Its parameters, as arguments of the next one.</summary>
    private static Code Again(Code first)
    {
        for (uint n = 1; n <= 7; n++) first.Get(n);
        return first;
    }

    /// <summary>run(n) calls function 0 with n and numbers.</summary>
    private static void AddRun(ModuleBuilder m, uint function)
    {
        Code run = new Code().Get(0);
        for (int n = 1; n <= 7; n++) run.I64(10 * n);
        m.Function("i:I", run.Call(function), export: "run");
    }

    /// <summary>Makes table 0 one that may change.</summary>
    private static void AddPoke(ModuleBuilder m) => m.Function("in:", new Code().Get(0).Get(1).Op(Opcode.TableSet, 0));

    [Theory]
    [InlineData(5, WasmError.UninitializedElement)]
    [InlineData(1, WasmError.IndirectCallTypeMismatch)]
    [InlineData(8, WasmError.UndefinedElement)]
    public void Call_that_bounces_off_a_table_traps_where_the_element_is_none(int element, WasmError expected)
    {
        if (!XipEngine.IsPossible) return;
        foreach (bool changes in new[] { false, true })
        {
            ModuleBuilder m = new();
            m.Table(8);
            m.Function(Wide, Again(new Code().Get(0)).Get(0).Op(Opcode.ReturnCallIndirect, m.Type(Wide), 0));
            AddRun(m, 0);
            m.Elements(0, 0, 1);
            if (changes) AddPoke(m);
            using NanoRuntime runtime = new(1 << 20);
            NanoInstance instance = Image(runtime, m.Build());
            Assert.Equal(expected, Assert.Throws<WasmException>(() => instance.GetFunction("run").Call(element)).Error);
        }
    }

    [Fact]
    public void Host_function_is_called_through_a_table_by_one_that_bounces()
    {
        if (!XipEngine.IsPossible) return;
        foreach (bool changes in new[] { false, true })
        {
            ModuleBuilder m = new();
            m.ImportFunction("lib", "last", Wide);
            m.Table(2);
            // Itself until n is 0, then the host's.
            uint f = m.Function(Wide, Again(new Code().Get(0).I32(1).Op(Opcode.I32Sub)).Get(0)
                .I32(0).Op(Opcode.I32Ne).Op(Opcode.ReturnCallIndirect, m.Type(Wide), 0));
            AddRun(m, f);
            m.Elements(0, 0, f);
            if (changes) AddPoke(m);
            using NanoRuntime runtime = new(1 << 20);
            runtime.DefineFunction("lib", "last", "(iIIIIIII)I", (_, arguments, results) => results[0] = arguments[0].AsInt32()
                + arguments[7].AsInt64());
            Assert.Equal(69L, Image(runtime, m.Build()).GetFunction("run").Call(Deep).AsInt64());
        }
    }

    [Fact]
    public void Functions_that_bounce_go_over_to_others_with_longer_lists_of_arguments()
    {
        if (!XipEngine.IsPossible) return;
        const string longer = "iIIIIIIIIIIIIIIIIIIIIIIII:I";
        foreach (bool changes in new[] { false, true })
        {
            ModuleBuilder m = new();
            m.Table(2);
            // f calls itself until n is 0, then g; g and h call each other until n is 1,000, and f never.
            uint f = m.Function("i:I", new Code().Get(0).I32(1).Op(Opcode.I32Sub).Get(0)
                .Op(Opcode.I32Eqz).Op(Opcode.ReturnCallIndirect, m.Type("i:I"), 0));
            Code g = new Code().Get(0);
            for (int n = 1; n <= 24; n++) g.I64(n);
            m.Function("i:I", g.Op(Opcode.ReturnCall, f + 2));
            m.Function(longer, new Code().Get(0).I32(1000).Op(Opcode.I32Ne).Open(Opcode.If).Get(0)
                .I32(1).Op(Opcode.I32Add).Op(Opcode.ReturnCall, f + 1).End().Get(24));
            m.Function("i:I", new Code().Get(0).Call(f), export: "run");
            m.Elements(0, f, f + 1);
            if (changes) AddPoke(m);
            using NanoRuntime runtime = new(1 << 20);
            Assert.Equal(24L, Image(runtime, m.Build()).GetFunction("run").Call(7).AsInt64());
        }
    }

    [Fact]
    public void Recursion_of_calls_still_runs_out_of_stack_beside_tail_calls_that_bounce()
    {
        if (!XipEngine.IsPossible) return;
        ModuleBuilder m = new();
        // f calls g last; g calls f last or, of 0, not last.
        m.Function(Wide, Again(new Code().Get(0)).Op(Opcode.ReturnCall, 1));
        m.Function(Wide, Again(new Code().Get(0).Open(Opcode.If).Get(0)).Op(Opcode.ReturnCall, 0)
            .End().Raw(Again(new Code().Get(0)).Bytes).Call(0).I64(1).Op(Opcode.I64Add));
        AddRun(m, 0);
        using NanoRuntime runtime = new(1 << 20);
        NanoInstance instance = Image(runtime, m.Build());
        Assert.Equal(WasmError.NativeStackOverflow, Assert.Throws<WasmException>(() => instance.GetFunction("run").Call(0)).Error);
        instance.ExecEnv.Fuel = 100_000;
        Assert.Equal(WasmError.FuelExhausted, Assert.Throws<WasmException>(() => instance.GetFunction("run").Call(1)).Error);
    }
}
