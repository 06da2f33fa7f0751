// SPDX-License-Identifier: MIT
// Calls and times of a profiled run, by a clock that goes on by one each time it is read: so times are numbers of entries and returns.
using System;
using System.Linq;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Xip;
using Wamr.Nano.Xip;
using Xunit;

namespace Wamr.Nano.Tests.Hosted;

public unsafe class ProfileTests
{
    /// <summary>How the functions of a module run.</summary>
    public static TheoryData<string> Engines => ["interpreter", "bytecode", "native", "small"];

    [ThreadStatic]
    private static ulong s_now;

    private static ulong Tick(void* context, uint clock) => ++s_now;

    private static NanoRuntime Runtime()
    {
        NanoRuntime runtime = new(new NanoRuntimeOptions { Profiled = true });
        runtime.Pointer->Platform.Clock = &Tick;
        return runtime;
    }

    private static NanoInstance? Load(NanoRuntime runtime, string engine, byte[] module)
    {
        if (engine == "interpreter") return runtime.LoadModule(module).Instantiate();
        CompileOptions options = new()
        {
            Target = "x86_64",
            Profile = true,
            KeepNames = true,
            Jobs = 1,
            Optimization = engine == "small" ? Optimization.Size : Optimization.Speed,
        };
        if (engine == "bytecode")
            return runtime.LoadImage(ImageCompiler.CompileBytecode(module, options, (byte)sizeof(nuint))).Instantiate();
        if (!XipEngine.IsPossible) return null;
        return runtime.LoadImage(ImageCompiler.Compile(module, options)).Instantiate();
    }

    private static string Rows(NanoInstance instance) =>
        string.Join("; ", instance.ExecEnv.Profile!.Functions.OrderBy(f => f.Index).Select(f => $"{f.Name} {f.Calls} {f.Total} {f.Self}"));

    /// <summary>Exports f, which calls g twice and h once; g calls h. Each also has a return of its own.</summary>
    private static byte[] Tree()
    {
        ModuleBuilder m = new();
        m.Function("i:i", new Code().Get(0).Call(1).Call(1).Call(2).Op(Opcode.Return), export: "f");
        m.Function("i:i", new Code().Get(0).Call(2), export: "g");
        m.Function("i:i", new Code().Get(0).I32(1).Op(Opcode.I32Add), export: "h");
        return m.Build();
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Time_of_a_function_is_its_own_and_that_of_what_it_calls(string engine)
    {
        using NanoRuntime runtime = Runtime();
        if (Load(runtime, engine, Tree()) is not NanoInstance instance) return;
        Assert.Equal(3, instance.GetFunction("f").Call(0).AsInt32());
        // f g h -h -g g h -h -g h -h -f: 12 readings, so f takes 11 from the first to the last
        Assert.Equal("f 1 11 4; g 2 6 4; h 3 3 3", Rows(instance));
        Assert.Equal(11ul, instance.ExecEnv.Profile!.Time);
        instance.GetFunction("h").Call(0);
        Assert.Equal("f 1 11 4; g 2 6 4; h 4 4 4", Rows(instance));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Recursion_counts_once_in_the_total(string engine)
    {
        ModuleBuilder m = new();
        m.Function("i:i", new Code().Get(0).Open(Opcode.If).Get(0).I32(1).Op(Opcode.I32Sub)
            .Call(0).Op(Opcode.Drop).End().Get(0), export: "f");
        using NanoRuntime runtime = Runtime();
        if (Load(runtime, engine, m.Build()) is not NanoInstance instance) return;
        instance.GetFunction("f").Call(4);
        Assert.Equal("f 5 9 9", Rows(instance));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Tail_calls_leave_before_they_enter(string engine)
    {
        ModuleBuilder m = new();
        m.Function("i:i", new Code().Get(0).Call(1), export: "f");
        m.Function("i:i", new Code().Get(0).Open(Opcode.If).Get(0).I32(1).Op(Opcode.I32Sub).Op(Opcode.ReturnCall, 1).End().Get(0));
        using NanoRuntime runtime = Runtime();
        if (Load(runtime, engine, m.Build()) is not NanoInstance instance) return;
        instance.GetFunction("f").Call(1000);
        NanoProfile profile = instance.ExecEnv.Profile!;
        Assert.Equal([1ul, 1001], profile.Functions.OrderBy(f => f.Index).Select(f => f.Calls));
        Assert.Equal(0ul, profile.Lost);
        Assert.Equal(0u, instance.ExecEnv.Pointer->Profile->Depth);
        Assert.Equal(profile.Functions.Single(f => f.Index == 0).Total, profile.Time);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_trap_ends_what_was_open(string engine)
    {
        ModuleBuilder m = new();
        m.Function("i:i", new Code().Get(0).Call(1), export: "f");
        m.Function("i:i", new Code().Get(0).Open(Opcode.If).Op(Opcode.Unreachable).End().Get(0));
        using NanoRuntime runtime = Runtime();
        if (Load(runtime, engine, m.Build()) is not NanoInstance instance) return;
        Assert.Throws<WasmException>(() => instance.GetFunction("f").Call(1));
        Assert.Equal("f 1 2 1; function 1 1 1 1", Rows(instance));
        instance.GetFunction("f").Call(0);
        Assert.Equal("f 2 5 3; function 1 2 2 2", Rows(instance));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void What_is_too_deep_counts_as_part_of_the_deepest(string engine)
    {
        const int depth = 400;
        ModuleBuilder m = new();
        // The sum is needed behind the call, so that no compiler makes a loop of it.
        m.Function("i:i", new Code().Get(0).Open(Opcode.If).Get(0).I32(1).Op(Opcode.I32Sub)
            .Call(0).Get(0).Op(Opcode.I32Add).Op(Opcode.Return).End().Get(0), export: "f");
        using NanoRuntime runtime = Runtime();
        if (Load(runtime, engine, m.Build()) is not NanoInstance loaded) return;
        NanoExecEnv env = loaded.CreateExecEnv(64 << 10);
        for (int run = 1; run <= 2; run++)
        {
            loaded.GetFunction("f", env).Call(depth);
            NanoProfile profile = env.Profile!;
            NanoFunctionProfile f = Assert.Single(profile.Functions);
            Assert.Equal((ulong)run * (depth + 1), f.Calls);
            Assert.Equal((ulong)run * (depth + 1 - NanoProfile.Frames), profile.Lost);
            Assert.Equal(f.Total, f.Self);
            Assert.Equal((0u, 0u, 0u), (env.Pointer->Profile->Depth, env.Pointer->Profile->Skipped, env.Pointer->Profile->Functions->Open));
        }
    }

    [Theory]
    [InlineData("interpreter")]
    [InlineData("bytecode")]
    public void Waiting_for_fuel_is_nobodys_time(string engine)
    {
        using NanoRuntime runtime = Runtime();
        NanoInstance instance = Load(runtime, engine, Tree())!;
        NanoExecEnv env = instance.ExecEnv;
        env.Fuel = 0;
        WasmValue[] result = new WasmValue[1];
        for (bool done = instance.GetFunction("f").Start([0], result); !done; done = env.Resume(result))
        {
            s_now += 1000;
            env.Fuel = 1;
        }
        Assert.Equal(3, result[0].AsInt32());
        NanoProfile profile = env.Profile!;
        Assert.Equal([1ul, 2, 3], profile.Functions.OrderBy(f => f.Index).Select(f => f.Calls));
        Assert.InRange(profile.Time, 11ul, 100ul);
        Assert.Equal(profile.Time, profile.Functions.Single(f => f.Name == "f").Total);
    }

    [Fact]
    public void A_run_that_is_given_up_ends_when_it_stopped()
    {
        using NanoRuntime runtime = Runtime();
        NanoInstance instance = Load(runtime, "interpreter", Tree())!;
        instance.ExecEnv.Fuel = 0;
        Assert.False(instance.GetFunction("f").Start([0], new WasmValue[1]));
        s_now += 1000;
        instance.ExecEnv.Fuel = null;
        instance.GetFunction("h").Call(0);
        Assert.InRange(instance.ExecEnv.Profile!.Time, 1ul, 10ul);
        Assert.Equal(0u, instance.ExecEnv.Pointer->Profile->Depth);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_callback_that_traps_leaves_the_rest_open(string engine)
    {
        ModuleBuilder m = new();
        uint host = m.ImportFunction("env", "host", "i:i");
        m.Function("i:i", new Code().Get(0).Call(host), export: "f");
        m.Function("i:i", new Code().Op(Opcode.Unreachable), export: "trap");
        using NanoRuntime runtime = Runtime();
        NanoInstance? instance = null;
        runtime.DefineFunc("env", "host", (int x) =>
        {
            Assert.Throws<WasmException>(() => instance!.GetFunction("trap").Call(x));
            return x;
        });
        instance = Load(runtime, engine, m.Build());
        if (instance == null) return;
        instance.GetFunction("f").Call(1);
        Assert.Equal("f 1 3 2; trap 1 1 1", Rows(instance));
    }

    [Fact]
    public void Without_a_profile_an_image_says_nothing_of_functions()
    {
        const Features bit = ImageHeader.Profiled;
        Assert.Equal(Features.None, ImageKit.Header(ImageKit.Bytecode(Tree())).Features & bit);
        Assert.Equal(bit,
            ImageKit.Header(ImageCompiler.CompileBytecode(Tree(), new() { Profile = true }, (byte)sizeof(nuint))).Features & bit);
        Assert.DoesNotContain("service(e, XIP_ENTER_FUNCTION", ImageCompiler.EmitC(Tree(), new() { Target = "x86_64" }),
            StringComparison.Ordinal);
        Assert.Contains("service(e, XIP_ENTER_FUNCTION", ImageCompiler.EmitC(Tree(), new() { Target = "x86_64", Profile = true }),
            StringComparison.Ordinal);
        using NanoRuntime runtime = Runtime();
        NanoInstance instance = runtime.LoadImage(ImageKit.Bytecode(Tree())).Instantiate();
        instance.GetFunction("f").Call(0);
        Assert.Empty(instance.ExecEnv.Profile!.Functions);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void An_image_with_a_profile_runs_without_one(string engine)
    {
        using NanoRuntime runtime = new();
        if (Load(runtime, engine, Tree()) is not NanoInstance instance) return;
        Assert.Equal(3, instance.GetFunction("f").Call(0).AsInt32());
        Assert.Null(instance.ExecEnv.Profile);
    }
}
