// SPDX-License-Identifier: MIT
// C's stack: programs that stay in it run, those that leave it trap at the right end, interpreted and in images.
using System;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Xip;
using Wamr.Nano.Xip;
using Xunit;

namespace Wamr.Nano.Tests.Hosted;

public class CStackTests
{
    public static TheoryData<string> Engines => ["interpreter", "bytecode", "native"];

    /// <summary>Frames of 112 bytes: a stack of 1,024 holds nine calls, and the tenth leads below it, be that below 0.</summary>
    [SharedTheory("cases")]
    [MemberData(nameof(Engines))]
    public void Recursion_overflows_the_stack_wherever_it_lies(string engine)
    {
        if (!Cases.HasClang || !IsPossible(engine)) return;
        foreach (string[] layout in new[] { new[] { "-Wl,--stack-first" }, [], ["-Wl,--strip-all"],
            ["-Wl,--stack-first", "-Wl,--strip-all"] })
        {
            byte[] module = Cases.C("stackfirst.c",
                ["-O1", "-z", "stack-size=1024", "-Wl,--export=deep,--export=__heap_base,--export=__data_end", .. layout]);
            using NanoRuntime runtime = new(new NanoRuntimeOptions());
            Func<int, int> deep = Load(runtime, module, engine).Instantiate(new() { StackBytes = 1 << 16 }).GetFunc<int, int>("deep");
            WasmException e = Assert.Throws<WasmException>(() => deep(20));
            Assert.Equal(WasmError.AuxStackOverflow, e.Error);
            Assert.Contains("NanoRuntimeOptions.CStackChecks", e.Message, StringComparison.Ordinal);
        }
    }

    [SharedTheory("cases")]
    [MemberData(nameof(Engines))]
    public void Variable_that_is_no_stack_pointer_takes_any_value(string engine)
    {
        if (!Cases.HasWabt || !IsPossible(engine)) return;
        using NanoRuntime runtime = new(new NanoRuntimeOptions());
        NanoInstance instance = Load(runtime, Cases.Wat("aux_false.wat"), engine).Instantiate();
        Assert.Equal(1024, instance.GetFunc<int, int>("bump")(16));
        Assert.Equal(8, instance.GetFunc<int, int>("set")(8));
    }

    [SharedTheory("cases")]
    [MemberData(nameof(Engines))]
    public void Stack_may_be_used_to_its_last_byte(string engine)
    {
        if (!Cases.HasWabt || !IsPossible(engine)) return;
        using NanoRuntime runtime = new(new NanoRuntimeOptions());
        Assert.Equal(5, Load(runtime, Cases.Wat("aux_full_use.wat"), engine).Instantiate().GetFunc<int>("f")());
        ModuleBuilder m = new();
        m.Memory(1);
        m.Global('i', new Code().I32(1024), mutable: true);
        m.Global('i', new Code().I32(512), export: "__data_end");
        m.Global('i', new Code().I32(1024), export: "__heap_base");
        m.Function(":i", CFrame.Taken(0, 512).Op(Opcode.GlobalGet, 0).Raw(CFrame.GivenBack(0, 512).Bytes), "i", "exact");
        m.Function(":i", CFrame.Taken(0, 528).Op(Opcode.GlobalGet, 0).Raw(CFrame.GivenBack(0, 528).Bytes), "i", "beyond");
        NanoInstance instance = Load(runtime, m.Build(), engine).Instantiate();
        Assert.Equal(512, instance.GetFunc<int>("exact")());
        Assert.Equal(WasmError.AuxStackOverflow, Assert.Throws<WasmException>(() => instance.GetFunc<int>("beyond")()).Error);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Checks_can_be_turned_off(string engine)
    {
        if (!IsPossible(engine)) return;
        ModuleBuilder m = new();
        m.Memory(1);
        m.Global('i', new Code().I32(1024), mutable: true, export: "__stack_pointer");
        m.Global('i', new Code().I32(512), export: "__data_end");
        m.Global('i', new Code().I32(1024), export: "__heap_base");
        m.Function("i:i", new Code().Get(0).Op(Opcode.GlobalSet, 0).Op(Opcode.GlobalGet, 0), export: "switch");
        foreach (bool checks in new[] { true, false })
        {
            using NanoRuntime runtime = new(new NanoRuntimeOptions { CStackChecks = checks });
            Func<int, int> change = Load(runtime, m.Build(), engine, checks).Instantiate().GetFunc<int, int>("switch");
            if (checks) Assert.Equal(WasmError.AuxStackUnderflow, Assert.Throws<WasmException>(() => change(40_000)).Error);
            else Assert.Equal(40_000, change(40_000));
        }
    }

    /// <summary>Without optimisation frames are taken by way of locals; only names show what that is.</summary>
    [SharedFact("cases")]
    public void Name_of_the_stack_pointer_is_proof_enough()
    {
        if (!Cases.HasClang) return;
        string[] options = ["-O0", "-z", "stack-size=1024", "-Wl,--export=deep,--export=__heap_base,--export=__data_end"];
        using NanoRuntime runtime = new(new NanoRuntimeOptions());
        Func<int, int> named = runtime.LoadModule(Cases.C("stackfirst.c", options))
            .Instantiate(new() { StackBytes = 1 << 16 }).GetFunc<int, int>("deep");
        Assert.Equal(WasmError.AuxStackOverflow, Assert.Throws<WasmException>(() => named(20)).Error);
    }

    private static bool IsPossible(string engine) => engine != "native" || XipEngine.IsPossible;

    private static NanoModule Load(NanoRuntime runtime, byte[] binary, string engine, bool checks = true) => engine switch
    {
        "interpreter" => runtime.LoadModule(binary),
        "bytecode" => runtime.LoadImage(ImageCompiler.CompileBytecode(binary, new() { CStackChecks = checks }, (byte)IntPtr.Size)),
        _ => runtime.LoadImage(ImageCompiler.Compile(binary, new() { Target = "x86_64", Jobs = 1, CStackChecks = checks })),
    };
}
