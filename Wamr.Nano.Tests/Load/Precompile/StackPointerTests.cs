// SPDX-License-Identifier: MIT
// Which variable is taken for C's stack pointer, and so is checked when it is set: only one that is used as no other would be.
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Load.Precompile;

public unsafe class StackPointerTests
{
    private const int Top = 2080;

    private static Code Frame => CFrame.Taken(1, 32).Raw(CFrame.GivenBack(1, 32).Bytes);

    private static Code Set => new Code().Op(Opcode.GlobalSet, 0);

    /// <summary>What functions of one parameter and two locals more do with it, and whether that proves it.</summary>
    public static TheoryData<string, bool> Uses => new()
    {
        { "frame", true },
        { "frame of changing size", true },
        { "aligned frame", true },
        { "several ways out", true },
        { "frame as an optimizer writes it", true },
        { "frame of another size is given back", false },
        { "frame of an odd size", false },
        { "frame is never given back", false },
        { "never set", false },
        { "only frames of changing size", false },
        { "set to a parameter", false },
        { "exchanged for a parameter", false },
        { "set to what was loaded", false },
        { "set to what a call returned", false },
        { "set without being read first", false },
        { "counted down", false },
    };

    [Theory]
    [MemberData(nameof(Uses))]
    public void Only_what_compilers_do_with_their_stack_pointer_proves_one(string use, bool isProved)
    {
        ModuleBuilder m = C();
        uint other = m.Function("i:i", new Code().Get(0));
        foreach (Code body in Bodies(use, other)) m.Function("i:", body, "ii");
        AssertChecks(m, isProved);
    }

    private static Code[] Bodies(string use, uint other) => use switch
    {
        "frame" => [Frame],
        "frame of changing size" => [Frame, Changing],
        "aligned frame" => [Frame, new Code().Op(Opcode.GlobalGet, 0).Tee(1).I32(64).Op(Opcode.I32Sub)
            .I32(-64).Op(Opcode.I32And).Tee(2).Raw(Set.Bytes).Get(1).Raw(Set.Bytes)],
        "several ways out" => [CFrame.Taken(1, 32).Get(0).Open(Opcode.If).Raw(CFrame.GivenBack(1, 32).Bytes)
            .Op(Opcode.Return).End().Raw(CFrame.GivenBack(1, 32).Bytes)],
        "frame as an optimizer writes it" =>
            [new Code().Op(Opcode.GlobalGet, 0).I32(-32).Op(Opcode.I32Add).Tee(1).Raw(Set.Bytes)
                .Get(1).I32(-32).Op(Opcode.I32Sub).Raw(Set.Bytes)],
        "frame of another size is given back" => [CFrame.Taken(1, 32).Raw(CFrame.GivenBack(1, 16).Bytes)],
        "frame of an odd size" => [CFrame.Taken(1, 12).Raw(CFrame.GivenBack(1, 12).Bytes)],
        "frame is never given back" => [CFrame.Taken(1, 32)],
        "never set" => [new Code().Op(Opcode.GlobalGet, 0).Op(Opcode.Drop)],
        "only frames of changing size" => [Changing],
        "set to a parameter" => [Frame, new Code().Get(0).Raw(Set.Bytes)],
        "exchanged for a parameter" => [Frame, new Code().Op(Opcode.GlobalGet, 0).Set(1).Get(0).Raw(Set.Bytes)],
        "set to what was loaded" => [Frame, new Code().Op(Opcode.GlobalGet, 0).Op(Opcode.I32Load, 2, 0).Raw(Set.Bytes)],
        "set to what a call returned" => [Frame, new Code().Op(Opcode.GlobalGet, 0).Call(other).Raw(Set.Bytes)],
        "set without being read first" => [Frame, new Code().I32(Top).Set(1).Get(1).Raw(Set.Bytes)],
        _ => [Frame, new Code().Op(Opcode.GlobalGet, 0).I32(16).Op(Opcode.I32Sub).Raw(Set.Bytes)],
    };

    /// <summary>A frame as large as the parameter.</summary>
    private static Code Changing =>
        new Code().Op(Opcode.GlobalGet, 0).Tee(1).Get(0).Op(Opcode.I32Sub).Tee(2).Raw(Set.Bytes).Get(1).Raw(Set.Bytes);

    [Fact]
    public void Variable_that_is_exported_as_the_stack_pointer_is_one_however_it_is_used()
    {
        ModuleBuilder m = C();
        m.Export("__stack_pointer", 3, 0);
        m.Function("i:", new Code().Get(0).Raw(Set.Bytes));
        AssertChecks(m, true);
    }

    [Fact]
    public void Another_variable_that_begins_at_the_top_of_the_stack_stays_unchecked_where_one_is_named()
    {
        ModuleBuilder m = C();
        m.Global('i', new Code().I32(Top), mutable: true, export: "__stack_pointer");
        m.Function("i:", new Code().Get(0).Raw(Set.Bytes));
        using LoadHarness harness = new();
        AuxStack stack = default;
        Assert.Equal(WasmError.None, harness.Load(m.Build(), module => stack = module->Info->AuxStack));
        Assert.Equal(3u, stack.Global);
        Assert.Equal(RegOp.GlobalSet32, SetterOf(m));
    }

    [Fact]
    public void Nothing_is_checked_where_checks_are_turned_off_but_the_stack_is_known()
    {
        ModuleBuilder m = C();
        m.Function("i:", Frame, "ii");
        using LoadHarness harness = new();
        harness.Pool.Runtime->Load.StackPointer = LoadRules.UncheckedStack;
        Assert.Equal(WasmError.None, harness.Load(m.Build(), module =>
        {
            Assert.Equal((0u, 1024u), (module->Info->AuxStack.Global, module->Info->AuxStack.Size));
            Assert.False(Holds(module, RegOp.GlobalSetAux));
        }));
    }

    /// <summary>Data up to 1,056, then the stack.</summary>
    private static ModuleBuilder C()
    {
        ModuleBuilder m = new();
        m.Memory(1);
        m.Global('i', new Code().I32(Top), mutable: true);
        m.Global('i', new Code().I32(1056), export: "__data_end");
        m.Global('i', new Code().I32(Top), export: "__heap_base");
        return m;
    }

    private static void AssertChecks(ModuleBuilder m, bool checks)
    {
        using LoadHarness harness = new();
        Assert.Equal(WasmError.None, harness.Load(m.Build(), module =>
        {
            Assert.Equal(checks, Holds(module, RegOp.GlobalSetAux));
            Assert.Equal(checks ? (0u, 1024u) : (Module.NoIndex, 0u), (module->Info->AuxStack.Global, module->Info->AuxStack.Size));
        }));
    }

    private static RegOp SetterOf(ModuleBuilder m)
    {
        RegOp op = RegOp.Trap;
        using LoadHarness harness = new();
        harness.Load(m.Build(), module => op = Holds(module, RegOp.GlobalSetAux) ? RegOp.GlobalSetAux : RegOp.GlobalSet32);
        return op;
    }

    /// <summary>Whether an instruction occurs in any function.</summary>
    private static bool Holds(Module* module, RegOp wanted)
    {
        for (uint i = module->ImportedFunctions; i < module->FunctionCount; i++)
        {
            ushort* at = RegCode.Of(module, i);
            ushort* end = module->Code
                + (i + 1 < module->FunctionCount ? module->Functions[i + 1].Code : module->CodeSize / sizeof(ushort));
            at += RegCode.HeaderUnits + at[RegCode.ConstSlots] * 2;
            for (byte shape; at < end; at += RegOpTable.Units(shape) + (shape == Shape.Table ? at[1] + 1 : 0))
            {
                RegOp op = (RegOp)(*at & 0xFF);
                shape = RegOpTable.ShapeOf(op);
                if (op == wanted) return true;
            }
        }
        return false;
    }
}
