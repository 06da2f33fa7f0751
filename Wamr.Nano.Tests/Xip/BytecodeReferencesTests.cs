// SPDX-License-Identifier: MIT
// References in bytecode images: code may hold on to those it was given, and make none. What others left on its stack it cannot read.
using System;
using System.Collections.Generic;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Xip;

public unsafe class BytecodeReferencesTests
{
    private const ushort Number = 0x1234;

    private static ForgedImage Image(string signature, Code body, string locals = "")
    {
        ModuleBuilder m = new();
        m.Table(4);
        m.Table(4, type: 'r');
        m.Global('n', new Code().Op(Opcode.RefNull).Raw(0x70), mutable: true);
        m.Function("r:", new Code());
        m.Function(signature, body, locals);
        m.PassiveElements(0);
        return new(m);
    }

    [Fact]
    public void Functions_that_hand_on_no_reference_have_no_map()
    {
        ForgedImage image = Image("ri:i", new Code().Get(1).I32(0).Op(Opcode.TableGet, 0).Op(Opcode.Drop));
        Assert.Equal(0, image.References.Length);
        Assert.Equal(WasmError.None, image.Load());
    }

    [Fact]
    public void A_number_is_not_stored_as_a_reference()
    {
        ForgedImage image = Image(":", new Code().I32(0).Op(Opcode.RefFunc, 0).Op(Opcode.TableSet, 0));
        Assert.Equal(WasmError.None, image.Load());
        Span<ushort> taken = image.Find(1, RegOp.Misc);
        ushort d = (ushort)(taken[2] >> 8);
        ReadOnlySpan<ushort> forged = [ForgedImage.Op(RegOp.Const16, d), Number, ForgedImage.Op(RegOp.Const32, d), Number, Number];
        forged.CopyTo(taken);
        Assert.Equal(WasmError.BadRegisterCode, image.Load());
    }

    private static readonly Dictionary<string, (string Signature, Code Body)> Uses = new()
    {
        ["table.set"] = ("in:", new Code().Get(0).Get(1).Op(Opcode.TableSet, 0)),
        ["table.fill"] = ("ini:", new Code().Get(0).Get(1).Get(2).Op(Opcode.TableFill, 0)),
        ["table.grow"] = ("ni:i", new Code().Get(0).Get(1).Op(Opcode.TableGrow, 0)),
        ["global.set"] = ("n:", new Code().Get(0).Op(Opcode.GlobalSet, 0)),
        ["call"] = ("ri:", new Code().Get(0).Call(0)),
        ["return_call"] = ("ri:", new Code().Get(0).Op(Opcode.ReturnCall, 0)),
        ["return"] = ("n:n", new Code().Get(0)),
        ["return of two"] = ("nn:nn", new Code().Get(1).Get(0)),
        ["a branch"] = ("ni:", new Code().Open(Opcode.Block, 'n').Get(0).Get(1).Op(Opcode.BrIf, 0)
            .Op(Opcode.Drop).Op(Opcode.RefFunc, 0).End().Op(Opcode.GlobalSet, 0)),
        ["a loop"] = ("ni:", new Code().Open(Opcode.Loop).Get(1).Op(Opcode.BrIf, 0).End().Get(0).Op(Opcode.GlobalSet, 0)),
        ["a choice"] = ("nni:", new Code().Get(0).Get(1).Get(2).Raw(0x1C, 1, 0x70).Op(Opcode.GlobalSet, 0)),
    };

    public static TheoryData<string> Names => [.. Uses.Keys];

    /// <summary>
    /// Without its map the function is refused, and so it is where the parameter it hands on is a number, or a reference of the other type.
    /// </summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void A_reference_is_followed_through(string use)
    {
        (string signature, Code body) = Uses[use];
        ForgedImage image = Image(signature, body);
        Assert.NotEqual(0, image.References.Length);
        Assert.Equal(WasmError.None, image.Load());
        Assert.Equal(WasmError.BadRegisterCode, Image(signature, body).Then(i => i.Header.ReferenceCount = 0).Load());
        Assert.Equal(WasmError.BadRegisterCode, Image(signature, body).Then(Retype(0x7F)).Load());
        Assert.Equal(WasmError.BadRegisterCode, Image(signature, body).Then(Retype(signature[0] == 'r' ? (byte)0x70 : (byte)0x6F)).Load());
    }

    /// <summary>Changes the references among the parameters of function 1 in the module's bytes.</summary>
    private static Action<ForgedImage> Retype(byte type) => image =>
    {
        ReadOnlySpan<byte> from = image.Bytes;
        int at = (int)image.Header.BytesAt + 8 + 2;
        // Types are written in the order of their first use: the one of function 0, then the one of function 1.
        int count = from[at++];
        for (int n = 0; n < count; n++)
        {
            int parameters = from[at + 1];
            if (n == count - 1)
                for (int p = 0; p < parameters; p++)
                    if (from[at + 2 + p] is 0x70 or 0x6F) image.Bytes[at + 2 + p] = type;
            at += 2 + parameters;
            at += 1 + from[at];
        }
    };

    [Theory]
    [InlineData("a slot behind the frame")]
    [InlineData("a type the slot does not have")]
    [InlineData("a place between instructions")]
    [InlineData("a place of no function")]
    [InlineData("an order of its own")]
    [InlineData("one entry more")]
    [InlineData("one entry less")]
    public void A_map_is_refused_with(string fault)
    {
        ForgedImage image = Image("ni:", new Code().Open(Opcode.Loop).Get(1).Op(Opcode.BrIf, 0).End().Get(0).Op(Opcode.GlobalSet, 0));
        Span<ReferenceEntry> map = image.References;
        Assert.Equal((2, ReferenceEntry.NoSlot, (ushort)0), (map.Length, map[0].Slot, map[1].Slot));
        switch (fault)
        {
            case "a slot behind the frame": map[1].Slot = 255; break;
            case "a type the slot does not have": map[1].Type = SlotContent.Extern; break;
            case "a place between instructions": map[1].Position++; break;
            case "a place of no function": map[1].Position += 1000; break;
            case "an order of its own": (map[0], map[1]) = (map[1], map[0]); break;
            case "one entry more": image.Header.ReferenceCount++; break;
            default: image.Header.ReferenceCount--; break;
        }
        Assert.NotEqual(WasmError.None, image.Load());
    }

    [Fact]
    public void References_are_followed_in_frames_beyond_a_byte_s_reach()
    {
        ForgedImage image = Image("ni:", new Code().Get(0).Set(400).Open(Opcode.Loop).Get(1)
            .Op(Opcode.BrIf, 0).End().Get(400).Op(Opcode.GlobalSet, 0), new string('n', 400));
        Assert.Contains(image.References.ToArray(), entry => entry.Slot > 400);
        Assert.Equal(WasmError.None, image.Load());
        image.Header.ReferenceCount--;
        Assert.Equal(WasmError.BadRegisterCode, image.Load());
    }

    [Fact]
    public void What_a_callee_may_have_written_is_no_reference_any_more()
    {
        ModuleBuilder m = new();
        m.Table(4);
        m.Function(":", new Code());
        m.Function(":", new Code().I32(0).Op(Opcode.RefFunc, 0).Call(0).Op(Opcode.TableSet, 0));
        m.PassiveElements(0);
        ForgedImage image = new(m);
        Assert.Equal(WasmError.None, image.Load());
        image.Find(1, RegOp.Call)[2]--;
        Assert.Equal(WasmError.BadRegisterCode, image.Load());
    }

    /// <summary>
    /// A secret that another instance's function had in its slots, read by a frame that was forged to be larger than what it writes.
    /// </summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_another_instance_left_on_the_stack_cannot_be_read(bool secretTraps)
    {
        const int secret = 0x5EC4E7;
        ModuleBuilder other = new();
        Code keep = new Code().I32(secret).Set(0).Get(0).I32(1).Op(Opcode.I32Add).Get(0).I32(2).Op(Opcode.I32Add);
        other.Function(":", (secretTraps ? keep.Op(Opcode.Unreachable) : keep).Op(Opcode.Drop).Op(Opcode.Drop), "iiiiiiii", "f");
        ModuleBuilder spy = new();
        spy.ImportFunction("other", "f", ":");
        spy.Function(":", new Code().Call(0), export: "call");
        spy.Function(":i", new Code().I32(7), export: "peek");
        ForgedImage image = new ForgedImage(spy).Head(2, RegCode.FrameSlots, 60);
        using NanoRuntime runtime = new(64 << 10);
        NanoInstance owner = runtime.LoadModule(other.Build()).Instantiate();
        for (ushort slot = (ushort)SaveArea.SlotsFor((uint)sizeof(nuint)); slot < 60; slot++)
        {
            image.Replace(2, RegOp.Return32, ForgedImage.Op(RegOp.Return32, slot), 0);
            using NanoModule module = runtime.LoadImage(image.Bytes);
            NanoInstance instance =
                module.Instantiate(new() { StackBytes = 512, Imports = new Dictionary<string, NanoInstance> { ["other"] = owner } });
            if (secretTraps) Assert.Throws<WasmException>(() => instance.GetAction("call")());
            else instance.GetAction("call")();
            int seen = instance.GetFunc<int>("peek")();
            Assert.False(seen is >= secret and <= secret + 2, $"slot {slot}");
        }
    }
}
