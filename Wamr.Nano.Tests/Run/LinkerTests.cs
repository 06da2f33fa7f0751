// SPDX-License-Identifier: MIT
// Imports: who answers, and which types match (spec chapter 3.5 "Import Matching").
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Run;

public unsafe class LinkerTests
{
    private static WasmError Link(ModuleBuilder provider, ModuleBuilder user)
    {
        using World world = new();
        world.Instantiate(provider, "env");
        Instance* instance;
        uint before = world.InstanceBytes;
        WasmError error = world.TryInstantiate(world.Load(user), &instance);
        if (error != WasmError.None) Assert.Equal(before, world.InstanceBytes);
        return error;
    }

    [Theory]
    [InlineData(":")]
    [InlineData("iIfF:")]
    [InlineData("nr:i")]
    [InlineData("ii:fF")]
    public void Functions_match_by_structure_across_modules(string signature)
    {
        ModuleBuilder provider = new();
        provider.Type("FF:i"); // moves the type to another index
        provider.Function(signature, new Code().Op(Opcode.Unreachable), export: "f");
        ModuleBuilder user = new();
        user.ImportFunction("env", "f", signature);
        Assert.Equal(WasmError.None, Link(provider, user));
    }

    [Theory]
    [InlineData("i:", "I:")]
    [InlineData("i:", "i:i")]
    [InlineData("i:", "ii:")]
    [InlineData(":f", ":F")]
    [InlineData("n:", "r:")]
    public void Functions_of_other_types_do_not_match(string given, string wanted)
    {
        ModuleBuilder provider = new();
        provider.Function(given, new Code().Op(Opcode.Unreachable), export: "f");
        ModuleBuilder user = new();
        user.ImportFunction("env", "f", wanted);
        Assert.Equal(WasmError.IncompatibleImportType, Link(provider, user));
    }

    public static TheoryData<uint, uint?, uint, uint?, bool> LimitCases => new()
    {
        { 2, null, 2, null, true },
        { 2, null, 1, null, true },
        { 2, null, 3, null, false },
        { 2, 5, 2, null, true },
        { 2, null, 2, 5, false },
        { 2, 5, 2, 5, true },
        { 2, 5, 2, 6, true },
        { 2, 5, 2, 4, false },
        { 0, 0, 0, 0, true },
        { 0, null, 0, 65536, false },
    };

    [Theory]
    [MemberData(nameof(LimitCases))]
    public void Limits_of_memories_and_tables_match_as_specified(uint min, uint? max, uint wantedMin, uint? wantedMax, bool matches)
    {
        ModuleBuilder memory = new(), memoryUser = new(), table = new(), tableUser = new();
        memory.Memory(min, max, export: "x");
        memoryUser.ImportMemory("env", "x", wantedMin, wantedMax);
        table.Table(min, max, export: "x");
        tableUser.ImportTable("env", "x", wantedMin, wantedMax);
        WasmError expected = matches ? WasmError.None : WasmError.IncompatibleImportType;
        Assert.Equal(expected, Link(memory, memoryUser));
        Assert.Equal(expected, Link(table, tableUser));
    }

    [Fact]
    public void Size_that_counts_is_the_one_a_memory_has_grown_to()
    {
        using World world = new();
        ModuleBuilder provider = new();
        provider.Memory(1, 4, export: "m");
        provider.Table(1, 4, export: "t");
        Instance* owner = world.Instantiate(provider, "env");
        ModuleBuilder user = new();
        user.ImportMemory("env", "m", 2, 4);
        user.ImportTable("env", "t", 3, 4);
        Assert.Equal(WasmError.IncompatibleImportType, world.Refusal(user));
        Assert.Equal(1u, Memories.Grow(owner->Memory, 1));
        Assert.Equal(WasmError.IncompatibleImportType, world.Refusal(user));
        Assert.Equal(1u, Tables.Grow(owner, 0, 0, 2));
        world.Instantiate(user);
    }

    [Fact]
    public void Memory_of_another_page_size_does_not_match()
    {
        ModuleBuilder provider = new(), user = new();
        provider.Memory(100_000, pageOfOneByte: true, export: "m");
        user.ImportMemory("env", "m", 1);
        Assert.Equal(WasmError.IncompatibleImportType, Link(provider, user));
    }

    [Theory]
    [InlineData('i', false, 'i', false, true)]
    [InlineData('I', true, 'I', true, true)]
    [InlineData('i', true, 'i', false, false)]
    [InlineData('i', false, 'i', true, false)]
    [InlineData('i', false, 'f', false, false)]
    public void Globals_match_in_type_and_mutability(char given, bool givenMutable, char wanted, bool wantedMutable, bool matches)
    {
        ModuleBuilder provider = new(), user = new();
        provider.Global(given, given == 'i' ? new Code().I32(1) : new Code().I64(1), givenMutable, "g");
        user.ImportGlobal("env", "g", wanted, wantedMutable);
        Assert.Equal(matches ? WasmError.None : WasmError.IncompatibleImportType, Link(provider, user));
    }

    [Fact]
    public void Tables_match_in_their_element_type()
    {
        ModuleBuilder provider = new(), user = new();
        provider.Table(1, export: "t");
        user.ImportTable("env", "t", 1, type: 'r');
        Assert.Equal(WasmError.IncompatibleImportType, Link(provider, user));
    }

    [Fact]
    public void Export_of_another_kind_does_not_match()
    {
        ModuleBuilder provider = new(), user = new();
        provider.Global('i', new Code().I32(1), export: "x");
        user.ImportFunction("env", "x", ":");
        Assert.Equal(WasmError.IncompatibleImportType, Link(provider, user));
    }

    [Fact]
    public void Unknown_import_is_described_by_offset_and_index()
    {
        using World world = new();
        ModuleBuilder provider = new();
        provider.Function(":", new Code(), export: "f");
        world.Instantiate(provider, "env");
        ModuleBuilder user = new();
        user.ImportFunction("env", "f", ":");
        user.ImportFunction("env", "g", ":");
        Assert.Equal(WasmError.UnknownImport, world.Refusal(user));
        Assert.Equal(WasmError.UnknownImport, world.Rt->Error.Code);
        Assert.Equal(1u, world.Rt->Error.Index);
        byte[] bytes = user.Build();
        Assert.Equal("\u0003env\u0001g", System.Text.Encoding.ASCII.GetString(bytes, (int)world.Rt->Error.Offset, 6));
    }

    [Fact]
    public void Imported_items_are_shared_with_their_owner()
    {
        using World world = new();
        ModuleBuilder provider = new();
        provider.Memory(1, export: "m");
        provider.Table(2, export: "t");
        provider.Global('I', new Code().I64(5), mutable: true, export: "g");
        uint f = provider.Function(":", new Code(), export: "f");
        Instance* owner = world.Instantiate(provider, "env");
        ModuleBuilder user = new();
        uint imported = user.ImportFunction("env", "f", ":");
        user.ImportMemory("env", "m", 1);
        user.ImportTable("env", "t", 2);
        uint global = user.ImportGlobal("env", "g", 'I', mutable: true);
        user.Global('I', new Code().I64(6), mutable: true, export: "own");
        Instance* i = world.Instantiate(user);
        Assert.True(i->Memory == owner->Memory);
        Assert.True(i->Tables[0] == owner->Tables[0]);
        Globals.Store(i, global, 0x1234_5678_9ABC);
        Assert.Equal(0x1234_5678_9ABCul, World.Global(owner, "g"));
        Assert.Equal(6ul, World.Global(i, "own"));
        Assert.Equal(FuncRef.Of(owner, f), FuncRef.Of(i, imported));
    }

    [Fact]
    public void Import_of_an_import_is_bound_to_the_function_itself()
    {
        using World world = new();
        ModuleBuilder first = new();
        first.Function(":", new Code());
        uint f = first.Function("i:", new Code(), export: "f");
        Instance* owner = world.Instantiate(first, "first");
        ModuleBuilder second = new();
        second.Export("again", 0, second.ImportFunction("first", "f", "i:"));
        world.Instantiate(second, "second");
        ModuleBuilder third = new();
        third.ImportFunction("second", "again", "i:");
        Instance* user = world.Instantiate(third);
        Assert.True(user->Imports[0].Instance == owner);
        Assert.Equal(f, user->Imports[0].FunctionIndex);
    }
}
