// SPDX-License-Identifier: MIT
// Delegates across the border: up to eight parameters, text and bytes by address and length, both ways.
using System;
using System.Linq;
using System.Text;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Hosted;

public class TypedTests
{
    private const uint PageBytes = 65536;

    /// <summary>Imports env.host of two addresses and lengths, with one page of memory, and exports f with the same type.</summary>
    private static byte[] HandsOn(string signature)
    {
        ModuleBuilder m = new();
        uint host = m.ImportFunction("env", "host", signature);
        m.Memory(1, 2, export: "memory");
        m.Data(16, "grüße"u8.ToArray());
        Code body = new();
        for (uint i = 0; i < signature.IndexOf(':'); i++) body.Get(i);
        m.Function(signature, body.Call(host), export: "f");
        return m.Build();
    }

    [Fact]
    public void Eight_parameters_arrive_in_order_on_both_sides()
    {
        using NanoRuntime runtime = new();
        runtime.DefineFunc("env", "host", (int a, long b, float c, double d, uint e, ulong f, float g, double h) =>
            a + (b * 10) + (c * 100) + (d * 1000) + (e * 1e4) + (f * 1e5) + (g * 1e6) + (h * 1e7));
        NanoInstance instance = runtime.LoadModule(SmallModules.CallsHost("iIfFiIfF:F")).Instantiate();
        Assert.Equal(87654321.0,
            instance.GetFunc<int, long, float, double, uint, ulong, float, double, double>("f")(1, 2, 3, 4, 5, 6, 7, 8));
    }

    /// <summary>Each overload, from none to eight parameters, with every argument in its place.</summary>
    [Fact]
    public void Every_number_of_parameters_has_its_overload()
    {
        for (int n = 0; n <= 8; n++)
        {
            using NanoRuntime runtime = new();
            long seen = 0;
            long Digits(params ReadOnlySpan<long> values)
            {
                seen = 0;
                foreach (long value in values) seen = (seen * 10) + value;
                return seen;
            }

            Define(runtime, n, Digits, action: false);
            NanoInstance function = runtime.LoadModule(SmallModules.CallsHost(new string('I', n) + ":I")).Instantiate();
            Define(runtime, n, Digits, action: true);
            NanoInstance action = runtime.LoadModule(SmallModules.CallsHost(new string('I', n) + ":")).Instantiate();
            long expected = 12345678 / (long)Math.Pow(10, 8 - n);
            Assert.Equal(expected, Call(function, n));
            Assert.Equal(expected, seen);
            seen = -1;
            Run(action, n);
            Assert.Equal(expected, seen);
        }
    }

    private delegate long Digits(params ReadOnlySpan<long> values);

    private static void Define(NanoRuntime r, int n, Digits f, bool action)
    {
        switch (n + (action ? 10 : 0))
        {
            case 0: r.DefineFunc("env", "host", () => f()); break;
            case 1: r.DefineFunc("env", "host", (long a) => f(a)); break;
            case 2: r.DefineFunc("env", "host", (long a, long b) => f(a, b)); break;
            case 3: r.DefineFunc("env", "host", (long a, long b, long c) => f(a, b, c)); break;
            case 4: r.DefineFunc("env", "host", (long a, long b, long c, long d) => f(a, b, c, d)); break;
            case 5: r.DefineFunc("env", "host", (long a, long b, long c, long d, long e) => f(a, b, c, d, e)); break;
            case 6: r.DefineFunc("env", "host", (long a, long b, long c, long d, long e, long g) => f(a, b, c, d, e, g)); break;
            case 7: r.DefineFunc("env", "host", (long a, long b, long c, long d, long e, long g, long h) => f(a, b, c, d, e, g, h)); break;
            case 8: r.DefineFunc("env", "host",
                (long a, long b, long c, long d, long e, long g, long h, long i) => f(a, b, c, d, e, g, h, i)); break;
            case 10: r.DefineAction("env", "host", () => { f(); }); break;
            case 11: r.DefineAction("env", "host", (long a) => { f(a); }); break;
            case 12: r.DefineAction("env", "host", (long a, long b) => { f(a, b); }); break;
            case 13: r.DefineAction("env", "host", (long a, long b, long c) => { f(a, b, c); }); break;
            case 14: r.DefineAction("env", "host", (long a, long b, long c, long d) => { f(a, b, c, d); }); break;
            case 15: r.DefineAction("env", "host", (long a, long b, long c, long d, long e) => { f(a, b, c, d, e); }); break;
            case 16: r.DefineAction("env", "host", (long a, long b, long c, long d, long e, long g) => { f(a, b, c, d, e, g); }); break;
            case 17: r.DefineAction("env", "host",
                (long a, long b, long c, long d, long e, long g, long h) => { f(a, b, c, d, e, g, h); }); break;
            default: r.DefineAction("env", "host",
                (long a, long b, long c, long d, long e, long g, long h, long i) => { f(a, b, c, d, e, g, h, i); }); break;
        }
    }

    private static long Call(NanoInstance i, int n) => n switch
    {
        0 => i.GetFunc<long>("f")(),
        1 => i.GetFunc<long, long>("f")(1),
        2 => i.GetFunc<long, long, long>("f")(1, 2),
        3 => i.GetFunc<long, long, long, long>("f")(1, 2, 3),
        4 => i.GetFunc<long, long, long, long, long>("f")(1, 2, 3, 4),
        5 => i.GetFunc<long, long, long, long, long, long>("f")(1, 2, 3, 4, 5),
        6 => i.GetFunc<long, long, long, long, long, long, long>("f")(1, 2, 3, 4, 5, 6),
        7 => i.GetFunc<long, long, long, long, long, long, long, long>("f")(1, 2, 3, 4, 5, 6, 7),
        _ => i.GetFunc<long, long, long, long, long, long, long, long, long>("f")(1, 2, 3, 4, 5, 6, 7, 8),
    };

    private static void Run(NanoInstance i, int n)
    {
        switch (n)
        {
            case 0: i.GetAction("f")(); break;
            case 1: i.GetAction<long>("f")(1); break;
            case 2: i.GetAction<long, long>("f")(1, 2); break;
            case 3: i.GetAction<long, long, long>("f")(1, 2, 3); break;
            case 4: i.GetAction<long, long, long, long>("f")(1, 2, 3, 4); break;
            case 5: i.GetAction<long, long, long, long, long>("f")(1, 2, 3, 4, 5); break;
            case 6: i.GetAction<long, long, long, long, long, long>("f")(1, 2, 3, 4, 5, 6); break;
            case 7: i.GetAction<long, long, long, long, long, long, long>("f")(1, 2, 3, 4, 5, 6, 7); break;
            default: i.GetAction<long, long, long, long, long, long, long, long>("f")(1, 2, 3, 4, 5, 6, 7, 8); break;
        }
    }

    [Fact]
    public void Text_and_bytes_of_the_app_come_as_what_the_delegate_takes()
    {
        using NanoRuntime runtime = new();
        string seen = "";
        runtime.DefineFunc("env", "host", (string text, Span<byte> bytes) =>
        {
            seen = text;
            bytes.Fill((byte)'x');
            return bytes.Length;
        });
        NanoInstance instance = runtime.LoadModule(HandsOn("iiii:i")).Instantiate();
        Assert.Equal(3, instance.GetFunc<int, int, int, int, int>("f")(16, 7, 100, 3));
        Assert.Equal("grüße", seen);
        Assert.Equal([0, (byte)'x', (byte)'x', (byte)'x', 0], instance.Memory.Slice(99, 5).ToArray());
    }

    [Fact]
    public void Arrays_are_copies_and_the_caller_takes_no_parameter()
    {
        using NanoRuntime runtime = new();
        byte[] kept = [];
        uint size = 0;
        runtime.DefineAction("env", "host", (NanoCaller caller, byte[] bytes, ReadOnlySpan<byte> same) =>
        {
            size = caller.Memory.Size;
            Assert.True(same.SequenceEqual(bytes));
            kept = bytes;
        });
        NanoInstance instance = runtime.LoadModule(HandsOn("iiii:")).Instantiate();
        instance.GetAction<int, int, int, int>("f")(16, 2, 16, 2);
        instance.Memory.Bytes.Clear();
        Assert.Equal("gr"u8.ToArray(), kept);
        Assert.Equal(PageBytes, size);
    }

    [Theory]
    [InlineData(0, PageBytes, true)]
    [InlineData(PageBytes - 4, 4, true)]
    [InlineData(PageBytes, 0, true)]
    [InlineData(PageBytes - 4, 5, false)]
    [InlineData(PageBytes, 1, false)]
    [InlineData(PageBytes + 1, 0, false)]
    [InlineData(0, PageBytes + 1, false)]
    [InlineData(uint.MaxValue, 1, false)]
    [InlineData(8, uint.MaxValue, false)]
    [InlineData(uint.MaxValue, uint.MaxValue, false)]
    public void Addresses_are_checked_to_the_byte_before_the_function_is_called(uint address, uint length, bool valid)
    {
        foreach (Action<NanoRuntime, Action> define in new Action<NanoRuntime, Action>[]
        {
            (r, called) => r.DefineAction("env", "host", (Span<byte> _) => called()),
            (r, called) => r.DefineAction("env", "host", (string _) => called()),
            (r, called) => r.DefineFunction("env", "host", "(*~)", (_, _, _) => called()),
        })
        {
            using NanoRuntime runtime = new();
            int calls = 0;
            define(runtime, () => calls++);
            NanoInstance instance = runtime.LoadModule(HandsOn("ii:")).Instantiate();
            Action<uint, uint> f = instance.GetAction<uint, uint>("f");
            if (valid) f(address, length);
            else Assert.Equal(WasmError.BadAppAddress, Assert.Throws<WasmException>(() => f(address, length)).Error);
            Assert.Equal(valid ? 1 : 0, calls);
        }
    }

    [Fact]
    public void Addresses_after_64_bit_parameters_are_found()
    {
        using NanoRuntime runtime = new();
        runtime.DefineFunc("env", "host",
            (long a, string text, double b, ReadOnlySpan<byte> bytes, int c) => $"{a} {text} {b} {bytes.Length} {c}".Length);
        NanoInstance instance = runtime.LoadModule(HandsOn("IiiFiii:i")).Instantiate();
        Func<long, int, int, double, int, int, int, int> f = instance.GetFunc<long, int, int, double, int, int, int, int>("f");
        Assert.Equal("-1 gr 2 4 5".Length, f(-1, 16, 2, 2, 0, 4, 5));
        Assert.Equal(WasmError.BadAppAddress, Assert.Throws<WasmException>(() => f(-1, 16, 2, 2, 65536, 1, 5)).Error);
    }

    [Fact]
    public void App_without_memory_has_no_address_that_is_valid()
    {
        using NanoRuntime runtime = new();
        runtime.DefineAction("env", "host", (string _) => { });
        NanoInstance instance = runtime.LoadModule(SmallModules.CallsHost("ii:")).Instantiate();
        Assert.Equal(WasmError.BadAppAddress, Assert.Throws<WasmException>(() => instance.GetAction<int, int>("f")(0, 0)).Error);
    }

    [Fact]
    public void General_function_checks_texts_that_end_with_zero_and_single_addresses()
    {
        using NanoRuntime runtime = new();
        string seen = "";
        runtime.DefineFunction("env", "host", "($*)i", (caller, arguments, results) =>
        {
            seen = caller.Memory.ReadString((uint)arguments[0]);
            results[0] = (int)arguments[1];
        });
        NanoInstance instance = runtime.LoadModule(HandsOn("ii:i")).Instantiate();
        Func<uint, uint, int> f = instance.GetFunc<uint, uint, int>("f");
        Assert.Equal((65535, "grüße"), (f(16, PageBytes - 1), seen));
        Assert.Equal(WasmError.BadAppAddress, Assert.Throws<WasmException>(() => f(16, PageBytes)).Error);
        instance.Memory.Slice(PageBytes - 2, 2).Fill((byte)'x');
        Assert.Equal(WasmError.BadAppAddress, Assert.Throws<WasmException>(() => f(PageBytes - 2, 0)).Error);
        instance.Memory.Write(PageBytes - 1, (byte)0);
        f(PageBytes - 2, 0);
        Assert.Equal("x", seen);
    }

    [Fact]
    public void General_function_gives_several_results_and_references_to_functions()
    {
        ModuleBuilder m = new();
        uint host = m.ImportFunction("env", "host", "n:nI");
        m.Table(1, export: "table");
        uint seven = m.Function(":i", new Code().I32(7), export: "seven");
        m.Elements(0, seven);
        m.Function(":nI", new Code().I32(0).Op(Opcode.TableGet, 0).Call(host), export: "f");
        using NanoRuntime runtime = new();
        WasmValue given = default;
        runtime.DefineFunction("env", "host", "(n)nI",
            (_, arguments, results) => (results[0], results[1]) = (given.Type == WasmType.FuncRef ? given : arguments[0], 5L));
        NanoInstance instance = runtime.LoadModule(m.Build()).Instantiate();
        WasmValue[] results = new WasmValue[2];
        instance.GetFunction("f").CallMulti([], results);
        Assert.Equal([instance.GetTable("table")[0], 5L], results);
        // A reference that nobody gave out does not get in.
        given = new WasmValue(WasmType.FuncRef, results[0].Bits + 100);
        WasmException e = Assert.Throws<WasmException>(() => instance.GetFunction("f").CallMulti([], results));
        Assert.IsType<ArgumentException>(e.InnerException);
    }

    [Fact]
    public void Import_of_another_type_is_refused_with_both_types()
    {
        using NanoRuntime runtime = new();
        runtime.DefineAction("env", "host", (int _, string _) => { });
        WasmException e = Assert.Throws<WasmException>(() => runtime.LoadModule(SmallModules.CallsHost("iI:f")).Instantiate());
        Assert.Equal(WasmError.IncompatibleImportType, e.Error);
        Assert.Contains("function 'env.host' is imported as (iI)f, and defined as (i*~)", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Call_with_numbers_alone_allocates_no_managed_memory()
    {
        using NanoRuntime runtime = new();
        runtime.DefineFunc("env", "host", (int a, Span<byte> bytes) => a + bytes.Length);
        NanoInstance instance = runtime.LoadModule(HandsOn("iii:i")).Instantiate();
        Func<int, int, int, int> f = instance.GetFunc<int, int, int, int>("f");
        Assert.Equal(12, f(2, 0, 10));
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++) f(i, 0, 10);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>sum(address, length) adds the bytes up; fails(address, length) traps.</summary>
    private static ModuleBuilder Sum()
    {
        ModuleBuilder m = new();
        m.Memory(1, 1, export: "memory");
        Code body = new Code().Open(Opcode.Block).Open(Opcode.Loop)
            .Get(1).Op(Opcode.I32Eqz).Op(Opcode.BrIf, 1)
            .Get(2).Get(0).Op(Opcode.I32Load8U, 0, 0).Op(Opcode.I32Add).Set(2)
            .Get(0).I32(1).Op(Opcode.I32Add).Set(0)
            .Get(1).I32(1).Op(Opcode.I32Sub).Set(1)
            .Op(Opcode.Br, 0).End().End().Get(2);
        m.Function("ii:i", body, "i", "sum");
        m.Function("ii:", new Code().Op(Opcode.Unreachable), export: "fails");
        return m;
    }

    /// <summary>An allocator that counts: malloc gives out 16 bytes further each time, free takes one off; "live" are those out.</summary>
    private static ModuleBuilder WithAllocator(ModuleBuilder m)
    {
        uint next = m.Global('i', new Code().I32(1024), mutable: true),
            live = m.Global('i', new Code().I32(0), mutable: true, export: "live");
        m.Function("i:i", new Code()
            .Op(Opcode.GlobalGet, live).I32(1).Op(Opcode.I32Add).Op(Opcode.GlobalSet, live)
            .Op(Opcode.GlobalGet, next).Get(0).Op(Opcode.I32Add).Op(Opcode.GlobalSet, next)
            .Op(Opcode.GlobalGet, next).Get(0).Op(Opcode.I32Sub), export: "malloc");
        m.Function("i:", new Code().Op(Opcode.GlobalGet, live).I32(1).Op(Opcode.I32Sub).Op(Opcode.GlobalSet, live), export: "free");
        return m;
    }

    [Fact]
    public void Text_and_bytes_are_copied_into_the_app_for_a_call_and_freed_after_it()
    {
        using NanoRuntime runtime = new();
        NanoInstance instance = runtime.LoadModule(WithAllocator(Sum()).Build()).Instantiate();
        NanoGlobal live = instance.GetGlobal("live");
        int expected = "grüße"u8.ToArray().Sum(b => b);
        Assert.Equal(expected, instance.GetFunc<string, int>("sum")("grüße"));
        Assert.Equal(expected, instance.GetFunc<byte[], int>("sum")("grüße"u8.ToArray()));
        Assert.Equal(expected, instance.GetFunc<ReadOnlySpan<byte>, int>("sum")("grüße"u8));
        Assert.Equal(expected, instance.GetFunc<Span<byte>, int>("sum")(Encoding.UTF8.GetBytes("grüße")));
        Assert.Equal(0, instance.GetFunc<string, int>("sum")(""));
        Assert.Equal(0, live.Value);
        Assert.Throws<ArgumentNullException>(() => instance.GetFunc<string, int>("sum")(null!));
        Assert.Throws<ArgumentNullException>(() => instance.GetFunc<byte[], int>("sum")(null!));
        Assert.Equal(WasmError.Unreachable, Assert.Throws<WasmException>(() => instance.GetAction<string>("fails")("x")).Error);
        Assert.Equal(0, live.Value);
    }

    [Fact]
    public void Text_goes_to_the_app_heap_where_the_app_has_no_allocator()
    {
        using NanoRuntime runtime = new();
        NanoModule module = runtime.LoadModule(Sum().Build());
        Assert.Equal(WasmError.NoAppAllocator,
            Assert.Throws<WasmException>(() => module.Instantiate().GetFunc<string, int>("sum")("x")).Error);
        NanoInstance instance = module.Instantiate(new() { HeapBytes = 1024 });
        Func<string, int> sum = instance.GetFunc<string, int>("sum");
        for (int i = 0; i < 100; i++) Assert.Equal('a' * 500, sum(new string('a', 500)));
        WasmException e = Assert.Throws<WasmException>(() => sum(new string('a', 5000)));
        Assert.Equal(WasmError.OutOfMemory, e.Error);
        Assert.Equal('b', sum("b"));
    }

    [Fact]
    public void Text_that_was_copied_is_freed_where_the_next_one_finds_no_room()
    {
        ModuleBuilder m = new();
        m.Memory(1, 1, export: "memory");
        m.Function("iiii:", new Code(), export: "two");
        using NanoRuntime runtime = new();
        NanoInstance instance = runtime.LoadModule(m.Build()).Instantiate(new() { HeapBytes = 1024 });
        Action<string, string> two = instance.GetAction<string, string>("two");
        for (int i = 0; i < 10; i++)
            Assert.Equal(WasmError.OutOfMemory, Assert.Throws<WasmException>(() => two(new string('a', 700), new string('a', 700))).Error);
        two(new string('a', 700), "b");
    }

    [Fact]
    public void Run_that_waits_for_fuel_keeps_its_copies()
    {
        using NanoRuntime runtime = new();
        NanoInstance instance = runtime.LoadModule(Sum().Build()).Instantiate(new() { HeapBytes = 1024 });
        Func<string, int> sum = instance.GetFunc<string, int>("sum");
        instance.ExecEnv.Fuel = 5;
        Assert.Equal(WasmError.FuelExhausted, Assert.Throws<WasmException>(() => sum("0123456789")).Error);
        instance.ExecEnv.Fuel = null;
        WasmValue[] results = new WasmValue[1];
        Assert.True(instance.ExecEnv.Resume(results));
        Assert.Equal("0123456789".Sum(c => c), (int)results[0]);
    }

    [Fact]
    public void Values_are_cast_to_their_own_type_alone()
    {
        Assert.Equal((-1, uint.MaxValue), ((int)(WasmValue)(-1), (uint)(WasmValue)(-1)));
        Assert.Equal((-1L, ulong.MaxValue), ((long)(WasmValue)(-1L), (ulong)(WasmValue)(-1L)));
        Assert.Equal((1.5f, 2.5), ((float)(WasmValue)1.5f, (double)(WasmValue)2.5));
        WasmValue i32 = 1, f32 = 1f;
        Assert.Throws<InvalidCastException>(() => (long)i32);
        Assert.Throws<InvalidCastException>(() => (double)f32);
        Assert.Throws<InvalidCastException>(() => (int)f32);
    }
}
