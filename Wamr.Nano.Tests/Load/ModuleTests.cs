// SPDX-License-Identifier: MIT
// What a loaded module holds, and what it costs.
using System;
using System.Text;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Load;

public unsafe class ModuleTests
{
    [Fact]
    public void Index_spaces_hold_imported_items_first()
    {
        ModuleBuilder m = new();
        m.ImportFunction("env", "f", "iI:f");
        m.ImportGlobal("env", "g", 'F');
        m.ImportTable("env", "t", 1, 2);
        m.ImportMemory("env", "m", 3, 4);
        m.Function("iI:f", new Code().F32(1));
        m.Function(":", new Code());
        m.Table(5, type: 'r');
        m.Global('I', new Code().I64(7), mutable: true);
        m.Global('i', new Code().I32(8));
        m.Start(2);
        Inspect(m, module =>
        {
            Assert.Equal((1, 3), (module->ImportedFunctions, module->FunctionCount));
            Assert.Equal((0, 0, 1), (module->Functions[0].TypeIndex, module->Functions[1].TypeIndex, module->Functions[2].TypeIndex));
            Assert.Equal((1, 3, 3), (module->ImportedGlobals, module->GlobalCount, module->Info->GlobalSlots));
            Assert.Equal((0, 0, 2), (module->Globals[0].Slot, module->Globals[1].Slot, module->Globals[2].Slot));
            Assert.Equal((ValType.F64, ValType.I64, ValType.I32),
                (module->Globals[0].Type, module->Globals[1].Type, module->Globals[2].Type));
            Assert.Equal((0, 1, 0), (module->Globals[0].Mutable, module->Globals[1].Mutable, module->Globals[2].Mutable));
            Assert.Equal((1u, 2u, ValType.FuncRef), (module->Tables[0].Min, module->Tables[0].Max, module->Tables[0].ElemType));
            Assert.Equal((5u, 0xFFFFFFFFu, ValType.ExternRef), (module->Tables[1].Min, module->Tables[1].Max, module->Tables[1].ElemType));
            Assert.True(module->Tables[0].Import != 0 && module->Tables[1].Import == 0);
            Assert.Equal((3u, 4u, 16), (module->Info->Memory.Min, module->Info->Memory.Max, module->Info->Memory.PageShift));
            Assert.Equal(2u, module->Info->StartFunction);
        });
    }

    [Fact]
    public void Types_give_counts_and_slots_and_equal_ones_one_number()
    {
        // The builder never repeats a type: (i32 i64)->(f64), ()->(), and both once more.
        string types = "0113" + "04" + "60027F7E017C" + "600000" + "60027F7E017C" + "600000";
        using LoadHarness harness = new();
        WasmError error = harness.Load(Convert.FromHexString("0061736D01000000" + types), module =>
        {
            Assert.Equal((2, 1, 3, 2),
                (module->Types[0].ParamCount, module->Types[0].ResultCount, module->Types[0].ParamSlots, module->Types[0].ResultSlots));
            Assert.Equal((0x7F, 0x7E, 0x7C),
                (FuncTypes.Params(&module->Types[2])[0], FuncTypes.Params(&module->Types[2])[1], FuncTypes.Results(&module->Types[2])[0]));
            Assert.Equal((0, 1, 0, 1),
                (module->Types[0].Canonical, module->Types[1].Canonical, module->Types[2].Canonical, module->Types[3].Canonical));
        });
        Assert.Equal(WasmError.None, error);
    }

    [Fact]
    public void Imports_are_walked_in_order_with_their_types()
    {
        ModuleBuilder m = new();
        m.ImportFunction("env", "f", ":i");
        m.ImportMemory("host", "mem", 1);
        m.ImportGlobal("", "g", 'n', mutable: true);
        Inspect(m, module =>
        {
            Import import;
            StringBuilder text = new();
            for (bool more = Imports.First(module, &import); more; more = Imports.Next(module, &import))
                text.Append(
                    $"{import.Number} {Text(import.Module, import.ModuleLength)}.{Text(import.Field, import.FieldLength)} {import.Kind}; ");
            Assert.Equal("0 env.f Func; 1 host.mem Memory; 2 .g Global; ", text.ToString());
            Assert.Equal((ValType.FuncRef, 1), (import.GlobalType, import.Mutable));
            Imports.At(module, module->Bytes + module->Info->Memory.Import, &import);
            Assert.Equal((ExternKind.Memory, 1u), (import.Kind, import.Memory.Min));
        });
    }

    [Fact]
    public void Exports_are_found_by_name()
    {
        ModuleBuilder m = new();
        m.Function(":", new Code(), export: "run");
        m.Memory(1, export: "memory");
        m.Export("ru", 0, 0);
        Inspect(m, module =>
        {
            Assert.Equal((ExternKind.Func, 0u), Find(module, "run"));
            Assert.Equal((ExternKind.Memory, 0u), Find(module, "memory"));
            Assert.Equal((ExternKind.Func, 0u), Find(module, "ru"));
            Assert.Null(Find(module, "r"));
            Assert.Null(Find(module, "runs"));
        });
    }

    [Fact]
    public void Custom_sections_are_found_by_name_the_first_one_wins()
    {
        ModuleBuilder m = new();
        m.Custom("other", 1).Custom("mine", 2, 3).Custom("mine", 4).Custom("empty");
        Inspect(m, module =>
        {
            Assert.Equal("0203", Custom(module, "mine"));
            Assert.Equal("", Custom(module, "empty"));
            Assert.Null(Custom(module, "min"));
        });
    }

    [Fact]
    public void Function_names_come_from_the_name_section_or_else_from_exports()
    {
        ModuleBuilder m = new();
        m.ImportFunction("env", "f", ":");
        m.Function(":", new Code(), export: "exported");
        m.Function(":", new Code());
        // Module name "m" (to be passed over), function names 0 -> "zero", 2 -> "two".
        m.Custom("name", [0, 2, 1, (byte)'m', 1, 12, 2, 0, 4, .. "zero"u8, 2, 3, .. "two"u8]);
        Inspect(m, module =>
        {
            Assert.Equal("zero", Name(module, 0));
            Assert.Equal("exported", Name(module, 1));
            Assert.Equal("two", Name(module, 2));
            Assert.Null(Name(module, 3));
        });
    }

    [Theory]
    [InlineData("0105")]
    [InlineData("0104FF000161")]
    [InlineData("01050100FF0F61")]
    [InlineData("01")]
    [InlineData("01FFFFFFFFFF")]
    public void Damaged_name_section_counts_as_absent(string hex)
    {
        ModuleBuilder m = new();
        m.Function(":", new Code());
        m.Custom("name", Convert.FromHexString(hex));
        Inspect(m, module => Assert.Null(Name(module, 0)));
    }

    [Fact]
    public void Module_is_one_block_of_the_exact_size_and_is_counted_as_module()
    {
        ModuleBuilder m = new();
        m.ImportFunction("env", "f", "i:");
        m.ImportFunction("env", "g", ":");
        m.Global('i', new Code().I32(0));
        m.Table(1);
        m.Memory(1);
        m.Data(0, 1, 2, 3);
        m.Elements(0, 1);
        using LoadHarness harness = new();
        uint before = harness.Pool.Statistics.Module.Used;
        uint tables = (uint)(2 * sizeof(FuncType) + 2 * sizeof(Function) + sizeof(Global) + sizeof(TableType) + 2 * sizeof(uint));
        harness.Load(m.Build(), module =>
        {
            uint used = harness.Pool.Statistics.Module.Used - before;
            Assert.InRange(used - (uint)sizeof(LoadedModule) - (uint)sizeof(ModuleInfo) - tables, 4u, 24u);
        });
    }

    [Fact]
    public void Module_with_instances_is_not_unloaded()
    {
        using LoadHarness harness = new();
        WasmError refused = WasmError.None;
        WasmError unloaded = harness.Load(new ModuleBuilder().Build(), module =>
        {
            LoadedModule.Of(module)->Instances = 1;
            refused = Modules.Unload(module);
            LoadedModule.Of(module)->Instances = 0;
        });
        Assert.Equal((WasmError.ModuleInUse, WasmError.None), (refused, unloaded));
    }

    private static void Inspect(ModuleBuilder m, LoadHarness.Inspection inspect)
    {
        using LoadHarness harness = new();
        WasmError error = harness.Load(m.Build(), inspect);
        Assert.True(error == WasmError.None, $"{error} at {harness.Error.Offset}");
    }

    private static string Text(byte* text, uint length) => Encoding.UTF8.GetString(text, (int)length);

    private static (ExternKind, uint)? Find(Module* module, string name)
    {
        ExternKind kind;
        uint index;
        fixed (byte* bytes = Encoding.UTF8.GetBytes(name))
            return Exports.Find(module, bytes, (uint)name.Length, &kind, &index) ? (kind, index) : null;
    }

    private static string? Custom(Module* module, string name)
    {
        byte* data;
        uint size;
        fixed (byte* bytes = Encoding.UTF8.GetBytes(name))
            return CustomSections.Find(module, bytes, (uint)name.Length, &data, &size)
                ? Convert.ToHexString(new ReadOnlySpan<byte>(data, (int)size)) : null;
    }

    private static string? Name(Module* module, uint function)
    {
        byte* name;
        uint length;
        return Names.Function(module, function, &name, &length) ? Text(name, length) : null;
    }
}
