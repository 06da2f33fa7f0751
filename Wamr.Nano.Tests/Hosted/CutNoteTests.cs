// SPDX-License-Identifier: MIT
// What a trap behind __heap_base says: that the memory is cut, at which address, and the way out; of other traps nothing.
using System;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Xip;
using Wamr.Nano.Xip;
using Xunit;

namespace Wamr.Nano.Tests.Hosted;

public class CutNoteTests
{
    private const string Cut = "lies beyond __heap_base, where the memory is cut off (1,040 of 65,536 B)";

    /// <summary>Accesses in every form register code has for them; each parameter is the address.</summary>
    public static TheoryData<string> Accesses =>
        ["load", "store", "byte", "double", "sum", "shifted", "fill", "copy to", "copy from", "init"];

    private static Code Access(string access) => access switch
    {
        "load" => new Code().Get(0).Op(Opcode.I32Load, 2, 0).Op(Opcode.Drop),
        "store" => new Code().Get(0).I32(1).Op(Opcode.I32Store, 2, 0),
        "byte" => new Code().Get(0).Op(Opcode.I32Load8U, 0, 0).Op(Opcode.Drop),
        "double" => new Code().Get(0).Op(Opcode.I64Load, 3, 0).Op(Opcode.Drop),
        "sum" => new Code().Get(0).Get(1).Op(Opcode.I32Add).Op(Opcode.I32Load, 2, 0).Op(Opcode.Drop),
        "shifted" => new Code().Get(1).Get(0).I32(2).Op(Opcode.I32ShrU).I32(2).Op(Opcode.I32Shl)
            .Op(Opcode.I32Add).Op(Opcode.I32Load, 2, 0).Op(Opcode.Drop),
        "fill" => new Code().Get(0).I32(1).I32(4).Op(Opcode.MemoryFill, 0),
        "copy to" => new Code().Get(0).I32(0).I32(4).Op(Opcode.MemoryCopy, 0, 0),
        "copy from" => new Code().I32(0).Get(0).I32(4).Op(Opcode.MemoryCopy, 0, 0),
        _ => new Code().Get(0).I32(0).I32(4).Op(Opcode.MemoryInit, 0, 0),
    };

    [Theory]
    [MemberData(nameof(Accesses))]
    public void Access_between_the_cut_and_the_declared_size_says_so_and_one_beyond_does_not(string access)
    {
        byte[] binary = App(Access(access));
        foreach (bool image in new[] { false, true })
        {
            using NanoRuntime runtime = new(new NanoRuntimeOptions());
            NanoModule module =
                image ? runtime.LoadImage(ImageCompiler.CompileBytecode(binary, new(), (byte)IntPtr.Size)) : runtime.LoadModule(binary);
            Action<int> f = module.Instantiate().GetAction<int>("f");
            f(1032);
            WasmException e = Assert.Throws<WasmException>(() => f(2000));
            Assert.Equal(WasmError.MemoryOutOfBounds, e.Error);
            Assert.Contains("address 2,000 " + Cut, e.Message, StringComparison.Ordinal);
            Assert.EndsWith(image ? "'wnano compile --whole-pages' leaves the memory whole"
                : "NanoRuntimeOptions.WholePages leaves the memory whole", e.Message, StringComparison.Ordinal);
            Assert.Contains("--whole-pages", e.ToolMessage, StringComparison.Ordinal);
            // What whole pages would not help.
            foreach (int beyond in new[] { 65536, 70_000, -4 })
                Assert.DoesNotContain("__heap_base", Assert.Throws<WasmException>(() => f(beyond)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Access_that_straddles_the_cut_begins_before_it()
    {
        using NanoRuntime runtime = new(new NanoRuntimeOptions());
        Action<int> f = runtime.LoadModule(App(Access("load"))).Instantiate().GetAction<int>("f");
        Assert.Contains("address 1,038 " + Cut, Assert.Throws<WasmException>(() => f(1038)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Access_with_an_offset_of_more_than_16_bits_is_explained_too()
    {
        ModuleBuilder m = new();
        m.Memory(2);
        m.Global('i', new Code().I32(512), export: "__data_end");
        m.Global('i', new Code().I32(1040), export: "__heap_base");
        m.Function("i:", new Code().Get(0).Op(Opcode.I32Load, 2, 70_000).Op(Opcode.Drop), export: "f");
        using NanoRuntime runtime = new(new NanoRuntimeOptions());
        Action<int> f = runtime.LoadModule(m.Build()).Instantiate().GetAction<int>("f");
        Assert.Contains("address 70,004 lies beyond __heap_base", Assert.Throws<WasmException>(() => f(4)).Message,
            StringComparison.Ordinal);
        Assert.DoesNotContain("__heap_base", Assert.Throws<WasmException>(() => f(-4)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Machine_code_reports_that_the_memory_is_cut()
    {
        if (!XipEngine.IsPossible) return;
        using NanoRuntime runtime = new(new NanoRuntimeOptions());
        Action<int> f = runtime.LoadImage(ImageCompiler.Compile(App(Access("load")), new() { Target = "x86_64", Jobs = 1 }))
            .Instantiate().GetAction<int>("f");
        string message = Assert.Throws<WasmException>(() => f(2000)).Message;
        Assert.Contains(
            "the memory is cut off at __heap_base (1,040 of 65,536 B): if the app uses what lies beyond, 'wnano compile --whole-pages'",
            message, StringComparison.Ordinal);
        Action<int> whole =
            runtime.LoadImage(ImageCompiler.Compile(App(Access("load")), new() { Target = "x86_64", Jobs = 1, WholePages = true }))
                .Instantiate().GetAction<int>("f");
        whole(2000);
        Assert.DoesNotContain("__heap_base", Assert.Throws<WasmException>(() => whole(70_000)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Host_function_that_gets_an_address_behind_the_cut_says_so()
    {
        ModuleBuilder m = new();
        uint print = m.ImportFunction("console", "print", "ii:");
        Declare(m);
        m.Function("i:", new Code().Get(0).I32(4).Call(print), export: "f");
        using NanoRuntime runtime = new(new NanoRuntimeOptions());
        runtime.AddSensorModule();
        Action<int> f = runtime.LoadModule(m.Build()).Instantiate().GetAction<int>("f");
        WasmException e = Assert.Throws<WasmException>(() => f(2000));
        Assert.Equal(WasmError.BadAppAddress, e.Error);
        Assert.Contains("the memory is cut off at __heap_base (1,040 of 65,536 B)", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whole_memory_is_no_cut_one()
    {
        ModuleBuilder m = new();
        m.Memory(1);
        m.Function("i:", Access("load"), export: "f");
        using NanoRuntime runtime = new(new NanoRuntimeOptions());
        Action<int> f = runtime.LoadModule(m.Build()).Instantiate().GetAction<int>("f");
        Assert.DoesNotContain("__heap_base", Assert.Throws<WasmException>(() => f(65536)).Message, StringComparison.Ordinal);
    }

    private static byte[] App(Code body)
    {
        ModuleBuilder m = new();
        Declare(m);
        m.PassiveData(1, 2, 3, 4);
        m.Function("i:", body, "i", "f");
        return m.Build();
    }

    private static void Declare(ModuleBuilder m)
    {
        m.Memory(1);
        m.Global('i', new Code().I32(512), export: "__data_end");
        m.Global('i', new Code().I32(1040), export: "__heap_base");
    }
}
