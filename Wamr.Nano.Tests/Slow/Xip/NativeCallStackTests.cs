// SPDX-License-Identifier: MIT
// Call stacks of traps in native code: those of the interpreter, through instances, host functions and start functions, and from forged
// tables none that does harm.
using System;
using System.Collections.Generic;
using System.Linq;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Xip;
using Wamr.Nano.Xip;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Xip;

public class NativeCallStackTests
{
    public static TheoryData<Optimization> Levels => [.. XipEngine.IsPossible ? Enum.GetValues<Optimization>() : []];

    private static byte[] Native(byte[] module, Optimization level = Optimization.Speed) =>
        ImageCompiler.Compile(module, new() { Target = "x86_64", Optimization = level, KeepNames = true, Jobs = 1 });

    private static NanoModule Load(NanoRuntime runtime, byte[] module, Optimization? level) =>
        level is Optimization l ? runtime.LoadImage(Native(module, l), allowNative: true) : runtime.LoadModule(module);

    private static string[] Names(WasmException e) => [.. e.CallStack.Select(frame => frame.FunctionName ?? $"{frame.FunctionIndex}")];

    /// <summary>Function "inner" divides by its argument, "middle" calls it twice, "run" calls that with what it is given.</summary>
    private static byte[] Dividing()
    {
        ModuleBuilder m = new();
        uint inner = m.Function("i:i", new Code().I32(100).Get(0).Op(Opcode.I32DivU), export: "inner");
        uint middle = m.Function("i:i", new Code().Get(0).I32(1).Op(Opcode.I32Add).Call(inner)
            .Get(0).Call(inner).Op(Opcode.I32Add), export: "middle");
        m.Function("i:i", new Code().Get(0).Call(middle).I32(1).Op(Opcode.I32Add), export: "run");
        return m.Build();
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Trap_shows_the_functions_the_interpreter_shows_and_no_offset_that_is_another_one(Optimization level)
    {
        byte[] module = Dividing();
        WasmException Trap(Optimization? engine)
        {
            using NanoRuntime runtime = new();
            NanoInstance instance = Load(runtime, module, engine).Instantiate();
            WasmException e = Assert.Throws<WasmException>(() => instance.GetFunc<int, int>("run")(0));
            Assert.Equal(100 / 2 + 100 + 1, 1 + instance.GetFunc<int, int>("middle")(1));
            return e;
        }
        WasmException expected = Trap(null), actual = Trap(level);
        Assert.Equal(["inner", "middle", "run"], Names(actual));
        Assert.EndsWith("the call stack shows where", actual.Message, StringComparison.Ordinal);
        foreach ((WasmFrame frame, WasmFrame other) in actual.CallStack.Zip(expected.CallStack))
            Assert.True(frame.Offset == ErrorInfo.Unknown || frame == other);
        // What divides is one instruction.
        Assert.Equal(expected.Offset, actual.Offset);
    }

    [SharedTheory("cases")]
    [MemberData(nameof(Levels))]
    public void Function_that_was_put_into_its_callers_is_shown(Optimization level)
    {
        ModuleBuilder m = new();
        uint here =
            m.Function("i:", new Code().Get(0).I32(2).Op(Opcode.I32GtS).Open(Opcode.If).Op(Opcode.Unreachable).End(), export: "trap_here");
        uint middle = m.Function("i:i", new Code().Get(0).Call(here).Get(0).I32(1).Op(Opcode.I32Add), export: "middle");
        m.Function("i:i", new Code().Get(0).Call(middle).Get(0).I32(1).Op(Opcode.I32Add).Call(middle).Op(Opcode.I32Add), export: "go");
        using NanoRuntime runtime = new();
        WasmException e = Assert.Throws<WasmException>(() => Load(runtime, m.Build(), level).Instantiate().GetFunc<int, int>("go")(2));
        Assert.Equal(["trap_here", "middle", "go"], Names(e));
    }

    /// <summary>Two functions that are alike to the bit stay two.</summary>
    [Theory]
    [MemberData(nameof(Levels))]
    public void Equal_functions_are_not_taken_for_one_another(Optimization level)
    {
        ModuleBuilder m = new();
        uint a = m.Function("i:", new Code().Get(0).Open(Opcode.If).Op(Opcode.Unreachable).End(), export: "a");
        uint b = m.Function("i:", new Code().Get(0).Open(Opcode.If).Op(Opcode.Unreachable).End(), export: "b");
        m.Function("ii:", new Code().Get(0).Open(Opcode.If).Get(1).Call(a).Else().Get(1).Call(b).End(), export: "run");
        using NanoRuntime runtime = new();
        Action<int, int> run = Load(runtime, m.Build(), level).Instantiate().GetAction<int, int>("run");
        Assert.Equal(["a", "run"], Names(Assert.Throws<WasmException>(() => run(1, 1))));
        Assert.Equal(["b", "run"], Names(Assert.Throws<WasmException>(() => run(0, 1))));
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Endless_recursion_is_called_so_and_shows_both_ends(Optimization level)
    {
        ModuleBuilder m = new();
        m.Memory(1);
        m.Function("i:i", new Code().Get(0).I32(1).Op(Opcode.I32Add).Call(0).Get(0).Op(Opcode.I32Mul)
            .I32(0).Op(Opcode.I32Load, 2, 0).Op(Opcode.I32Add), export: "down");
        m.Function("i:i", new Code().Get(0).Call(0), export: "run");
        using NanoRuntime runtime = new();
        NanoInstance instance = Load(runtime, m.Build(), level).Instantiate();
        WasmException e = Assert.Throws<WasmException>(() => instance.GetFunc<int, int>("run")(0));
        Assert.StartsWith("WN5011 call stack exhausted", e.Message, StringComparison.Ordinal);
        Assert.Equal((64, 48, "down", "run"),
            (e.CallStack.Count, e.CallStackGap, e.CallStack[0].FunctionName, e.CallStack[^1].FunctionName));
        Assert.All(e.CallStack.SkipLast(1), frame => Assert.Equal("down", frame.FunctionName));
        Assert.InRange(e.CallStackLeftOut, 100u, uint.MaxValue);
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Loop_that_spends_its_fuel_or_is_ended_shows_where_it_is(Optimization level)
    {
        ModuleBuilder m = new();
        uint loop = m.Function(":", new Code().Open(Opcode.Loop).Op(Opcode.Br, 0).End(), export: "spin");
        m.Function(":", new Code().Call(loop), export: "run");
        using NanoRuntime runtime = new();
        NanoInstance instance = Load(runtime, m.Build(), level).Instantiate();
        instance.ExecEnv.Fuel = 1000;
        WasmException e = Assert.Throws<WasmException>(instance.GetAction("run"));
        Assert.Equal((WasmError.FuelExhausted, "spin run"), (e.Error, string.Join(' ', Names(e))));
        instance.ExecEnv.Fuel = null;
        instance.ExecEnv.Terminate();
        e = Assert.Throws<WasmException>(instance.GetAction("run"));
        Assert.Equal((WasmError.Terminated, "spin run"), (e.Error, string.Join(' ', Names(e))));
    }

    /// <summary>Every mix of two engines: the app calls the library by an import, and by a host function.</summary>
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Frames_of_all_instances_are_in_it(bool nativeApp, bool nativeLibrary)
    {
        if (!XipEngine.IsPossible) return;
        Optimization? Level(bool native) => native ? Optimization.Speed : null;
        using NanoRuntime runtime = new();
        NanoInstance library = Load(runtime, Dividing(), Level(nativeLibrary)).Instantiate();
        runtime.DefineFunc<int, int>("host", "back", x => library.GetFunc<int, int>("run")(x));
        ModuleBuilder m = new();
        uint run = m.ImportFunction("lib", "run", "i:i"), back = m.ImportFunction("host", "back", "i:i");
        m.Function("i:i", new Code().Get(0).Call(run).I32(1).Op(Opcode.I32Add), export: "over");
        m.Function("i:i", new Code().Get(0).Call(back).I32(1).Op(Opcode.I32Add), export: "around");
        NanoInstance app = Load(runtime, m.Build(), Level(nativeApp))
            .Instantiate(new() { Imports = new Dictionary<string, NanoInstance> { ["lib"] = library } });
        WasmException over = Assert.Throws<WasmException>(() => app.GetFunc<int, int>("over")(0));
        Assert.Equal((WasmError.IntegerDivideByZero, "inner middle run over"), (over.Error, string.Join(' ', Names(over))));
        // The library ran in an environment of its own: its frames are those of the exception that the host function let pass.
        WasmException around = Assert.Throws<WasmException>(() => app.GetFunc<int, int>("around")(0));
        Assert.Equal((WasmError.IntegerDivideByZero, "around"), (around.Error, string.Join(' ', Names(around))));
        Assert.Equal("inner middle run", string.Join(' ', Names(Assert.IsType<WasmException>(around.InnerException))));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Frames_on_both_sides_of_a_host_function_that_calls_back_are_in_it(bool native)
    {
        if (native && !XipEngine.IsPossible) return;
        using NanoRuntime runtime = new();
        NanoInstance? app = null;
        runtime.DefineAction("host", "back", () => app!.GetAction("inner")());
        ModuleBuilder m = new();
        uint back = m.ImportFunction("host", "back", ":");
        m.Function(":", new Code().Op(Opcode.Unreachable), export: "inner");
        uint outer = m.Function(":", new Code().Call(back), export: "outer");
        m.Function(":", new Code().Call(outer), export: "run");
        app = Load(runtime, m.Build(), native ? Optimization.Speed : null).Instantiate();
        WasmException e = Assert.Throws<WasmException>(app.GetAction("run"));
        Assert.Equal((WasmError.Unreachable, "inner outer run"), (e.Error, string.Join(' ', Names(e))));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Trap_that_a_host_function_caught_does_not_show_in_a_later_one(bool native)
    {
        if (native && !XipEngine.IsPossible) return;
        using NanoRuntime runtime = new();
        NanoInstance? app = null;
        runtime.DefineAction("host", "try", () =>
        {
            WasmException caught = Assert.Throws<WasmException>(app!.GetAction("inner"));
            Assert.Equal("inner", caught.CallStack[0].FunctionName);
        });
        ModuleBuilder m = new();
        uint attempt = m.ImportFunction("host", "try", ":");
        m.Function(":", new Code().Op(Opcode.Unreachable), export: "inner");
        m.Function("i:i", new Code().Call(attempt).I32(1).Get(0).Op(Opcode.I32DivU), export: "outer");
        app = Load(runtime, m.Build(), native ? Optimization.Speed : null).Instantiate();
        Assert.Equal(1, app.GetFunc<int, int>("outer")(1));
        WasmException e = Assert.Throws<WasmException>(() => app.GetFunc<int, int>("outer")(0));
        Assert.Equal((WasmError.IntegerDivideByZero, "outer"), (e.Error, string.Join(' ', Names(e))));
    }

    [Fact]
    public void Error_of_a_host_function_and_a_trap_at_the_start_have_theirs()
    {
        if (!XipEngine.IsPossible) return;
        using NanoRuntime runtime = new();
        runtime.DefineAction("host", "fail", () => throw new InvalidOperationException());
        ModuleBuilder m = new();
        uint fail = m.ImportFunction("host", "fail", ":");
        m.Function(":", new Code().Call(fail), export: "caller");
        NanoInstance app = Load(runtime, m.Build(), Optimization.Speed).Instantiate();
        WasmException e = Assert.Throws<WasmException>(app.GetAction("caller"));
        Assert.Equal((WasmError.HostException, "caller"), (e.Error, Assert.Single(Names(e))));

        ModuleBuilder starts = new();
        starts.Start(starts.Function(":", new Code().Op(Opcode.Unreachable), export: "begin"));
        e = Assert.Throws<WasmException>(() => Load(runtime, starts.Build(), Optimization.Speed).Instantiate());
        Assert.Equal((WasmError.Unreachable, "begin"), (e.Error, Assert.Single(Names(e))));
    }

    [Fact]
    public void Trap_gives_the_memory_of_its_call_stack_back_and_does_without_where_there_is_none()
    {
        if (!XipEngine.IsPossible) return;
        byte[] image = Native(Dividing());
        using NanoRuntime runtime = new(new NanoRuntimeOptions { PoolBytes = 16 << 10 });
        NanoInstance instance = runtime.LoadImage(image, allowNative: true).Instantiate();
        Func<int, int> run = instance.GetFunc<int, int>("run");
        ulong before = runtime.Statistics.All.Used;
        Assert.Equal(3, Assert.Throws<WasmException>(() => run(0)).CallStack.Count);
        Assert.Equal(before, runtime.Statistics.All.Used);
        Fill(runtime);
        WasmException e = Assert.Throws<WasmException>(() => run(0));
        Assert.Equal((WasmError.IntegerDivideByZero, 0), (e.Error, e.CallStack.Count));
        Assert.DoesNotContain("call stack", e.Message, StringComparison.Ordinal);
    }

    /// <summary>Pages in place of checks: the fault is at no call, and inside of functions as at their first instruction.</summary>
    [Theory]
    [MemberData(nameof(Levels))]
    public void Fault_behind_a_guard_page_has_its_call_stack(Optimization level)
    {
        ModuleBuilder m = new();
        m.Memory(1, export: "memory");
        uint load = m.Function("i:i", new Code().Get(0).Op(Opcode.I32Load, 2, 0), export: "load");
        // Two on a cycle, that none is put into the other.
        uint sum = m.NextFunction;
        m.Function("ii:i", new Code().Get(0).Op(Opcode.I32Eqz).Open(Opcode.If, 'i').Get(1).Call(load).Else()
            .Get(0).I32(1).Op(Opcode.I32Sub).Get(1).Call(sum).Get(1).Op(Opcode.I32Mul).End(), export: "sum");
        m.Function("ii:i", new Code().Get(0).Get(1).Call(sum).I32(1).Op(Opcode.I32Add), export: "run");
        byte[] image = ImageCompiler.Compile(m.Build(),
            new() { Target = "x86_64", GuardPages = true, KeepNames = true, Optimization = level, Jobs = 1 });
        using NanoRuntime runtime = new();
        NanoInstance instance = runtime.LoadImage(image).Instantiate();
        Assert.Equal(0, instance.GetFunc<int, int>("load")(0));
        WasmException e = Assert.Throws<WasmException>(() => instance.GetFunc<int, int>("load")(-4));
        Assert.Equal((WasmError.MemoryOutOfBounds, "load"), (e.Error, string.Join(' ', Names(e))));
        e = Assert.Throws<WasmException>(() => instance.GetFunc<int, int, int>("run")(200, -4));
        Assert.Equal((WasmError.MemoryOutOfBounds, "run"), (e.Error, Names(e)[^1]));
        string[] inner = [.. Names(e).SkipLast(1)];
        Assert.Contains("sum", inner);
        Assert.All(inner, name => Assert.True(name is "load" or "sum", name));
    }

    /// <summary>Takes all memory there is.</summary>
    private static unsafe void Fill(NanoRuntime runtime)
    {
        for (uint bytes = 1 << 14; bytes >= 8; bytes /= 2)
            while (Allocator.Alloc(&runtime.Pointer->Allocator, bytes, MemoryCategory.Runtime) != null) { }
    }

    /// <summary>
    /// A damaged table never makes the walk read outside the stack of the call, or name functions that the module does not have.
    /// </summary>
    [Fact]
    public void Forged_tables_of_calls_do_no_harm()
    {
        if (!XipEngine.IsPossible) return;
        const int forgeries = 3000;
        byte[] image = Native(Dividing());
        ImageHeader header = ImageKit.Header(image);
        int table = (int)header.CallsAt(BitConverter.ToUInt16(image, (int)header.InfoAt));
        Random random = new(20261130);
        int whole = 0, other = 0;
        for (int n = 0; n < forgeries; n++)
        {
            byte[] forged = [.. image];
            for (int changes = random.Next(1, 5); changes > 0; changes--)
                forged[random.Next(table, (int)header.BytesAt)] = (byte)random.Next(256);
            using NanoRuntime runtime = new();
            NanoInstance instance = runtime.LoadImage(ImageKit.Seal(forged), allowNative: true).Instantiate();
            WasmException e = Assert.Throws<WasmException>(() => instance.GetFunc<int, int>("run")(0));
            Assert.Equal(WasmError.IntegerDivideByZero, e.Error);
            Assert.All(e.CallStack, frame => Assert.InRange(frame.FunctionIndex, 0u, 2u));
            if (string.Join(' ', Names(e)) == "inner middle run") whole++;
            else other++;
        }
        // Some changes do not matter here, and some do.
        Assert.True(whole > forgeries / 20 && other > forgeries / 20, $"{whole} whole, {other} others");
    }

    [Fact]
    public void Table_of_calls_that_leaves_the_image_is_refused()
    {
        if (!XipEngine.IsPossible) return;
        byte[] image = Native(Dividing());
        ImageKit.Header(image).ReferenceCount = 0x10000000;
        Assert.Equal(WasmError.BadImageTable, ImageKit.Load(ImageKit.Seal(image)));
    }
}
