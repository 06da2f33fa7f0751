// SPDX-License-Identifier: MIT
// Images whose loads and stores are checked by pages that cannot be accessed: exact to the byte, and nobody else's faults are touched.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Xip;
using Wamr.Nano.Xip;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Xip;

public unsafe class GuardPagesTests
{
    private const uint Page = 1u << Config.PageShift;
    private const string Far = " far";

    private static bool Impossible => !XipEngine.IsPossible;

    private static byte[] Compile(byte[] binary) => ImageCompiler.Compile(binary, new() { Target = "x86_64", GuardPages = true, Jobs = 1 });

    private static IEnumerable<Opcode> Loads =>
        Enumerable.Range((int)Opcode.I32Load, Opcode.I64Load32U - Opcode.I32Load + 1).Select(op => (Opcode)op);

    private static IEnumerable<Opcode> Stores =>
        Enumerable.Range((int)Opcode.I32Store, Opcode.I64Store32 - Opcode.I32Store + 1).Select(op => (Opcode)op);

    private static uint Width(Opcode op) => 1u << OpTable.AlignLog2((int)op);

    /// <summary>Every load, whose value is dropped, and every store of all ones, at an address; the same with the largest offset.</summary>
    private static byte[] Accesses()
    {
        ModuleBuilder m = new();
        m.Memory(1, 3, export: "memory");
        foreach (Opcode op in Loads.Concat(Stores))
        {
            foreach (uint offset in (uint[])[0, uint.MaxValue])
            {
                Code body = new Code().Get(0);
                if (op is Opcode.I32Store or Opcode.I32Store8 or Opcode.I32Store16) body.I32(-1);
                else if (op == Opcode.F32Store) body.F32(BitConverter.UInt32BitsToSingle(uint.MaxValue));
                else if (op == Opcode.F64Store) body.F64(BitConverter.UInt64BitsToDouble(ulong.MaxValue));
                else if (op >= Opcode.I32Store) body.I64(unchecked((long)0xFEDCBA98_89ABCDEF));
                body.Op(op, 0, offset);
                if (op < Opcode.I32Store) body.Op(Opcode.Drop);
                m.Function("i:", body, export: op + (offset == 0 ? "" : Far));
            }
        }
        m.Function("i:i", new Code().Get(0).Op(Opcode.MemoryGrow, 0), export: "grow");
        return m.Build();
    }

    private static bool Traps(NanoInstance instance, string function, uint address)
    {
        try
        {
            instance.GetAction<uint>(function)(address);
            return false;
        }
        catch (WasmException e) when (e.Error == WasmError.MemoryOutOfBounds)
        {
            return true;
        }
    }

    private static void AssertExact(NanoInstance instance, uint size)
    {
        Span<byte> memory = instance.Memory.Bytes;
        foreach (Opcode op in Loads.Concat(Stores))
        {
            uint width = Width(op);
            Assert.False(Traps(instance, op.ToString(), size - width), $"{op} of the last bytes");
            memory.Clear();
            for (uint address = size - width + 1; address < size + 2; address++)
                Assert.True(Traps(instance, op.ToString(), address), $"{op} at {address}");
            foreach (uint address in (uint[])[size + Page, 0x7FFFFFFF, 0x80000000, uint.MaxValue - 7, uint.MaxValue])
                Assert.True(Traps(instance, op.ToString(), address), $"{op} at {address}");
            foreach (uint address in (uint[])[0, 1, size, uint.MaxValue])
                Assert.True(Traps(instance, op + Far, address), $"{op} at {address} and 0xFFFFFFFF");
            Assert.Equal(-1, memory.IndexOfAnyExcept((byte)0));
        }
    }

    [Theory]
    [InlineData(Optimization.Speed, true)]
    [InlineData(Optimization.Speed, false)]
    [InlineData(Optimization.Size, true)]
    [InlineData(Optimization.Fast, false)]
    public void Accesses_are_checked_to_the_byte_and_write_nothing_where_a_part_is_outside(Optimization optimization, bool fuel)
    {
        if (Impossible) return;
        CompileOptions options = new() { Target = "x86_64", GuardPages = true, Jobs = 1, Optimization = optimization, Fuel = fuel };
        using NanoRuntime runtime = new(64 << 10);
        NanoInstance instance = runtime.LoadImage(ImageCompiler.Compile(Accesses(), options)).Instantiate();
        AssertExact(instance, Page);
        Assert.Equal(1, instance.GetFunc<int, int>("grow")(2));
        AssertExact(instance, 3 * Page);
        Assert.Equal(-1, instance.GetFunc<int, int>("grow")(1));
        Assert.Equal(3, instance.GetFunc<int, int>("grow")(0));
    }

    [Fact]
    public void Growth_keeps_contents_and_place()
    {
        if (Impossible) return;
        using NanoRuntime runtime = new(64 << 10);
        NanoInstance instance = runtime.LoadImage(Compile(Accesses())).Instantiate();
        byte* before = instance.Pointer->Memory->Data;
        instance.Memory.Write(Page - 4, 0x12345678);
        Assert.True(instance.Memory.TryGrow(1));
        Assert.True(before == instance.Pointer->Memory->Data);
        Assert.Equal(0x12345678, instance.Memory.Read<int>(Page - 4));
        Assert.Equal(0, instance.Memory.Read<int>(2 * Page - 4));
    }

    /// <summary>What a program has done when it traps: everything before the access, nothing behind it.</summary>
    [Fact]
    public void Effects_before_a_trap_are_seen_and_those_behind_it_are_not()
    {
        if (Impossible) return;
        ModuleBuilder m = new();
        m.Memory(1, 1, export: "memory");
        uint global = m.Global('I', new Code().I64(0), mutable: true, export: "global");
        Code body = new Code();
        body.I32(0).I32(1).Op(Opcode.I32Store, 0, 0).I64(1).Op(Opcode.GlobalSet, global);
        body.Get(0).Op(Opcode.I32Load, 0, 0).Op(Opcode.Drop);
        body.I32(0).I32(2).Op(Opcode.I32Store, 0, 0).I64(2).Op(Opcode.GlobalSet, global);
        body.I32(8).I32(2).Op(Opcode.I32Store, 0, 0);
        m.Function("i:", body, export: "effects");
        // The first of two traps counts.
        Code either = new Code().Get(0).Op(Opcode.I32Load, 0, 0).I32(1).Get(1).Op(Opcode.I32DivU).Op(Opcode.I32Add);
        m.Function("ii:i", either, export: "load, divide");
        m.Function("ii:i", new Code().I32(1).Get(1).Op(Opcode.I32DivU).Get(0).Op(Opcode.I32Load, 0, 0)
            .Op(Opcode.I32Add), export: "divide, load");
        using NanoRuntime runtime = new(64 << 10);
        NanoInstance instance = runtime.LoadImage(Compile(m.Build())).Instantiate();
        Assert.True(Traps(instance, "effects", Page));
        Assert.Equal(1, instance.Memory.Read<int>(0));
        Assert.Equal(0, instance.Memory.Read<int>(8));
        Assert.Equal(1, instance.GetGlobal("global").Value.AsInt64());
        Assert.Equal(WasmError.MemoryOutOfBounds,
            Assert.Throws<WasmException>(() => instance.GetFunc<uint, int, int>("load, divide")(Page, 0)).Error);
        Assert.Equal(WasmError.IntegerDivideByZero,
            Assert.Throws<WasmException>(() => instance.GetFunc<uint, int, int>("divide, load")(Page, 0)).Error);
    }

    [Fact]
    public void Null_references_of_dotnet_are_still_exceptions()
    {
        if (Impossible) return;
        using NanoRuntime runtime = new(64 << 10);
        NanoInstance instance = runtime.LoadImage(Compile(Accesses())).Instantiate();
        string? nothing = null;
        for (int round = 0; round < 3; round++)
        {
            Assert.True(Traps(instance, nameof(Opcode.I32Load), Page));
            Assert.Throws<NullReferenceException>(() => nothing!.Length);
        }
    }

    /// <summary>A fuel count that a trap lost would let the second run go on for ever, or not at all.</summary>
    [Fact]
    public void Fuel_is_counted_up_to_the_trap()
    {
        if (Impossible) return;
        ModuleBuilder m = new();
        m.Memory(1, 1);
        // Reads all bytes from an address to the end of the memory and beyond.
        Code body = new Code().Open(Opcode.Loop).Get(0).Op(Opcode.I32Load8U, 0, 0).Op(Opcode.Drop)
            .Get(0).I32(1).Op(Opcode.I32Add).Set(0).Op(Opcode.Br, 0).End();
        m.Function("i:", body, export: "run");
        using NanoRuntime runtime = new(64 << 10);
        NanoInstance instance = runtime.LoadImage(Compile(m.Build())).Instantiate();
        instance.ExecEnv.Fuel = 100_000;
        Assert.True(Traps(instance, "run", Page - 10_000));
        Assert.InRange(instance.ExecEnv.Fuel!.Value, 89_990ul, 90_010ul);
        Assert.True(Traps(instance, "run", Page - 50_000));
        Assert.Equal(WasmError.FuelExhausted, Assert.Throws<WasmException>(() => instance.GetAction<uint>("run")(Page - 50_000)).Error);
    }

    [Fact]
    public void Host_function_calls_back_and_each_trap_ends_its_own_call()
    {
        if (Impossible) return;
        ModuleBuilder m = new();
        uint host = m.ImportFunction("env", "host", ":");
        m.Memory(1, 1, export: "memory");
        m.Function("i:i", new Code().Get(0).Op(Opcode.I32Load, 0, 0), export: "load");
        m.Function("i:i", new Code().Call(host).Get(0).Op(Opcode.I32Load, 0, 0), export: "nested");
        byte[] image = Compile(m.Build());
        using NanoRuntime runtime = new(64 << 10);
        NanoInstance? app = null, other = null;
        int traps = 0;
        runtime.DefineAction("env", "host", () =>
        {
            foreach (NanoInstance callee in (NanoInstance[])[app!, other!])
                if (Assert.Throws<WasmException>(() => callee.GetFunc<uint, int>("load")(Page)).Error == WasmError.MemoryOutOfBounds)
                    traps++;
        });
        app = runtime.LoadImage(image).Instantiate();
        other = runtime.LoadImage(image).Instantiate();
        app.Memory.Write(8, 7);
        Assert.Equal(7, app.GetFunc<uint, int>("nested")(8));
        Assert.Equal(2, traps);
        Assert.Equal(WasmError.MemoryOutOfBounds, Assert.Throws<WasmException>(() => app.GetFunc<uint, int>("nested")(Page)).Error);
        Assert.Equal(4, traps);
    }

    /// <summary>
    /// The caller has no guard pages, or is interpreted, or checks the memory it imports: the trap goes through it all the same.
    /// </summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Trap_goes_through_callers_and_others_may_import_the_memory(bool native)
    {
        if (Impossible) return;
        ModuleBuilder callee = new(), caller = new();
        callee.Memory(1, 2, export: "memory");
        callee.Function("i:i", new Code().Get(0).Op(Opcode.I32Load, 0, 0), export: "load");
        uint load = caller.ImportFunction("lib", "load", "i:i");
        caller.ImportMemory("lib", "memory", 1, 2);
        caller.Function("i:i", new Code().Get(0).Call(load), export: "load");
        caller.Function("i:", new Code().Get(0).Op(Opcode.I32Load, 0, 0).Op(Opcode.Drop), export: "own");
        caller.Function("i:i", new Code().Get(0).Op(Opcode.MemoryGrow, 0), export: "grow");
        using NanoRuntime runtime = new(256 << 10);
        NanoInstance lib = runtime.LoadImage(Compile(callee.Build())).Instantiate();
        NanoModule module = native ? runtime.LoadImage(Compile(caller.Build())) : runtime.LoadModule(caller.Build());
        NanoInstance app = module.Instantiate(new() { Imports = new Dictionary<string, NanoInstance> { ["lib"] = lib } });
        Assert.Equal(WasmError.MemoryOutOfBounds, Assert.Throws<WasmException>(() => app.GetFunc<uint, int>("load")(Page - 3)).Error);
        Assert.True(Traps(app, "own", Page - 3));
        Assert.Equal(1, app.GetFunc<int, int>("grow")(1));
        Assert.Equal(0, app.GetFunc<uint, int>("load")(2 * Page - 4));
        Assert.False(Traps(app, "own", 2 * Page - 4));
        Assert.True(Traps(app, "own", 2 * Page - 3));
    }

    [Fact]
    public void Threads_with_runtimes_of_their_own_trap_at_once()
    {
        if (Impossible) return;
        byte[] image = Compile(Accesses());
        int traps = 0;
        Thread[] threads = [.. Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            for (int round = 0; round < 10; round++)
            {
                using NanoRuntime runtime = new(64 << 10);
                NanoInstance instance = runtime.LoadImage(image).Instantiate();
                for (uint n = 0; n < 50; n++)
                    if (Traps(instance, nameof(Opcode.I64Store), Page - 7 + n)) Interlocked.Increment(ref traps);
            }
        }))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        Assert.Equal(4 * 10 * 50, traps);
    }

    /// <summary>More than all the address space there is, were any of it left behind.</summary>
    [Fact]
    public void Instances_give_their_address_space_back()
    {
        if (Impossible) return;
        byte[] image = Compile(Accesses());
        using (NanoRuntime runtime = new(64 << 10))
        {
            NanoModule module = runtime.LoadImage(image);
            for (int n = 0; n < 17_000; n++) module.Instantiate().Dispose();
            NanoInstance[] many = [.. Enumerable.Range(0, 20).Select(_ => module.Instantiate())];
            foreach (NanoInstance instance in many) Assert.True(Traps(instance, nameof(Opcode.I32Load8U), Page));
            many[7].Dispose();
            Assert.True(Traps(many[8], nameof(Opcode.I32Load8U), Page));
            Assert.True(FaultHandler.MemoryOf(runtime.Pointer) != null);
        }
        using NanoRuntime again = new(64 << 10);
        again.LoadImage(image);
        Assert.True(FaultHandler.MemoryOf(again.Pointer) == null);
    }

    [Fact]
    public void Memory_of_a_runtime_nobody_disposed_goes_with_it()
    {
        if (Impossible) return;
        byte[] image = Compile(Accesses());
        for (int n = 0; n < 3; n++) Assert.True(Vanished(Forget(image)));
    }

    /// <summary>The memory of a runtime that is out of reach now.</summary>
    private static nint Forget(byte[] image)
    {
        NanoRuntime runtime = new(64 << 10);
        runtime.LoadImage(image).Instantiate();
        return (nint)runtime.Pointer->Instances[1]->Memory->Data;
    }

    private static bool Vanished(nint memory)
    {
        for (int n = 0; n < 50; n++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            if (!File.ReadLines("/proc/self/maps").Any(line => Holds(line, (ulong)memory))) return true;
        }
        return false;
    }

    private static bool Holds(string line, ulong address)
    {
        ulong[] range = [.. line.Split(' ')[0].Split('-').Select(text => Convert.ToUInt64(text, 16))];
        return range[0] <= address && address < range[1];
    }

    [Fact]
    public void Runtime_without_guard_pages_refuses_the_image()
    {
        if (Impossible) return;
        byte[] image = Compile(Accesses());
        Assert.Equal(WasmError.ImageFeatureMissing, ImageKit.Load(image));
        Assert.Equal(WasmError.None, ImageKit.Load(image, features: Features.All | ImageHeader.GuardPages));
    }

    [Fact]
    public void App_heap_that_is_no_whole_page_is_refused()
    {
        if (Impossible) return;
        ModuleBuilder m = new();
        m.Memory(1, 1, export: "memory");
        m.Function("i:i", new Code().Get(0).Op(Opcode.I32Load, 0, 0), export: "load");
        using NanoRuntime runtime = new(64 << 10);
        NanoModule module = runtime.LoadImage(Compile(m.Build()));
        Assert.Equal(WasmError.ImageMemoryMismatch,
            Assert.Throws<WasmException>(() => module.Instantiate(new() { HeapBytes = 1000 })).Error);
        NanoInstance instance = module.Instantiate(new() { HeapBytes = Page });
        uint text = instance.AppCopy([1, 2, 3, 4]);
        Assert.InRange(text, Page, 2 * Page);
        Assert.Equal(0x04030201, instance.GetFunc<uint, int>("load")(text));
        instance.GetFunc<uint, int>("load")(2 * Page - 4);
        Assert.Equal(WasmError.MemoryOutOfBounds,
            Assert.Throws<WasmException>(() => instance.GetFunc<uint, int>("load")(2 * Page - 3)).Error);
    }

    /// <summary>Nothing to guard: such an image runs everywhere.</summary>
    [Theory]
    [InlineData("empty")]
    [InlineData("imported")]
    [InlineData("of single bytes")]
    [InlineData("absent")]
    public void Memory_that_cannot_be_guarded_is_checked(string memory)
    {
        if (Impossible) return;
        ModuleBuilder m = new();
        if (memory == "empty") m.Memory(0, 1);
        else if (memory == "imported") m.ImportMemory("env", "memory", 1);
        else if (memory == "of single bytes") m.Memory(100, 100, pageOfOneByte: true);
        m.Function(":", new Code(), export: "f");
        Assert.Equal(Features.None, ImageKit.Header(Compile(m.Build())).Features & ImageHeader.GuardPages);
    }

    [Fact]
    public void Only_this_machine_has_guard_pages()
    {
        CompileException e =
            Assert.Throws<CompileException>(() => ImageCompiler.EmitC(Accesses(), new() { Target = "thumbv7m", GuardPages = true }));
        Assert.Contains("compile for x86_64", e.Message);
    }
}
