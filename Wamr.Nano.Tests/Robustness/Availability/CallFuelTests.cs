// SPDX-License-Identifier: MIT
// Every call, and all work of the runtime for an app, costs fuel and sees the terminate flag:
// in the interpreter, from bytecode, in native code.
using System;
using System.IO;
using System.Runtime.InteropServices;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Xip;
using Wamr.Nano.Xip;
using Xunit;

namespace Wamr.Nano.Tests.Robustness.Availability;

public unsafe class CallFuelTests
{
    public static TheoryData<string> Engines => [.. new[] { "binary", "bytecode", "native" }];

    private static byte[] Case(string name) => File.ReadAllBytes(Shared.PathOf($"cases/{name}.wasm"));

    /// <summary>Calls of the test's host: nop and back, and how many of them before it asks for the end of the run; 0: never.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Counts
    {
        internal uint Calls;
        internal uint EndAt;
    }

    private static void Count(ExecEnv* env)
    {
        Counts* counts = (Counts*)env->UserData;
        if (++counts->Calls == counts->EndAt) env->Terminate = ExecEnv.End;
    }

    private static WasmError Nop(ExecEnv* env, void* slots, void* data)
    {
        Count(env);
        return WasmError.None;
    }

    private static WasmError Back(ExecEnv* env, void* slots, void* data)
    {
        Count(env);
        return Guest.Try(env, "run", out _);
    }

    private static WasmError AllocateInApp(ExecEnv* env, void* slots, void* data)
    {
        Count(env);
        uint address;
        return AppMemory.Alloc(env, 16, &address);
    }

    /// <summary>What an app left in a frame that a trap ended.</summary>
    private const int Secret = 0x5EC2E7;

    /// <summary>Calls the app's inner, which traps, and counts the secrets that the stack holds then.</summary>
    private static WasmError LookBehindTrap(ExecEnv* env, void* slots, void* data)
    {
        Assert.Equal(WasmError.Unreachable, Guest.Try(env, "inner", out _));
        for (uint* slot = env->StackBase; slot < env->StackEnd; slot++)
            if (*slot == Secret) ((Counts*)env->UserData)->Calls++;
        ExecEnvs.ClearException(env);
        return WasmError.None;
    }

    [UnmanagedCallersOnly]
    private static ulong NopDirect(ExecEnv* env)
    {
        Count(env);
        return 0;
    }

    /// <summary>Loads a case in an engine, with the test's host, and gives an environment for it.</summary>
    private static void With(string engine, string name, Action<nint, nint> use, bool direct = false) =>
        With(engine, Case(name), use, direct);

    /// <param name="engine">One of <see cref="Engines"/>.</param>
    /// <param name="wasm">The app.</param>
    /// <param name="use">Gets the exec env and the counts of the host.</param>
    /// <param name="direct">Whether nop is called directly.</param>
    /// <param name="optimization">Of native code; a compiler takes minutes for the best code of a very long function.</param>
    private static void With(
        string engine, byte[] wasm, Action<nint, nint> use, bool direct = false, Optimization optimization = Optimization.Speed)
    {
        if (engine == "native" && !XipEngine.IsPossible) return;
        ulong* host = stackalloc ulong[2];
        host[0] = host[1] = 0;
        PlatformHooks platform = new() { Context = host, StackBoundary = &HostPlatform.StackBoundary, Write = &Drop, Read = &Fill,
            Random = &Random, Sleep = &Sleep, Clock = &Clock };
        using World world = new(4 << 20, platform);
        HostFunc* rows = stackalloc HostFunc[4];
        rows[0] = new() { Name = world.Text("nop"), Function = &Nop };
        rows[1] = new() { Name = world.Text("back"), Function = &Back };
        rows[2] = new() { Name = world.Text("alloc"), Function = &AllocateInApp };
        rows[3] = new() { Name = world.Text("trapped"), Function = &LookBehindTrap };
        Assert.Equal(WasmError.None, HostFuncs.Register(world.Rt, world.Text("h"), rows, 4));
        delegate* unmanaged<ExecEnv*, ulong> nop = &NopDirect;
        if (direct)
            Assert.Equal(WasmError.None, HostFuncs.RegisterDirect(world.Rt, world.Text("h"), world.Text("nop"), world.Text("()"), nop));
        Assert.Equal(WasmError.None, HostModules.RegisterWithWasi(world.Rt));
        Module* module;
        MappedImage? image = null;
        if (engine == "binary") Assert.Equal(WasmError.None, world.TryLoad(wasm, &module));
        else
        {
            CompileOptions options = new() { Target = "x86_64", Jobs = 1, Optimization = optimization };
            image = MappedImage.Of(engine == "native" ? ImageCompiler.Compile(wasm, options) : ImageKit.Bytecode(wasm));
            ImageArgs args = new() { Target = MappedImage.Here };
            WasmError loaded = engine == "native" ? NativeImages.Load(world.Rt, image.Bytes, image.Size, &args, &module)
                : BytecodeImages.Load(world.Rt, image.Bytes, image.Size, &args, &module);
            Assert.Equal(WasmError.None, loaded);
        }
        Instance* instance;
        Assert.Equal(WasmError.None, world.TryInstantiate(module, &instance, new() { StackBytes = 1 << 20 }));
        ExecEnv* env = World.Env(instance);
        Counts counts = default;
        env->UserData = &counts;
        use((nint)env, (nint)(&counts));
        ExecEnvs.Remove(instance, env);
        Assert.Equal(WasmError.None, Instances.Free(instance));
        if (image == null) return;
        Assert.Equal(WasmError.None, Modules.Unload(module));
        image.Dispose();
    }

    /// <summary>The context is a count of bytes that went through, and the time.</summary>
    private static uint Drop(void* context, uint stream, byte* bytes, uint size)
    {
        ((ulong*)context)[0] += size;
        return size;
    }

    private static uint Fill(void* context, byte* bytes, uint size) => size;

    private static byte Random(void* context, byte* bytes, uint size)
    {
        ((ulong*)context)[0] += size;
        return 1;
    }

    private static void Sleep(void* context, ulong nanoseconds) => ((ulong*)context)[1] += nanoseconds;

    private static ulong Clock(void* context, uint clock) => ((ulong*)context)[1];

    private static ulong* Host(ExecEnv* env) => (ulong*)env->Instance->Runtime->Platform.Context;

    [SharedTheory("cases")]
    [MemberData(nameof(Engines))]
    public void Host_calls_one_after_another_cost_a_unit_each(string engine)
    {
        foreach (bool direct in new[] { false, true })
        {
            With(engine, "hostcalls_small", (e, c) =>
            {
                ExecEnv* env = (ExecEnv*)e;
                ExecEnvs.SetFuel(env, 10_000);
                Assert.Equal(WasmError.None, Guest.Try(env, "run", out _));
                Assert.InRange(env->Fuel, 9_000u, 9_500u);
            }, direct);
        }
    }

    [SharedTheory("cases")]
    [MemberData(nameof(Engines))]
    public void Host_calls_end_where_the_fuel_does_and_where_the_run_is_to_end(string engine)
    {
        With(engine, "hostcalls_small", (e, c) =>
        {
            ExecEnv* env = (ExecEnv*)e;
            Counts* counts = (Counts*)c;
            ExecEnvs.SetFuel(env, 100);
            Assert.Equal(WasmError.FuelExhausted, Guest.Try(env, "run", out _));
            // The code between the calls costs a little, too.
            Assert.InRange(counts->Calls, 80u, 102u);
            *counts = new() { EndAt = 10 };
            env->FuelLimited = 0;
            Assert.Equal(WasmError.Terminated, Guest.Try(env, "run", out _));
            Assert.Equal(10u, counts->Calls);
        });
    }

    [SharedTheory("cases")]
    [InlineData("binary", "back2")]
    [InlineData("bytecode", "back2")]
    [InlineData("native", "back2")]
    [InlineData("binary", "appmalloc2")]
    [InlineData("bytecode", "appmalloc2")]
    [InlineData("native", "appmalloc2")]
    public void Calls_back_into_the_app_cost_fuel_and_see_that_the_run_is_to_end(string engine, string name)
    {
        With(engine, name, (e, c) =>
        {
            ExecEnv* env = (ExecEnv*)e;
            Counts* counts = (Counts*)c;
            ExecEnvs.SetFuel(env, 200_000);
            Assert.Equal(WasmError.FuelExhausted, Guest.Try(env, "run", out _));
            Assert.Equal(0u, env->Fuel);
        });
        With(engine, name, (e, c) =>
        {
            Counts* counts = (Counts*)c;
            counts->EndAt = 50;
            Assert.Equal(WasmError.Terminated, Guest.Try((ExecEnv*)e, "run", out _));
            Assert.InRange(counts->Calls, 50u, 51u);
        });
    }

    [SharedTheory("cases")]
    [MemberData(nameof(Engines))]
    public void Overlapping_buffers_are_written_as_far_as_the_fuel_goes(string engine)
    {
        With(engine, "iov", (e, c) =>
        {
            ExecEnv* env = (ExecEnv*)e;
            ExecEnvs.SetFuel(env, 20_000);
            Assert.Equal(WasmError.FuelExhausted, Guest.Try(env, "run", out _));
            Assert.InRange(Host(env)[0], 10_000u, 20_000u * 64);
        });
    }

    /// <summary>Ends the run at its tenth look.</summary>
    private static void EndSoon(ExecEnv* env)
    {
        ulong* looks = (ulong*)env->Instance->Runtime->WatchContext;
        if (++*looks == 10) env->Terminate = ExecEnv.End;
    }

    /// <summary>Lets EndSoon look at a run without fuel; its looks.</summary>
    private static ulong Watched(ExecEnv* env, WasmError expected, params ReadOnlySpan<ulong> arguments)
    {
        ulong looks = 0;
        env->FuelLimited = 0;
        env->Terminate = ExecEnv.GoOn;
        env->Instance->Runtime->WatchContext = &looks;
        env->Instance->Runtime->Watch = &EndSoon;
        Assert.Equal(expected, Guest.Try(env, "run", out _, arguments));
        env->Instance->Runtime->Watch = null;
        return looks;
    }

    [SharedTheory("cases")]
    [MemberData(nameof(Engines))]
    public void Writing_ends_soon_after_the_run_is_to_end(string engine)
    {
        With(engine, "iov", (e, c) =>
        {
            Assert.InRange(Watched((ExecEnv*)e, WasmError.Terminated), 10u, 12u);
            Assert.InRange(Host((ExecEnv*)e)[0], 1u, 10u * 64);
        });
    }

    [SharedTheory("cases")]
    [MemberData(nameof(Engines))]
    public void Sleep_is_a_row_of_naps_and_ends_when_the_run_is_to_end(string engine)
    {
        With(engine, "sleep60", (e, c) =>
        {
            Assert.InRange(Watched((ExecEnv*)e, WasmError.Terminated), 10u, 12u);
            Assert.InRange(Host((ExecEnv*)e)[1], 1u, 60_000_000u);
        });
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Random_bytes_cost_fuel_and_end_when_the_run_is_to_end(string engine)
    {
        ModuleBuilder m = new();
        uint random = m.ImportFunction("wasi_snapshot_preview1", "random_get", "ii:i");
        m.Memory(1);
        m.Function(":", new Code().Open(Opcode.Loop).I32(0).I32(0x10000).Call(random).Op(Opcode.Drop)
            .Op(Opcode.Br, 0).End(), export: "run");
        With(engine, m.Build(), (e, c) =>
        {
            ExecEnv* env = (ExecEnv*)e;
            Watched(env, WasmError.Terminated);
            Assert.InRange(Host(env)[0], 1u, 10u * 256);
            env->Terminate = ExecEnv.GoOn;
            Host(env)[0] = 0;
            ExecEnvs.SetFuel(env, 5_000);
            Assert.Equal(WasmError.FuelExhausted, Guest.Try(env, "run", out _));
            Assert.InRange(Host(env)[0], 0x10000u, 5u * 0x10000);
        });
    }

    /// <summary>Many locals, all of them read, so that no compiler leaves them out.</summary>
    private static byte[] Clearing()
    {
        const int locals = 5000;
        ModuleBuilder m = new();
        uint sum = m.Global('i', new Code().I32(0), mutable: true);
        Code body = new Code().Op(Opcode.GlobalGet, sum);
        for (uint n = 0; n < locals; n++) body.Get(n).Op(Opcode.I32Add);
        uint clears = m.Function(":", body.Op(Opcode.GlobalSet, sum), new string('i', locals));
        m.Function("i:", new Code().Open(Opcode.Loop).Call(clears).Get(0).I32(1).Op(Opcode.I32Sub)
            .Tee(0).Op(Opcode.BrIf, 0).End(), export: "run");
        return m.Build();
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Clearing_locals_costs_fuel(string engine)
    {
        With(engine, Clearing(), (e, c) =>
        {
            const uint calls = 10, units = 5000 * 4 / 64;
            ExecEnvs.SetFuel((ExecEnv*)e, 100_000);
            Assert.Equal(WasmError.None, Guest.Try((ExecEnv*)e, "run", out _, calls));
            // Native code subtracts no more than 255 at once.
            Assert.InRange(((ExecEnv*)e)->Fuel, 90_000u, 100_000u - calls * Math.Min(units, 250));
        });
    }

    /// <summary>Roots in a row, without a branch or a call, or in arms of which one jumps over the end of another.</summary>
    /// <param name="branches">Whether there are arms.</param>
    /// <param name="arms">How many, of 100 roots each.</param>
    private static byte[] Straight(bool branches, int arms)
    {
        ModuleBuilder m = new();
        Code body = new Code().Get(0);
        for (int n = 0; n < arms; n++)
        {
            if (branches) body.Set(0).Open(Opcode.Block).Get(0);
            for (int k = 0; k < 100; k++) body.Op(Opcode.F64Sqrt);
            if (branches)
                body.Set(0).I32(1).Op(Opcode.BrIf, 0).Get(0).Op(Opcode.F64Sqrt).Op(Opcode.F64Sqrt).Op(Opcode.F64Sqrt).Set(0).End().Get(0);
        }
        m.Function("F:F", body, export: "run");
        return m.Build();
    }

    [Theory]
    [InlineData("binary", false)]
    [InlineData("binary", true)]
    [InlineData("bytecode", true)]
    [InlineData("native", true)]
    public void Straight_code_costs_fuel_and_ends_when_the_run_is_to_end(string engine, bool branches)
    {
        // A C compiler takes minutes for a function of 60,000 roots, and a few seconds for a third of it.
        uint arms = engine == "native" ? 200u : 600, roots = arms * 100;
        With(engine, Straight(branches, (int)arms), (e, c) =>
        {
            ExecEnvs.SetFuel((ExecEnv*)e, 100_000);
            Assert.Equal(WasmError.None, Guest.Try((ExecEnv*)e, "run", out _, 0x4000000000000000));
            Assert.InRange(((ExecEnv*)e)->Fuel, 100_000u - roots * 5 / 6, 100_000u - roots / 2);
            Assert.Equal(10u, Watched((ExecEnv*)e, WasmError.Terminated, 0x4000000000000000));
        }, optimization: Optimization.Fast);
    }

    /// <summary>Native code keeps a slice of fuel to itself, and got a cut text for a success.</summary>
    [Theory]
    [MemberData(nameof(Engines))]
    public void Text_is_printed_whole_or_the_run_ends(string engine)
    {
        const uint length = 200;
        ModuleBuilder m = new();
        m.ImportFunction("console", "print", "ii:");
        m.Memory(1);
        m.Function(":", new Code().I32(0).I32((int)length).Call(0), export: "run");
        foreach (ulong fuel in new ulong[] { 2, 100, 1000 })
        {
            With(engine, m.Build(), (e, c) =>
            {
                ExecEnv* env = (ExecEnv*)e;
                ExecEnvs.SetFuel(env, fuel);
                WasmError error = Guest.Try(env, "run", out _);
                Assert.Equal(error == WasmError.None, Host(env)[0] == length);
            });
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Time_that_was_up_does_not_end_the_next_run(string engine)
    {
        ModuleBuilder m = new();
        m.ImportFunction("h", "nop", ":");
        m.Function(":", new Code().Open(Opcode.Loop).Op(Opcode.Br, 0).End(), export: "forever");
        m.Function(":", new Code().Call(0), export: "run");
        With(engine, m.Build(), (e, c) =>
        {
            ExecEnv* env = (ExecEnv*)e;
            ExecEnvs.SetTimeLimit(env, 5);
            Host(env)[1] += 10;
            Assert.Equal(WasmError.TimeExceeded, Guest.Try(env, "forever", out _));
            ExecEnvs.SetTimeLimit(env, 5);
            Assert.Equal(WasmError.None, Guest.Try(env, "run", out _));
        });
    }

    /// <summary>C libraries begin their lists with an empty buffer, and took nothing written for a reason to try again for ever.</summary>
    [Theory]
    [InlineData("fd_write")]
    [InlineData("fd_read")]
    public void List_that_begins_with_an_empty_buffer_is_gone_through_without_fuel(string function)
    {
        const uint length = 5;
        ModuleBuilder m = new();
        m.ImportFunction("wasi_snapshot_preview1", function, "iiii:i");
        m.Memory(1, export: "memory");
        m.Data(12, (byte)length);
        m.Function(":i", new Code().I32(function == "fd_read" ? 0 : 1).I32(0).I32(2).I32(32)
            .Call(0).Op(Opcode.Drop).I32(32).Op(Opcode.I32Load, 2, 0), export: "run");
        for (ulong fuel = 0; fuel < 5; fuel++)
        {
            With("binary", m.Build(), (e, c) =>
            {
                ExecEnv* env = (ExecEnv*)e;
                ExecEnvs.SetFuel(env, fuel);
                WasmError error = Guest.Try(env, "run", out ulong[] results);
                uint moved = error == WasmError.None ? (uint)results[0] : 0;
                if (error == WasmError.FuelExhausted)
                {
                    ExecEnvs.SetFuel(env, 100);
                    Assert.Equal(WasmError.None, Calls.Resume(env, &moved));
                }
                Assert.Equal(length, moved);
            });
        }
    }

    [Fact]
    public void Each_event_is_looked_at_when_it_is_read_and_when_it_is_reported()
    {
        const int events = 100, written = 8192;
        ModuleBuilder m = new();
        m.ImportFunction("wasi_snapshot_preview1", "poll_oneoff", "iiii:i");
        m.Memory(1, export: "memory");
        m.Function(":i", new Code().I32(0).I32(written).I32(events).I32(written * 2).Call(0), export: "run");
        With("binary", m.Build(), (e, c) =>
        {
            ExecEnv* env = (ExecEnv*)e;
            env->Instance->Runtime->Watch = &Count;
            Assert.Equal(WasmError.None, Guest.Try(env, "run", out _));
            Assert.InRange(((Counts*)c)->Calls, 2u * events, 3u * events);
        });
    }

    /// <summary>Bytecode reads what its frame's slots hold: a trap behind a host function left another function's values there.</summary>
    [Fact]
    public void Trap_of_an_inner_run_leaves_nothing_on_the_stack_of_bytecode()
    {
        ModuleBuilder m = new();
        uint trapped = m.ImportFunction("h", "trapped", ":"), nop = m.ImportFunction("h", "nop", ":");
        m.Function(":", new Code().Call(trapped), export: "run");
        m.Function(":", new Code().I32(Secret).Set(0).Call(nop).Get(0).Op(Opcode.Drop).Op(Opcode.Unreachable), "i", "inner");
        With("bytecode", m.Build(), (e, c) =>
        {
            Assert.Equal(WasmError.None, Guest.Try((ExecEnv*)e, "run", out _));
            // One call of nop is counted, too.
            Assert.Equal(1u, ((Counts*)c)->Calls);
        });
    }
}
