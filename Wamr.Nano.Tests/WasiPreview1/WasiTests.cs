// SPDX-License-Identifier: MIT
// What the WASI functions do.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.WasiPreview1;

public unsafe class WasiTests
{
    private const int Success = 0, BadFileDescriptor = 8, Invalid = 28, InputOutput = 29, NoSystem = 52;

    /// <summary>Types as wasi-libc 16 declares them.</summary>
    private const string Types =
        "args_get ii:i, args_sizes_get ii:i, clock_res_get ii:i, clock_time_get iIi:i, environ_get ii:i, environ_sizes_get ii:i, " +
        "fd_advise iIIi:i, fd_allocate iII:i, fd_close i:i, fd_datasync i:i, fd_fdstat_get ii:i, fd_fdstat_set_flags ii:i, " +
        "fd_fdstat_set_rights iII:i, fd_filestat_get ii:i, fd_filestat_set_size iI:i, fd_filestat_set_times iIIi:i, fd_pread iiiIi:i, " +
        "fd_prestat_dir_name iii:i, fd_prestat_get ii:i, fd_pwrite iiiIi:i, fd_read iiii:i, fd_readdir iiiIi:i, fd_renumber ii:i, " +
        "fd_seek iIii:i, fd_sync i:i, fd_tell ii:i, fd_write iiii:i, path_create_directory iii:i, path_filestat_get iiiii:i, " +
        "path_filestat_set_times iiiiIIi:i, path_link iiiiiii:i, path_open iiiiiIIii:i, path_readlink iiiiii:i, " +
        "path_remove_directory iii:i, path_rename iiiiii:i, path_symlink iiiii:i, path_unlink_file iii:i, poll_oneoff iiii:i, " +
        "proc_exit i:, proc_raise i:i, random_get ii:i, sched_yield :i, sock_accept iii:i, sock_recv iiiiii:i, sock_send iiiii:i, " +
        "sock_shutdown ii:i";

    private static Dictionary<string, string> TypeOf =>
        Types.Split(", ").Select(entry => entry.Split(' ')).ToDictionary(e => e[0], e => e[1]);

    /// <summary>FdWrite -> fd_write.</summary>
    private static string NameOf(WasiFunction function) => Regex.Replace(function.ToString(), "(?<!^)[A-Z]", "_$0").ToLowerInvariant();

    [Fact]
    public void Every_function_is_found_under_its_name_with_its_type_and_number()
    {
        using World world = new();
        Assert.Equal(WasmError.None, WasiModule.Register(world.Rt));
        Dictionary<string, string> types = TypeOf;
        Assert.Equal((int)WasiFunction.Count, types.Count);
        ModuleBuilder m = new();
        for (WasiFunction f = 0; f < WasiFunction.Count; f++) m.ImportFunction("wasi_snapshot_preview1", NameOf(f), types[NameOf(f)]);
        Instance* instance = world.Instantiate(m);
        for (uint n = 0; n < (uint)WasiFunction.Count; n++) Assert.Equal(n, instance->Imports[n].FunctionIndex);
    }

    [Theory]
    [InlineData("wasi_snapshot_preview1", "fd_writ", "iiii:i", WasmError.UnknownImport)]
    [InlineData("wasi_snapshot_preview1", "fd_write2", "iiii:i", WasmError.UnknownImport)]
    [InlineData("wasi_snapshot_preview1", "", ":", WasmError.UnknownImport)]
    [InlineData("wasi_snapshot_preview", "fd_write", "iiii:i", WasmError.UnknownImport)]
    [InlineData("wasi_snapshot_preview1", "fd_write", "iiii:", WasmError.IncompatibleImportType)]
    [InlineData("wasi_snapshot_preview1", "fd_seek", "iiii:i", WasmError.IncompatibleImportType)]
    public void Other_names_and_types_are_refused(string module, string name, string type, WasmError expected)
    {
        using World world = new();
        Assert.Equal(WasmError.None, WasiModule.Register(world.Rt));
        ModuleBuilder m = new();
        m.ImportFunction(module, name, type);
        Assert.Equal(expected, world.Refusal(m));
    }

    [Fact]
    public void Arguments_and_environment_arrive()
    {
        using WasiWorld w = new(["prog", "", "größe"], ["A=1", "HOME=/"]);
        Assert.Equal(Success, w.Call(WasiFunction.ArgsSizesGet, 0, 4));
        Assert.Equal((3u, 14u), (w.Load(0), w.Load(4)));
        Assert.Equal(Success, w.Call(WasiFunction.ArgsGet, 16, 100));
        Assert.Equal((100u, 105u, 106u), (w.Load(16), w.Load(20), w.Load(24)));
        Assert.Equal("prog\0\0größe\0", w.Text(100, 14));
        Assert.Equal(Success, w.Call(WasiFunction.EnvironSizesGet, 0, 4));
        Assert.Equal((2u, 11u), (w.Load(0), w.Load(4)));
        Assert.Equal(Success, w.Call(WasiFunction.EnvironGet, 16, 101));
        Assert.Equal((101u, 105u), (w.Load(16), w.Load(20)));
        Assert.Equal("A=1\0HOME=/\0", w.Text(101, 11));
    }

    [Fact]
    public void Program_without_arguments_sees_none()
    {
        using WasiWorld w = new();
        w.Store(0, 9, 9);
        Assert.Equal(Success, w.Call(WasiFunction.ArgsSizesGet, 0, 4));
        Assert.Equal((0u, 0u), (w.Load(0), w.Load(4)));
        Assert.Equal(Success, w.Call(WasiFunction.ArgsGet, 256, 256));
        Assert.Equal(Success, w.Call(WasiFunction.EnvironGet, 256, 256));
    }

    [Fact]
    public void Clocks_give_their_time_and_resolution()
    {
        using WasiWorld w = new();
        w.Seen->Now0 = 1_700_000_000_000_000_000;
        w.Seen->Now1 = 12345;
        Assert.Equal(Success, w.Call(WasiFunction.ClockTimeGet, 0, 0, 0, 8));
        Assert.Equal(1_700_000_000_000_000_000ul, w.Load64(8));
        Assert.Equal(Success, w.Call(WasiFunction.ClockTimeGet, 1, 1, 1, 8));
        Assert.Equal(12345ul, w.Load64(8));
        Assert.Equal(Success, w.Call(WasiFunction.ClockResGet, 1, 8));
        Assert.Equal(50ul, w.Load64(8));
        Assert.Equal(Invalid, w.Call(WasiFunction.ClockTimeGet, 2, 0, 0, 8));
        Assert.Equal(Invalid, w.Call(WasiFunction.ClockResGet, 3, 8));
        Assert.Equal(Invalid, w.Call(WasiFunction.ClockTimeGet, 4, 0, 0, 8));
        Assert.Equal(Invalid, w.Call(WasiFunction.ClockResGet, 0xFFFFFFFF, 8));
    }

    [Fact]
    public void Random_bytes_come_from_the_platform()
    {
        using WasiWorld w = new();
        Assert.Equal(Success, w.Call(WasiFunction.RandomGet, 10, 3));
        Assert.Equal(new byte[] { 0, 0xA0, 0xA1, 0xA2, 0 }, w.Memory.Slice(9, 5).ToArray());
        Assert.Equal(Success, w.Call(WasiFunction.RandomGet, 256, 0));
        w.Seen->RandomFails = 1;
        Assert.Equal(InputOutput, w.Call(WasiFunction.RandomGet, 10, 3));
    }

    [Fact]
    public void Platform_without_hooks_drops_output_has_no_input_no_time_and_admits_it_has_no_randomness()
    {
        using WasiWorld w = new(bare: true);
        w.Store(16, 64, 8);
        Assert.Equal(Success, w.Call(WasiFunction.FdWrite, 1, 16, 1, 0));
        Assert.Equal(8u, w.Load(0));
        Assert.Equal(Success, w.Call(WasiFunction.FdRead, 0, 16, 1, 0));
        Assert.Equal(0u, w.Load(0));
        Assert.Equal(Success, w.Call(WasiFunction.ClockTimeGet, 0, 0, 0, 0));
        Assert.Equal(0ul, w.Load64(0));
        Assert.Equal(Success, w.Call(WasiFunction.ClockResGet, 0, 0));
        Assert.Equal(1ul, w.Load64(0));
        Assert.Equal(NoSystem, w.Call(WasiFunction.RandomGet, 0, 4));
        Assert.Equal(Success, w.Call(WasiFunction.PollOneoff, 96, 192, 1, 0));
    }

    [Theory]
    [InlineData(1u)]
    [InlineData(2u)]
    public void Output_is_gathered_from_all_buffers(uint fd)
    {
        using WasiWorld w = new();
        w.Store(100, "Hello, world");
        w.Store(16, 100, 7, 0, 0, 107, 5);
        Assert.Equal(Success, w.Call(WasiFunction.FdWrite, fd, 16, 3, 0));
        Assert.Equal(12u, w.Load(0));
        Assert.Equal("Hello, world", w.Output);
        Assert.Equal(fd, w.Seen->LastStream);
    }

    [Fact]
    public void Short_write_ends_there_and_returns_how_much()
    {
        using WasiWorld w = new();
        w.Store(100, "Hello, world");
        w.Store(16, 100, 4, 104, 8);
        w.Seen->WriteLimit = 5;
        Assert.Equal(Success, w.Call(WasiFunction.FdWrite, 1, 16, 2, 0));
        Assert.Equal(9u, w.Load(0));
        Assert.Equal("Hello, wo", w.Output);
    }

    [Fact]
    public void Stream_that_takes_nothing_is_an_error_lest_the_program_tries_for_ever()
    {
        using WasiWorld w = new();
        w.Store(16, 100, 4, 104, 0);
        w.Seen->WriteLimit = 0;
        Assert.Equal(InputOutput, w.Call(WasiFunction.FdWrite, 1, 16, 2, 0));
        w.Store(16, 100, 0);
        Assert.Equal(Success, w.Call(WasiFunction.FdWrite, 1, 16, 2, 0));
    }

    [Fact]
    public void Lengths_that_do_not_add_up_to_32_bits_are_invalid()
    {
        using World world = new(5 << 20);
        ModuleBuilder m = new();
        m.Memory(66);
        ExecEnv* env = World.Env(world.Instantiate(m));
        uint* vectors = (uint*)env->Instance->Memory->Data;
        for (uint n = 0; n < 1024; n++) vectors[n * 2 + 1] = 0x400000;
        uint* slots = stackalloc uint[] { 1, 0, 1024, 0x70000 };
        Assert.Equal(WasmError.None, WasiModule.Serve(env, slots, WasiFunction.FdWrite, 0));
        Assert.Equal((uint)Invalid, slots[0]);
    }

    [Fact]
    public void Of_a_long_list_of_buffers_one_call_takes_1024()
    {
        using World world = new();
        ModuleBuilder m = new();
        m.Memory(1);
        ExecEnv* env = World.Env(world.Instantiate(m));
        uint* memory = (uint*)env->Instance->Memory->Data;
        for (uint n = 0; n < 1030; n++) memory[256 + n * 2 + 1] = 1;
        uint* slots = stackalloc uint[] { 1, 1024, 1030, 16 };
        Assert.Equal(WasmError.None, WasiModule.Serve(env, slots, WasiFunction.FdWrite, 0));
        Assert.Equal(((uint)Success, 1024u), (slots[0], memory[4]));
    }

    [Fact]
    public void Input_is_scattered_into_all_buffers_until_it_ends()
    {
        using WasiWorld w = new();
        w.SetInput("abcde");
        w.Store(16, 100, 2, 110, 8, 120, 4);
        Assert.Equal(Success, w.Call(WasiFunction.FdRead, 0, 16, 3, 0));
        Assert.Equal(5u, w.Load(0));
        Assert.Equal(("ab\0", "cde\0"), (w.Text(100, 3), w.Text(110, 4)));
        Assert.Equal(Success, w.Call(WasiFunction.FdRead, 0, 16, 3, 0));
        Assert.Equal(0u, w.Load(0));
    }

    /// <summary>Subscription at 0 + 48 n.</summary>
    private static void Subscribe(WasiWorld w, uint n, byte tag, uint target, ulong timeout = 0, uint flags = 0)
    {
        uint at = n * 48;
        w.Store(at, 0xAA00 + n, 0xBB);
        w.Memory[(int)at + 8] = tag;
        w.Store(at + 16, target);
        w.Store(at + 24, (uint)timeout, (uint)(timeout >> 32));
        w.Store(at + 40, flags);
    }

    private static (ulong UserData, int Error, int Type) Event(WasiWorld w, uint n)
    {
        int at = 160 + (int)n * 32;
        return (w.Load64((uint)at), BitConverter.ToUInt16(w.Memory[(at + 8)..]), w.Memory[at + 10]);
    }

    private static ulong UserData(uint n) => 0xBB_0000_AA00ul + n;

    [Fact]
    public void Poll_waits_for_the_earliest_clock_and_reports_it()
    {
        using WasiWorld w = new();
        w.Seen->Now1 = 1000;
        Subscribe(w, 0, 0, 1, 5_000_000_000);
        Subscribe(w, 1, 0, 1, 4_000_000_000);
        Subscribe(w, 2, 0, 1, 4_000_001_000, flags: 1);
        Assert.Equal(Success, w.Call(WasiFunction.PollOneoff, 0, 160, 3, 156));
        Assert.Equal(4_000_000_000ul, w.Seen->Slept);
        Assert.Equal(2u, w.Load(156));
        Assert.Equal((UserData(1), Success, 0), Event(w, 0));
        Assert.Equal((UserData(2), Success, 0), Event(w, 1));
    }

    [Fact]
    public void Poll_ends_soon_after_termination()
    {
        using WasiWorld w = new();
        Subscribe(w, 0, 0, 1, ulong.MaxValue);
        w.Seen->Terminates = w.Env;
        Assert.Equal(Success, w.Call(WasiFunction.PollOneoff, 0, 160, 1, 156));
        Assert.InRange(w.Seen->Slept, 1ul, 100_000_000ul);
    }

    [Fact]
    public void Poll_of_a_time_that_is_over_does_not_wait()
    {
        using WasiWorld w = new();
        w.Seen->Now0 = 1000;
        Subscribe(w, 0, 0, 0, 999, flags: 1);
        Assert.Equal(Success, w.Call(WasiFunction.PollOneoff, 0, 160, 1, 156));
        Assert.Equal(0ul, w.Seen->Slept);
        Assert.Equal((UserData(0), Success, 0), Event(w, 0));
    }

    [Fact]
    public void Poll_finds_streams_ready_and_clocks_that_are_none_bad_without_waiting()
    {
        using WasiWorld w = new();
        Subscribe(w, 0, 0, 1, 1000);
        Subscribe(w, 1, 1, 0);
        Subscribe(w, 2, 2, 1);
        Assert.Equal(Success, w.Call(WasiFunction.PollOneoff, 0, 160, 3, 156));
        Assert.Equal((2u, 0ul), (w.Load(156), w.Seen->Slept));
        Assert.Equal((UserData(1), Success, 1), Event(w, 0));
        Assert.Equal((UserData(2), Success, 2), Event(w, 1));
        Subscribe(w, 0, 1, 1);
        Subscribe(w, 1, 2, 7);
        Subscribe(w, 2, 0, 9, 1000);
        Assert.Equal(Success, w.Call(WasiFunction.PollOneoff, 0, 160, 3, 156));
        Assert.Equal(3u, w.Load(156));
        Assert.Equal((UserData(0), BadFileDescriptor, 1), Event(w, 0));
        Assert.Equal((UserData(1), BadFileDescriptor, 2), Event(w, 1));
        Assert.Equal((UserData(2), Invalid, 0), Event(w, 2));
    }

    [Fact]
    public void Poll_of_nothing_or_of_an_unknown_kind_is_invalid()
    {
        using WasiWorld w = new();
        Assert.Equal(Invalid, w.Call(WasiFunction.PollOneoff, 0, 160, 0, 156));
        Subscribe(w, 0, 3, 0);
        Assert.Equal(Invalid, w.Call(WasiFunction.PollOneoff, 0, 160, 1, 156));
    }

    [Fact]
    public void Exit_is_a_trap_that_carries_the_code()
    {
        using World world = new();
        Assert.Equal(WasmError.None, WasiModule.Register(world.Rt));
        ModuleBuilder m = new();
        uint exit = m.ImportFunction("wasi_snapshot_preview1", "proc_exit", "i:");
        m.Function(":", new Code().I32(42).Call(exit).Op(Opcode.Unreachable), export: "_start");
        ExecEnv* env = World.Env(world.Instantiate(m));
        fixed (byte* name = "_start"u8) Assert.Equal(WasmError.ProcExit, Calls.ByName(env, name, 6, null, 0));
        Assert.Equal(42u, world.Rt->ExitCode);
        Assert.Equal(WasmError.ProcExit, ExecEnvs.Exception(env));
    }

    [Fact]
    public void Exit_of_a_start_function_carries_the_code_too()
    {
        using World world = new();
        Assert.Equal(WasmError.None, WasiModule.Register(world.Rt));
        ModuleBuilder m = new();
        uint exit = m.ImportFunction("wasi_snapshot_preview1", "proc_exit", "i:");
        m.Start(m.Function(":", new Code().I32(43).Call(exit)));
        Assert.Equal(WasmError.ProcExit, world.Refusal(m));
        Assert.Equal(43u, world.Rt->ExitCode);
    }

    [Fact]
    public void Arguments_are_not_looked_at_any_more_once_the_embedder_gave_the_instance_up()
    {
        using World world = new();
        ProgramArguments arguments = default;
        ModuleBuilder library = new(), user = new();
        library.Function(":", new Code(), export: "f");
        user.ImportFunction("lib", "f", ":");
        Instance* lib = world.Instantiate(library, "lib", new InstantiateArgs { Wasi = &arguments });
        world.Instantiate(user);
        Assert.True(lib->Wasi == &arguments);
        Assert.Equal(WasmError.None, Instances.Free(lib));
        Assert.True(lib->Wasi == null);
    }

    [Fact]
    public void Instance_that_failed_but_lives_on_in_a_table_does_not_look_at_its_arguments()
    {
        using World world = new();
        ProgramArguments arguments = default;
        ModuleBuilder library = new(), failing = new();
        library.Table(1, export: "t");
        Instance* lib = world.Instantiate(library, "lib");
        failing.ImportTable("lib", "t", 1);
        failing.Elements(0, failing.Function(":", new Code()));
        failing.Start(failing.Function(":", new Code().Op(Opcode.Unreachable)));
        Assert.Equal(WasmError.Unreachable, world.Refusal(failing, new InstantiateArgs { Wasi = &arguments }));
        Instance* alive = FuncRef.InstanceOf(world.Rt, lib->Tables[0]->Elements[0]);
        Assert.True(alive != null && alive->Wasi == null);
    }

    [Fact]
    public void Program_that_writes_through_an_import_is_heard()
    {
        using WasiWorld w = new();
        ModuleBuilder m = new();
        uint write = m.ImportFunction("wasi_snapshot_preview1", "fd_write", "iiii:i");
        m.Memory(1);
        m.Data(0, 8, 0, 0, 0, 3, 0, 0, 0, (byte)'h', (byte)'i', (byte)'\n');
        m.Function(":i", new Code().I32(1).I32(0).I32(1).I32(20).Call(write), export: "run");
        ExecEnv* env = World.Env(w.World.Instantiate(m));
        uint slot = 99;
        fixed (byte* name = "run"u8) Assert.Equal(WasmError.None, Calls.ByName(env, name, 3, &slot, 1));
        Assert.Equal(0u, slot);
        Assert.Equal("hi\n", w.Output);
    }

    [Fact]
    public void Registration_takes_one_small_block()
    {
        using World world = new();
        uint before = world.Pool.Statistics.Runtime.Used;
        Assert.Equal(WasmError.None, WasiModule.Register(world.Rt));
        Assert.Equal((uint)(sizeof(HostGroup) + sizeof(HostFunc)) + 4 + 7 & ~7u, world.Pool.Statistics.Runtime.Used - before);
        Assert.Equal(WasmError.None, HostFuncs.Unregister(world.Rt, world.Rt->HostGroups->Functions));
        Assert.Equal(before, world.Pool.Statistics.Runtime.Used);
    }
}
