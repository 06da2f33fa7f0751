// SPDX-License-Identifier: MIT
// Each feature is a switch: with it off, what it brought is refused and named.
using System;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Load;

public class FeatureTests
{
    private static readonly (string Name, Features Feature, Func<ModuleBuilder> Module)[] Cases =
    [
        ("import", Features.MutableGlobals, () => With(m => m.ImportGlobal("env", "g", 'i', mutable: true))),
        ("export", Features.MutableGlobals, () => With(m => m.Global('i', new Code().I32(0), mutable: true, export: "g"))),
        ("i32.extend8_s", Features.SignExtension, () => Body("i:i", new Code().Get(0).Op(Opcode.I32Extend8S))),
        ("i32.trunc_sat_f32_s", Features.SaturatingConversions, () => Body("f:i", new Code().Get(0).Op(Opcode.I32TruncSatF32S))),
        ("two results", Features.MultiValue, () => With(m => m.Type(":ii"))),
        ("block with a parameter", Features.MultiValue, () => Body("i:i", new Code().Get(0).Op(Opcode.Block, 0).End())),
        ("memory.fill", Features.BulkMemory, () => With(m =>
        {
            m.Memory(1);
            m.Function("iii:", new Code().Get(0).Get(1).Get(2).Op(Opcode.MemoryFill, 0));
        })),
        ("passive data", Features.BulkMemory, () => With(m => m.PassiveData(1))),
        ("passive elements", Features.BulkMemory, () => With(m => m.PassiveElements())),
        ("second table", Features.ReferenceTypes, () => With(m => m.Table(m.Table(1)))),
        ("externref table", Features.ReferenceTypes, () => With(m => m.Table(1, type: 'r'))),
        ("externref parameter", Features.ReferenceTypes, () => With(m => m.Type("r:"))),
        ("ref.null", Features.ReferenceTypes, () => Body(":", new Code().Op(Opcode.RefNull).Raw(0x70).Op(Opcode.Drop))),
        ("i32.add", Features.ExtendedConst, () => With(m => m.Global('i', new Code().I32(1).I32(2).Op(Opcode.I32Add)))),
        ("return_call", Features.TailCalls, () => Body(":", new Code().Op(Opcode.ReturnCall, 0))),
        ("i64.add128", Features.WideArithmetic, () => Body("I:II", new Code().Get(0).Get(0).Get(0).Get(0).Op(Opcode.I64Add128))),
        ("page of one byte", Features.CustomPageSizes, () => With(m => m.Memory(1, pageOfOneByte: true))),
    ];

    public static TheoryData<int, string> Rows
    {
        get
        {
            TheoryData<int, string> rows = [];
            for (int i = 0; i < Cases.Length; i++) rows.Add(i, $"{Cases[i].Feature}: {Cases[i].Name}");
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Feature_that_is_off_is_refused_and_named(int row, string name)
    {
        byte[] module = Cases[row].Module().Build();
        Features feature = Cases[row].Feature;
        using (LoadHarness on = new()) Assert.True(on.Load(module) == WasmError.None, name);
        using LoadHarness off = new(features: Features.All & ~feature);
        Assert.Equal(WasmError.FeatureDisabled, off.Load(module));
        Assert.Equal((uint)feature, off.Error.Asked);
    }

    [Fact]
    public void Every_feature_has_a_case()
    {
        Features seen = Features.None;
        foreach ((_, Features feature, _) in Cases) seen |= feature;
        Assert.Equal(Features.All, seen);
    }

    [Fact]
    public void Module_of_version_one_needs_no_feature()
    {
        ModuleBuilder m = new();
        m.ImportFunction("env", "f", "i:i");
        m.Memory(1, export: "memory");
        m.Table(2);
        m.Global('i', new Code().I32(0), mutable: true);
        m.Function("i:i", new Code().Open(Opcode.Block, 'i').Get(0).I32(0).Op(Opcode.CallIndirect, 0, 0).End(), export: "run");
        m.Elements(0, 0, 1);
        m.Data(0, 1, 2);
        using LoadHarness harness = new(features: Features.None);
        Assert.Equal(WasmError.None, harness.Load(m.Build()));
    }

    private static ModuleBuilder Body(string type, Code body) => With(m => m.Function(type, body));

    private static ModuleBuilder With(Action<ModuleBuilder> fill)
    {
        ModuleBuilder m = new();
        fill(m);
        return m;
    }
}
