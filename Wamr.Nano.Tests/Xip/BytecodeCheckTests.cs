// SPDX-License-Identifier: MIT
// Each rule of the checker of register code: an image that breaks one is refused, and the one it was forged from is not.
using System;
using System.Collections.Generic;
using System.Linq;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Xip;

public unsafe class BytecodeCheckTests
{
    // Functions of the module below.
    private const uint Import = 0, Add = 1, Wide = 2, Loop = 3, Table = 4, Calls = 5, Tail = 6, State = 7, Access = 8, Rare = 9, Stop = 10;

    /// <summary>Slots of a save area here, and where it begins in a function of two parameters and nothing else.</summary>
    private static readonly int Save = (int)SaveArea.SlotsFor((uint)sizeof(nuint)), Behind = 2 + Save;

    private static ModuleBuilder Module()
    {
        ModuleBuilder m = new();
        m.ImportFunction("env", "f", "i:i");
        m.ImportGlobal("env", "constant", 'i');
        m.ImportGlobal("env", "variable", 'i', mutable: true);
        m.Memory(1, 1);
        m.Table(4);
        m.Table(4, type: 'r');
        m.Global('i', new Code().I32(1), mutable: true);
        m.Global('I', new Code().I64(1), mutable: true);
        m.Global('i', new Code().I32(1));
        m.Function("ii:i", new Code().Get(0).Get(1).Op(Opcode.I32Add));
        m.Function("II:I", new Code().Get(0).Get(1).Op(Opcode.I64Add));
        m.Function("i:", new Code().Open(Opcode.Loop).Get(0).I32(1).Op(Opcode.I32Sub).Tee(0).Op(Opcode.BrIf, 0).End());
        m.Function("i:i", new Code().Open(Opcode.Block).Open(Opcode.Block).Get(0)
            .Op(Opcode.BrTable, 1, 0, 1).End().I32(7).Op(Opcode.Return).End().I32(8));
        m.Function("i:i", new Code().Get(0).Get(0).Call(Add).Call(Import).Get(0).Op(Opcode.CallIndirect, m.Type("i:i"), 0));
        m.Function("ii:i", new Code().Get(1).Get(0).Op(Opcode.ReturnCall, Add));
        m.Function("i:", new Code().Get(0).Op(Opcode.GlobalSet, 2).Op(Opcode.GlobalGet, 3)
            .Op(Opcode.GlobalSet, 3).Op(Opcode.GlobalGet, 1).Op(Opcode.GlobalSet, 1));
        m.Function("i:i", new Code().Get(0).Get(0).Op(Opcode.I32Store, 2, 0).Get(0).Op(Opcode.I32Load8U, 0, 0));
        m.Function("iII:I", new Code().Get(0).Get(0).Get(0).Op(Opcode.MemoryInit, 0, 0).Get(1)
            .Get(2).Op(Opcode.I64DivU).Get(0).Op(Opcode.I64ExtendI32U).I64(3).Op(Opcode.I64Shl).Op(Opcode.I64Xor));
        m.Function(":", new Code().Op(Opcode.Unreachable));
        m.PassiveData(1, 2, 3);
        return m;
    }

    /// <summary>What is wrong, and how that is done.</summary>
    private static readonly Dictionary<string, Func<ForgedImage, ForgedImage>> Forgeries = new()
    {
        ["an operand behind the frame"] = i => i.Byte(Add, RegOp.I32Add, 2, 200),
        ["a result behind the frame"] = i => i.Byte(Add, RegOp.I32Add, 1, 200),
        ["an operand in the save area"] = i => i.Byte(Add, RegOp.I32Add, 3, 2),
        ["a result in the save area"] = i => i.Byte(Add, RegOp.I32Add, 1, (byte)(1 + Save)),
        ["a wide operand that begins before the save area"] = i => i.Byte(Wide, RegOp.I64Add, 2, 3),
        ["a wide result that ends behind the frame"] = i => i.Byte(Wide, RegOp.I64Add, 1, (byte)(i.Code(Wide)[RegCode.FrameSlots] - 1)),
        ["an unknown opcode"] = i => i.Byte(Add, RegOp.I32Add, 0, RegOpTable.Count),
        ["the interpreter's own exit"] = i => i.Byte(Add, RegOp.I32Add, 0, (byte)RegOp.Exit),
        ["the interpreter's own return"] = i => i.Byte(Add, RegOp.I32Add, 0, (byte)RegOp.Leave),
        ["counting"] = i => i.Byte(Add, RegOp.I32Add, 0, (byte)RegOp.Count),
        ["a code of the runtime's as a trap"] = i => i.Unit(Stop, RegOp.Trap, 1, (int)WasmError.FuelExhausted),
        ["no trap as a trap"] = i => i.Unit(Stop, RegOp.Trap, 1, 0),
        ["no return at the end"] = i => i.Replace(Add, RegOp.Return32, ForgedImage.Op(RegOp.Copy32), 0),
        ["half an instruction at the end"] = i =>
            i.Replace(Add, RegOp.Return32, ForgedImage.Op(RegOp.Copy32), ForgedImage.Op(RegOp.Return32)),
        ["a branch in front of the function"] = i => i.Unit(Loop, RegOp.BrIf, 1, -100),
        ["a branch into the header"] = i => i.Unit(Loop, RegOp.BrIf, 1, -6),
        ["a branch into an instruction"] = i => i.Unit(Loop, RegOp.BrIf, 1, -2),
        ["a branch behind the function"] = i => i.Unit(Loop, RegOp.BrIf, 1, 3),
        ["a branch to its own offset"] = i => i.Unit(Loop, RegOp.BrIf, 1, 0),
        ["an entry of a table that leads behind the function"] = i => i.Unit(Table, RegOp.BrTable, 2, 2000),
        ["a table that ends behind the function"] = i => i.Unit(Table, RegOp.BrTable, 1, 2000),
        ["a call of a function that is not there"] = i => i.Unit(Calls, RegOp.Call, 1, 11),
        ["a call of an import as if it had code"] = i => i.Unit(Calls, RegOp.Call, 1, (int)Import),
        ["a call of a function as if it were imported"] = i => i.Unit(Calls, RegOp.CallImport, 1, (int)Add),
        ["arguments in front of the operands"] = i => i.Unit(Calls, RegOp.Call, 2, 1),
        ["arguments behind the frame"] = i => i.Unit(Calls, RegOp.Call, 2, 1000),
        ["arguments that end behind the frame"] = i => i.Unit(Calls, RegOp.Call, 2, i.Code(Calls)[RegCode.FrameSlots] - 1),
        ["a type that is not there"] = i => i.Unit(Calls, RegOp.CallIndirect, 1, 100),
        ["a table that is not there"] = i => i.Unit(Calls, RegOp.CallIndirect, 3, 2),
        ["a table of no functions"] = i => i.Unit(Calls, RegOp.CallIndirect, 3, 1),
        ["a tail call of other results"] = i => i.Unit(Tail, RegOp.TailCall, 1, (int)Loop),
        ["a tail call with another save area"] = i => i.Unit(Tail, RegOp.TailCall, 3, 3),
        ["a return from another save area"] = i => i.Unit(Add, RegOp.Return32, 1, 1),
        ["a return of nothing"] = i => i.Replace(Add, RegOp.Return32, ForgedImage.Op(RegOp.Return), 2),
        ["a return of too much"] = i => i.Replace(Add, RegOp.Return32, ForgedImage.Op(RegOp.Return64), 2),
        ["a global that is not there"] = i => i.Unit(State, RegOp.GlobalSet32, 1, 9),
        ["half a global"] = i => i.Unit(State, RegOp.GlobalSet32, 1, 1),
        ["a wide global that is a narrow one"] = i => i.Unit(State, RegOp.GlobalSet64, 1, 0),
        ["a constant that is written"] = i => i.Unit(State, RegOp.GlobalSet32, 1, 3),
        ["an imported global that is not there"] = i => i.Unit(State, RegOp.ImportGet32, 1, 2),
        ["an imported constant that is written"] = i => i.Unit(State, RegOp.ImportSet32, 1, 0),
        ["a stack pointer where there is none"] = i => i.Byte(State, RegOp.GlobalSet32, 0, (byte)RegOp.GlobalSetAux),
        ["a store that begins in front of the memory"] = i => i.Unit(Access, RegOp.I32Store, 2, 3),
        ["a load that begins in front of the memory"] = i => i.Unit(Access, RegOp.I32Load8U, 2, 0),
        ["a segment that is not there"] = i => i.Unit(Rare, RegOp.Misc, 3, 1),
        ["a rare opcode that is none"] = i => i.Byte(Rare, RegOp.Misc, 1, (byte)Opcode.I32Add),
        ["a numeric opcode that is none"] = i => i.Byte(Rare, RegOp.Numeric, 1, (byte)Opcode.Block),
        ["a numeric opcode that has an instruction of its own"] = i => i.Byte(Rare, RegOp.Numeric, 1, (byte)Opcode.I64Add),
        ["a second operand behind the frame"] = i => i.Byte(Rare, RegOp.Numeric, 4, 255),
        ["a frame without room for its save area"] = i => i.Head(Add, RegCode.FrameSlots, Behind - 1),
        ["other parameters than the type's"] = i => i.Head(Add, RegCode.ParamSlots, 1),
        ["constants behind the function"] = i => i.Head(Add, RegCode.ConstSlots, 5000),
        ["more locals than the frame has"] = i => i.Head(Add, RegCode.ZeroSlots, 0xFFFF),
        ["a function at an odd unit"] = i => i.Then(x => x.Function(Wide).Code++),
        ["functions out of order"] = i =>
            i.Then(x => (x.Function(Wide).Code, x.Function(Loop).Code) = (x.Function(Loop).Code, x.Function(Wide).Code)),
        ["functions in one place"] = i => i.Then(x => x.Function(Wide).Code = x.Function(Add).Code),
        ["a function without code"] = i => i.Then(x =>
            x.Code(Add)[RegCode.ConstSlots] = (ushort)((x.Function(Wide).Code - x.Function(Add).Code - RegCode.HeaderUnits) / 2)),
    };

    public static TheoryData<string> Names => [.. Forgeries.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Code_is_refused_with(string forgery) => Assert.Equal(WasmError.BadRegisterCode, Forgeries[forgery](new(Module())).Load());

    [Fact]
    public void Code_nobody_forged_is_accepted() => Assert.Equal(WasmError.None, new ForgedImage(Module()).Load());

    [Fact]
    public void Memory_is_not_accessed_where_there_is_none()
    {
        ModuleBuilder m = new();
        m.Function("i:i", new Code().Get(0).I32(77).Op(Opcode.I32Rotr).Get(0).Op(Opcode.I32Clz).Op(Opcode.I32Xor));
        foreach (RegOp op in Enum.GetValues<RegOp>().Where(op => op is >= RegOp.MemorySize and <= RegOp.I64StoreAt8))
        {
            ForgedImage image = new(m);
            image.Find(0, RegOp.I32RotlI)[0] = ForgedImage.Op(op);
            Assert.Equal(WasmError.BadRegisterCode, image.Load());
        }
        foreach (Opcode op in (Opcode[])[Opcode.MemoryInit, Opcode.MemoryCopy, Opcode.MemoryFill])
        {
            ModuleBuilder bare = new();
            bare.Function("iii:", new Code().Op(Opcode.RefFunc, 0).Op(Opcode.Drop));
            bare.PassiveElements(0);
            Assert.Equal(WasmError.BadRegisterCode, new ForgedImage(bare).Byte(0, RegOp.Misc, 1, (byte)op).Load());
        }
    }

    [Fact]
    public void A_shift_is_below_32()
    {
        ModuleBuilder m = new();
        m.Function("i:i", new Code().Get(0).I32(3).Op(Opcode.I32ShrU));
        Assert.Equal(WasmError.None, new ForgedImage(m).Byte(0, RegOp.I32ShrUI, 3, 31).Load());
        Assert.Equal(WasmError.BadRegisterCode, new ForgedImage(m).Byte(0, RegOp.I32ShrUI, 3, 32).Load());
    }

    /// <summary>An instruction of each opcode, its operands all zeros or all ones, in a module that has nothing but its function.</summary>
    [Fact]
    public void An_opcode_by_itself_is_accepted_only_where_its_operands_fit()
    {
        HashSet<RegOp> zeros = Accepted(0), ones = Accepted(0xFFFF);
        // An offset of -1 leads back to the branch itself: a loop like any other, which takes fuel. A poll may take as much as it says.
        Assert.Equal([RegOp.Br, RegOp.BrFar, RegOp.Poll], ones);
        Assert.Contains(RegOp.I32Add, zeros);
        Assert.Contains(RegOp.Const32, zeros);
        // The only slot is narrow; there are neither memory nor globals, tables or callees.
        Assert.DoesNotContain(zeros, op => op < RegOp.Copy32 && op != RegOp.Return32);
        Assert.DoesNotContain(zeros, op => op is >= RegOp.GlobalGet32 and <= RegOp.I64StoreAt8 or RegOp.Misc);
        Assert.DoesNotContain(zeros, op => op < (RegOp)RegOpTable.Count && RegOpTable.ShapeOf(op) < Shape.Load && RegOpTable.Wide(op) != 0);
        Assert.DoesNotContain(zeros, op => op >= (RegOp)RegOpTable.Count);
    }

    private static HashSet<RegOp> Accepted(ushort fill)
    {
        ModuleBuilder m = new();
        Code body = new Code().Get(0);
        for (int n = 0; n < 8; n++) body.I32(3).Op(Opcode.I32Xor);
        m.Function("i:i", body);
        HashSet<RegOp> accepted = [];
        for (int op = 0; op < 256; op++)
        {
            ForgedImage image = new(m);
            Span<ushort> code = image.Code(0)[RegCode.HeaderUnits..];
            int units = op < RegOpTable.Count ? RegOpTable.Units(RegOpTable.ShapeOf((RegOp)op)) : 1;
            code[..units].Fill(fill);
            code[0] = (ushort)(op | (fill & 0xFF00));
            for (int at = units; at < code.Length; at++)
                code[at] = (at - units) % 2 != 0 ? (ushort)1 : at + 1 < code.Length ? ForgedImage.Op(RegOp.Return32) : (ushort)0;
            if (image.Load() == WasmError.None) accepted.Add((RegOp)op);
        }
        return accepted;
    }
}
