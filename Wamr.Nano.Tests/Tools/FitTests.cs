// SPDX-License-Identifier: MIT
// The RAM of an app: what is computed from one run is what smaller and smaller runs find, here and on an emulated board.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Spec;
using Wamr.Nano.Tool.Fit;
using Xunit;

namespace Wamr.Nano.Tests.Tools;

public class FitTests
{
    private const uint Ample = 64 << 10;

    /// <summary>Modules that have each kind of block the runtime takes, and the call that is measured.</summary>
    public static TheoryData<string, string> Apps => new()
    {
        { "samples/sensor/sensor.wasm", "run 8" },
        { "samples/hello/hello.wasm", "" },
        { "bench/kernels/fib.wasm", "fib 12" },
        { "no memory", "f 3 4" },
        { "tables and indirect calls", "f 3" },
        { "memory that grows", "f" },
        { "start function", "f" },
        { "globals and dropped segments", "f" },
        { "deep nesting", "f" },
        { "many types and exports", "f7 1 2 3 4 5 6 7" },
        { "recursion", "f 40" },
        { "tail calls", "f 1000" },
        { "frame of more than 256 slots", "f 1" },
    };

    [Theory]
    [MemberData(nameof(Apps))]
    public void Pool_and_stack_computed_from_one_run_are_the_least_that_do(string app, string call)
    {
        RunRequest request = RequestOf(app, call);
        AppFit fit = AppFit.Of(request, Ample);
        Assert.True(fit.Confirmed, $"{fit.Host}: runs found another size than was computed");
        Assert.True(fit.Stack.Whole);
        Assert.Equal(fit.Outcome, HostRun.Try(request, fit.Host.PoolBytes, fit.Host.StackBytes));
        Assert.NotEqual(fit.Outcome, HostRun.Try(request, fit.Host.PoolBytes - Replay.Granule, fit.Host.StackBytes));
        if (fit.Host.StackBytes > Config.MinStackBytes)
            Assert.NotEqual(fit.Outcome, HostRun.Try(request, 0, fit.Host.StackBytes - 4));
    }

    [Theory]
    [MemberData(nameof(Apps))]
    public void Parts_add_up_to_the_pool_and_a_board_needs_no_more_than_this_machine(string app, string call)
    {
        AppFit fit = AppFit.Of(RequestOf(app, call), Ample);
        foreach (Need need in new[] { fit.Host, fit.Board }) Assert.Equal(need.PoolBytes, (uint)need.Parts.Values.Sum(bytes => bytes));
        Assert.True(fit.Board.PoolBytes < fit.Host.PoolBytes);
        Assert.True(fit.Board.StackBytes <= fit.Host.StackBytes);
        if (fit.Facts.MemoryBytes != 0) Assert.Equal(fit.Facts.MemoryBytes, (uint)fit.Facts.MemoryParts().Sum(part => part.Bytes));
    }

    [Theory]
    [MemberData(nameof(Apps))]
    public void Static_bound_of_the_operand_stack_is_never_below_what_a_run_uses(string app, string call)
    {
        RunRequest request = RequestOf(app, call);
        using HostRun run = new(request, 0, Ample);
        StackBound bound = StaticStack.Of(run);
        uint used = AppFit.Of(request, Ample).Board.StackBytes;
        if (bound.Circle.Count == 0) Assert.True(used <= bound.BoardBytes, $"{used} B used, {bound.BoardBytes} B computed");
        else Assert.Contains(app, new[] { "recursion", "bench/kernels/fib.wasm", "samples/hello/hello.wasm" });
    }

    /// <summary>Also the first call of a run, which costs no more fuel than any other.</summary>
    [Fact]
    public void Every_call_that_is_open_is_counted()
    {
        RunRequest request = RequestOf("samples/sensor/sensor.wasm", "");
        using HostRun run = new(request, 0, Ample);
        AppFit fit = AppFit.Of(request, Ample);
        Assert.Equal((3, StaticStack.Of(run).BoardBytes), (fit.Stack.Frames, fit.Board.StackBytes));
    }

    [Fact]
    public void App_that_never_ends_is_measured_until_its_fuel_is_spent()
    {
        byte[] endless = SmallModules.Of(":", new Code().Open(Opcode.Loop).Op(Opcode.Br, 0).End());
        AppFit fit = AppFit.Of(new() { Module = endless, Invoke = ["f"], Fuel = 1000 }, Ample);
        Assert.Equal((WasmError.FuelExhausted, true), (fit.Outcome.Error, fit.Confirmed));
    }

    [Fact]
    public void Clock_and_randomness_are_the_same_in_every_run()
    {
        RunRequest request = RequestOf("samples/sensor/sensor.wasm", "run 3");
        Assert.Equal(HostRun.Try(request, 0, Ample), HostRun.Try(request, 0, Ample));
        Assert.NotEqual(HostRun.Try(request, 0, Ample),
            HostRun.Try(request with { Sensors = () => Tool.Apps.Sensors.Waveform(2) }, 0, Ample));
    }

    [Fact]
    public void App_heap_that_nobody_uses_shrinks_to_nothing()
    {
        AppFit fit = AppFit.Of(RequestOf("samples/sensor/sensor.wasm", "run 1") with { HeapBytes = 4096 }, Ample);
        Assert.Equal((0u, true), (fit.Request.HeapBytes, fit.Confirmed));
    }

    [Fact]
    public void Use_of_the_C_stack_is_seen_by_its_paint()
    {
        // __stack_pointer, __data_end, __heap_base; f(n) moves the stack pointer down by 48 and writes the lowest of those bytes.
        ModuleBuilder m = new();
        m.Memory(1);
        m.Global('i', new Code().I32(1040), mutable: true);
        m.Global('i', new Code().I32(16), export: "__data_end");
        m.Global('i', new Code().I32(1040), export: "__heap_base");
        m.Function(":", CFrame.Taken(0, 48).Get(0).I32(7).Op(Opcode.I32Store8, 0, 0).Raw(CFrame.GivenBack(0, 48).Bytes), "i", "f");
        AppFit fit = AppFit.Of(new() { Module = m.Build(), Invoke = ["f"] }, Ample);
        Assert.Equal((48u, 1024u, true), (fit.AuxStackUsed, fit.Facts.AuxStackBytes, fit.Confirmed));
        Assert.Contains(Advice.For(fit.Board, fit.Facts, fit.AuxStackUsed, fit.DoesWith),
            advice => advice is { Option: "-Wl,-z,stack-size=64", Saves: 960 });
    }

    /// <summary>Each rule for a block's size is checked against the block; and the pool that comes of it is the least.</summary>
    [SharedFact("spec")]
    public void Modules_of_the_suite_can_be_instantiated_in_the_pool_that_was_computed_and_in_no_smaller_one()
    {
        int modules = 0;
        foreach ((string name, byte[] binary) in SuiteModules.All())
        {
            RunRequest request = new() { Module = binary, Fuel = 100_000 };
            if (PoolFor(request) is not uint pool) continue;
            modules++;
            Assert.True(Instantiates(request, pool), $"{name}: {pool} B are too few");
            Assert.False(Instantiates(request, pool - Replay.Granule), $"{name}: less than {pool} B do");
        }
        Assert.True(modules > 500, $"only {modules} modules were measured");
    }

    /// <summary>Null for a module that cannot be instantiated alone: what stands in for its imports would be in the pool.</summary>
    private static uint? PoolFor(RunRequest request)
    {
        using AllocationTrace trace = new();
        try
        {
            using HostRun run = new(request, 0, Config.DefaultStackBytes, trace, allowUnlinked: true);
            if (StandIns.AreNeeded(run.Module)) return null;
            return Replay.SmallestPool(new Translation(Layout.Host, Config.DefaultStackBytes, run, trace).Allocations, Layout.Host);
        }
        catch (WasmException)
        {
            return null;
        }
    }

    private static bool Instantiates(RunRequest request, uint pool)
    {
        try
        {
            using HostRun run = new(request, pool, Config.DefaultStackBytes, allowUnlinked: true);
            return true;
        }
        catch (WasmException e) when (e.Error is WasmError.OutOfMemory or WasmError.PoolTooSmall)
        {
            return false;
        }
    }

    internal static RunRequest RequestOf(string app, string call)
    {
        byte[] module = app.EndsWith(".wasm", StringComparison.Ordinal) ? File.ReadAllBytes(Repository.PathOf(app)) : Built[app]();
        string[] invoke = call.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new() { Module = module, Invoke = invoke, Arguments = ["app.wasm"] };
    }

    private static readonly Dictionary<string, Func<byte[]>> Built = new()
    {
        ["no memory"] = () => SmallModules.Add,
        ["tables and indirect calls"] = Tables,
        ["memory that grows"] = () =>
        {
            ModuleBuilder m = new();
            m.Memory(1, 4);
            m.Function(":i", new Code().I32(2).Op(Opcode.MemoryGrow, 0), export: "f");
            return m.Build();
        },
        ["start function"] = () =>
        {
            ModuleBuilder m = new();
            m.Global('i', new Code().I32(0), mutable: true);
            uint start = m.Function(":", new Code().I32(9).Op(Opcode.GlobalSet, 0));
            m.Function(":i", new Code().Op(Opcode.GlobalGet, 0), export: "f");
            return m.Start(start).Build();
        },
        ["globals and dropped segments"] = () =>
        {
            ModuleBuilder m = new();
            m.Memory(1, pageOfOneByte: true);
            for (int i = 0; i < 5; i++) m.Global("iIfF"[i % 4], Zero("iIfF"[i % 4]), mutable: true);
            for (int i = 0; i < 40; i++) m.PassiveData(1, 2, 3);
            m.Function(":i", new Code().Op(Opcode.DataDrop, 3).Op(Opcode.MemorySize, 0), export: "f");
            return m.Build();
        },
        ["deep nesting"] = () =>
        {
            Code body = new();
            for (int i = 0; i < 100; i++) body.Open(i % 3 == 0 ? Opcode.Loop : Opcode.Block);
            for (int i = 0; i < 100; i++) body.End();
            return SmallModules.Of(":", body);
        },
        ["many types and exports"] = () =>
        {
            ModuleBuilder m = new();
            for (int i = 0; i < 70; i++) m.Function(new string('i', i % 9) + ":", new Code(), new string('I', i), $"f{i}0"[..^1]);
            return m.Build();
        },
        ["recursion"] = () => SmallModules.Of("i:i", new Code()
            .Get(0).Open(Opcode.If, 'i').Get(0).I32(1).Op(Opcode.I32Sub).Call(0).I32(1).Op(Opcode.I32Add).Op(Opcode.Else).I32(0).End()),
        ["tail calls"] = () => SmallModules.Of("i:i", new Code()
            .Get(0).Open(Opcode.If, 'i').Get(0).I32(1).Op(Opcode.I32Sub).Op(Opcode.ReturnCall, 0).Op(Opcode.Else).I32(7).End()),
        ["frame of more than 256 slots"] = () =>
            SmallModules.Of("i:I", new Code().Get(250).Get(260).Op(Opcode.I64Add), new string('I', 300)),
    };

    private static Code Zero(char type) =>
        type switch { 'i' => new Code().I32(0), 'I' => new Code().I64(0), 'f' => new Code().F32(0), _ => new Code().F64(0) };

    private static byte[] Tables()
    {
        ModuleBuilder m = new();
        uint type = m.Type("i:i");
        m.Table(7, 20);
        m.Table(3, type: 'r');
        uint one = m.Function("i:i", new Code().Get(0).I32(1).Op(Opcode.I32Add));
        uint two = m.Function("i:i", new Code().Get(0).Call(one).Call(one), "II");
        m.Function("i:i", new Code().Get(0).I32(2).Op(Opcode.CallIndirect, type, 0)
            .Op(Opcode.RefNull, 0x70).I32(5).Op(Opcode.TableGrow, 0).Op(Opcode.I32Add), export: "f");
        m.Elements(1, one, two);
        return m.Build();
    }
}
