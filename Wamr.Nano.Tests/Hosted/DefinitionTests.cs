// SPDX-License-Identifier: MIT
// Memories, globals and tables that the host gives to imports, in every engine, and how long they live.
using System;
using System.Collections.Generic;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Xip;
using Wamr.Nano.Xip;
using Xunit;

namespace Wamr.Nano.Tests.Hosted;

public class DefinitionTests
{
    public enum Engine
    {
        Interpreter,
        Bytecode,
        Native,
    }

    public static TheoryData<Engine> Engines => [.. Enum.GetValues<Engine>()];

    /// <summary>Null where this machine has no such engine.</summary>
    private static NanoModule? Load(NanoRuntime runtime, ModuleBuilder module, Engine engine) => engine switch
    {
        Engine.Interpreter => runtime.LoadModule(module.Build()),
        Engine.Bytecode => runtime.LoadImage(ImageKit.Bytecode(module.Build())),
        _ => XipEngine.IsPossible
            ? runtime.LoadImage(ImageCompiler.Compile(module.Build(), new() { Target = "x86_64", Jobs = 1, Open = true })) : null,
    };

    /// <summary>The case as it was found: (module (import "env" "memory" (memory 1)) (func (export "f") store 42 at 0, load it)).</summary>
    [Theory]
    [MemberData(nameof(Engines))]
    public void App_and_host_share_a_memory_that_is_defined(Engine engine)
    {
        ModuleBuilder m = new();
        m.ImportMemory("env", "memory", 1);
        m.Data(100, "data"u8.ToArray());
        m.Function(":i", new Code().I32(0).I32(42).Op(Opcode.I32Store, 2, 0).I32(8).Op(Opcode.I32Load, 2, 0), export: "f");
        m.Function("i:i", new Code().Get(0).Op(Opcode.MemoryGrow, 0), export: "grow");
        using NanoRuntime runtime = new();
        NanoHostMemory host = runtime.DefineMemory("env", "memory", minPages: 1, maxPages: 3);
        host.Memory.Write(8, 7);
        if (Load(runtime, m, engine) is not NanoModule module) return;
        NanoInstance app = module.Instantiate(), other = module.Instantiate();
        Assert.Equal(7, app.GetFunc<int>("f")());
        Assert.Equal(42, host.Memory.Read<int>(0));
        Assert.Equal("data", host.Memory.ReadString(100, 4));
        Assert.Equal(1, app.GetFunc<int, int>("grow")(1));
        Assert.Equal((2u, 2u), (host.Memory.Pages, other.Memory.Pages));
        Assert.True(host.Memory.TryGrow(1));
        Assert.False(host.Memory.TryGrow(1));
        host.Memory.Write(8, 9);
        Assert.Equal(9, other.GetFunc<int>("f")());
        runtime.CheckMemory();
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void App_and_host_share_globals_of_every_type(Engine engine)
    {
        ModuleBuilder m = new();
        m.ImportGlobal("env", "i", 'i', mutable: true);
        m.ImportGlobal("env", "I", 'I');
        m.ImportGlobal("env", "f", 'f');
        m.ImportGlobal("env", "F", 'F', mutable: true);
        m.ImportGlobal("env", "r", 'r');
        m.Memory(1, export: "memory");
        m.Function(":", new Code().Op(Opcode.GlobalGet, 0).I32(1).Op(Opcode.I32Add).Op(Opcode.GlobalSet, 0)
            .Op(Opcode.GlobalGet, 2).Op(Opcode.F64PromoteF32).Op(Opcode.GlobalGet,
                1).Op(Opcode.F64ConvertI64S).Op(Opcode.F64Add).Op(Opcode.GlobalSet, 3), export: "run");
        m.Function(":r", new Code().Op(Opcode.GlobalGet, 4), export: "reference");
        using NanoRuntime runtime = new();
        NanoGlobal count = runtime.DefineGlobal("env", "i", 41, isMutable: true),
            constant = runtime.DefineGlobal("env", "I", long.MaxValue - 1);
        runtime.DefineGlobal("env", "f", 0.5f);
        NanoGlobal sum = runtime.DefineGlobal("env", "F", double.NaN, isMutable: true);
        runtime.DefineGlobal("env", "r", WasmValue.FromExternRef(77));
        if (Load(runtime, m, engine) is not NanoModule module) return;
        NanoInstance app = module.Instantiate();
        app.GetAction("run")();
        Assert.Equal((42, long.MaxValue - 1, 0.5 + (long.MaxValue - 1)), ((int)count.Value, (long)constant.Value, (double)sum.Value));
        Assert.Equal(77u, app.GetFunction("reference").Call().AsExternRef());
        count.Value = 5;
        module.Instantiate().GetAction("run")();
        Assert.Equal(6, count.Value);
        Assert.Throws<InvalidOperationException>(() => constant.Value = 1L);
        Assert.Equal((WasmType.I64, false), (constant.Type, constant.IsMutable));
    }

    /// <summary>Addresses of data often are imported globals.</summary>
    [Theory]
    [MemberData(nameof(Engines))]
    public void Constant_expressions_use_globals_that_are_defined(Engine engine)
    {
        ModuleBuilder m = new();
        m.ImportGlobal("env", "base", 'i');
        m.Memory(1, export: "memory");
        m.Global('i', new Code().Op(Opcode.GlobalGet, 0), export: "copy");
        m.Function(":i", new Code().Op(Opcode.GlobalGet, 1), export: "run");
        using NanoRuntime runtime = new();
        runtime.DefineGlobal("env", "base", 1024);
        if (Load(runtime, m, engine) is not NanoModule module) return;
        Assert.Equal(1024, module.Instantiate().GetFunc<int>("run")());
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Host_puts_functions_of_one_app_into_a_table_that_another_calls(Engine engine)
    {
        ModuleBuilder caller = new(), callee = new();
        caller.ImportTable("env", "table", 2, 4);
        caller.Function("ii:i", new Code().Get(0).Get(1).Op(Opcode.CallIndirect, caller.Type("i:i"), 0), export: "run");
        callee.Function("i:i", new Code().Get(0).I32(1).Op(Opcode.I32Add), export: "next");
        using NanoRuntime runtime = new();
        NanoTable table = runtime.DefineTable("env", "table", WasmType.FuncRef, 2, 4);
        if (Load(runtime, caller, engine) is not NanoModule module || Load(runtime, callee, engine) is not NanoModule plugin) return;
        Func<int, int, int> run = module.Instantiate().GetFunc<int, int, int>("run");
        NanoInstance next = plugin.Instantiate();
        table[1] = next.GetFunction("next").Reference;
        // The table keeps what it holds.
        next.Dispose();
        Assert.Equal(42, run(41, 1));
        Assert.Equal(WasmError.UninitializedElement, Assert.Throws<WasmException>(() => run(41, 0)).Error);
        Assert.Equal((2u, WasmType.FuncRef), (table.Size, table.Type));
    }

    [Fact]
    public void Module_with_pages_of_one_byte_gets_such_a_memory()
    {
        ModuleBuilder m = new();
        m.ImportMemory("env", "memory", 100, pageOfOneByte: true);
        m.Function("i:i", new Code().Get(0).Op(Opcode.I32Load8U, 0, 0), export: "load");
        using NanoRuntime runtime = new();
        runtime.DefineMemory("env", "memory", 1);
        NanoModule module = runtime.LoadModule(m.Build());
        WasmException e = Assert.Throws<WasmException>(() => module.Instantiate());
        Assert.Contains(
            "memory 'env.memory' is imported as memory of 100 or more pages of 1 B, and defined as memory of 1 or more pages of 65536 B",
            e.Message, StringComparison.Ordinal);
        NanoHostMemory memory = runtime.DefineMemory("env", "memory", 100, pageBytes: 1);
        memory.Memory.Write(99, (byte)5);
        Assert.Equal(5, module.Instantiate().GetFunc<int, int>("load")(99));
        Assert.Throws<ArgumentException>(() => runtime.DefineMemory("env", "memory", 1, pageBytes: 4096));
    }

    [Theory]
    [InlineData(1u, null, "memory of 2 to 3 pages")]
    [InlineData(2u, null, "memory of 2 to 3 pages")]
    [InlineData(2u, 4u, "memory of 2 to 3 pages")]
    public void Sizes_that_do_not_fit_are_refused_with_both(uint min, uint? max, string wanted)
    {
        ModuleBuilder m = new();
        m.ImportMemory("env", "memory", 2, 3);
        using NanoRuntime runtime = new();
        runtime.DefineMemory("env", "memory", min, max);
        WasmException e = Assert.Throws<WasmException>(() => runtime.LoadModule(m.Build()).Instantiate());
        Assert.Equal(WasmError.IncompatibleImportType, e.Error);
        Assert.Contains(wanted, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Functions_instances_and_definitions_answer_side_by_side()
    {
        ModuleBuilder lib = new(), m = new();
        lib.Global('i', new Code().I32(3), export: "three");
        m.ImportFunction("env", "two", ":i");
        m.ImportMemory("env", "memory", 1);
        m.ImportGlobal("env", "three", 'i');
        m.Function(":i", new Code().Call(0).Op(Opcode.GlobalGet, 0).Op(Opcode.I32Mul), export: "f");
        using NanoRuntime runtime = new();
        runtime.DefineFunc("env", "two", () => 2);
        runtime.DefineMemory("env", "memory", 1);
        NanoModule module = runtime.LoadModule(m.Build());
        Assert.Contains("[constant global I32 'env.three']", Assert.Throws<WasmException>(() => module.Instantiate()).Message,
            StringComparison.Ordinal);
        NanoInstance three = runtime.LoadModule(lib.Build()).Instantiate();
        NanoInstance app = module.Instantiate(new() { Imports = new Dictionary<string, NanoInstance> { ["env"] = three } });
        Assert.Equal(6, app.GetFunc<int>("f")());
    }

    [Fact]
    public void Kinds_of_imports_are_not_mixed_up()
    {
        ModuleBuilder function = new(), memory = new();
        function.ImportFunction("env", "it", ":");
        memory.ImportMemory("env", "it", 1);
        using NanoRuntime runtime = new();
        runtime.DefineGlobal("env", "it", 1);
        Assert.Equal(WasmError.UnknownImport, Assert.Throws<WasmException>(() => runtime.LoadModule(function.Build()).Instantiate()).Error);
        WasmException e = Assert.Throws<WasmException>(() => runtime.LoadModule(memory.Build()).Instantiate());
        Assert.Equal(WasmError.IncompatibleImportType, e.Error);
        Assert.Contains("memory 'env.it' is imported as memory of 1 or more pages of 65536 B, and defined as constant global I32",
            e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Definition_holds_until_it_is_replaced_or_ended_and_instances_keep_what_they_import()
    {
        ModuleBuilder m = new();
        m.ImportMemory("env", "memory", 1);
        m.Function(":i", new Code().I32(0).Op(Opcode.I32Load, 2, 0), export: "f");
        using NanoRuntime runtime = new();
        NanoModule module = runtime.LoadModule(m.Build());
        uint before = runtime.Statistics.All.Used;
        NanoHostMemory first = runtime.DefineMemory("env", "memory", 1);
        first.Memory.Write(0, 1);
        NanoInstance old = module.Instantiate();
        NanoHostMemory second = runtime.DefineMemory("env", "memory", 1);
        Assert.Throws<ObjectDisposedException>(() => first.Memory.Size);
        second.Memory.Write(0, 2);
        NanoInstance young = module.Instantiate();
        Assert.Equal((1, 2), (old.GetFunc<int>("f")(), young.GetFunc<int>("f")()));
        Assert.True(runtime.Undefine("env", "memory"));
        Assert.False(runtime.Undefine("env", "memory"));
        Assert.Equal(WasmError.UnknownImport, Assert.Throws<WasmException>(() => module.Instantiate()).Error);
        Assert.Equal((1, 2), (old.GetFunc<int>("f")(), young.GetFunc<int>("f")()));
        old.Dispose();
        young.Dispose();
        Assert.Equal(before, runtime.Statistics.All.Used);
        runtime.CheckMemory();
    }

    [Fact]
    public void Definition_for_which_the_pool_has_no_room_leaves_nothing_behind_and_the_old_one_in_place()
    {
        using NanoRuntime runtime = new(200 * 1024);
        NanoHostMemory memory = runtime.DefineMemory("env", "memory", 2);
        memory.Memory.Write(0, 5);
        uint before = runtime.Statistics.All.Used;
        Assert.Equal(WasmError.OutOfMemory, Assert.Throws<WasmException>(() => runtime.DefineMemory("env", "memory", 2)).Error);
        Assert.Equal(WasmError.MemoryTooLarge, Assert.Throws<WasmException>(() => runtime.DefineMemory("env", "memory", 70000)).Error);
        Assert.Equal(WasmError.LimitsMinimumAboveMaximum,
            Assert.Throws<WasmException>(() => runtime.DefineMemory("env", "memory", 2, 1)).Error);
        Assert.Throws<ArgumentException>(() => runtime.DefineTable("env", "table", WasmType.I32, 1));
        Assert.Equal((before, 5), (runtime.Statistics.All.Used, memory.Memory.Read<int>(0)));
    }

    [Fact]
    public void Reference_of_a_definition_must_be_one()
    {
        using NanoRuntime runtime = new(), other = new();
        NanoFunction function = runtime.LoadModule(SmallModules.Add).Instantiate().GetFunction("f");
        NanoGlobal global = runtime.DefineGlobal("env", "f", function.Reference);
        Assert.Equal(function.Reference, global.Value);
        uint before = other.Statistics.All.Used;
        Assert.Throws<ArgumentException>(() => other.DefineGlobal("env", "f", function.Reference));
        Assert.False(other.Undefine("env", "f"));
        Assert.Equal(before, other.Statistics.All.Used);
    }
}
