// SPDX-License-Identifier: MIT
// Frames around and beyond the 256 slots a byte reaches: same results, no other slot touched, not a slot more than the frame read.
using System;
using System.Collections.Generic;
using System.Linq;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Load.Precompile;

public unsafe class StackFrameTests
{
    /// <summary>Bodies that leave an i32, with a table of 4, a memory and a passive segment; locals 0 to 3 are iIiI parameters.</summary>
    private static readonly Dictionary<string, Func<Code, Code>> Bodies = new()
    {
        ["table.get"] = c => c.I32(2).Op(Opcode.TableGet, 0).Op(Opcode.RefIsNull),
        ["table.set"] = c => c.I32(3).Op(Opcode.RefFunc, 0).Op(Opcode.TableSet, 0).I32(3).Op(Opcode.TableGet, 0).Op(Opcode.RefIsNull),
        ["table.grow"] = c => c.Op(Opcode.RefNull).Raw(0x70).I32(1).Op(Opcode.TableGrow, 0),
        ["table.size"] = c => c.Op(Opcode.TableSize, 0),
        ["table.fill"] = c =>
            c.I32(0).Op(Opcode.RefFunc, 0).I32(2).Op(Opcode.TableFill, 0).I32(1).Op(Opcode.TableGet, 0).Op(Opcode.RefIsNull),
        ["memory.fill"] = c => c.I32(8).I32(0x5A).I32(4).Op(Opcode.MemoryFill, 0).I32(8).Op(Opcode.I32Load, 2, 0),
        ["memory.init"] = c => c.I32(8).I32(1).I32(2).Op(Opcode.MemoryInit, 1, 0).Op(Opcode.DataDrop, 1).I32(8).Op(Opcode.I32Load, 2, 0),
        ["memory.copy"] = c => c.I32(8).I32(100).I32(4).Op(Opcode.MemoryCopy, 0, 0).I32(8).Op(Opcode.I32Load, 2, 0),
        ["select i64"] = c => c.Get(1).Get(3).Get(0).Op(Opcode.Select).Op(Opcode.I32WrapI64),
        ["i64.store"] = c => c.Get(2).Get(2).Op(Opcode.I32Add).Get(3).Op(Opcode.I64Store, 3, 70_000 - 65_536)
            .Get(2).Get(2).Op(Opcode.I32Add).Op(Opcode.I32Load, 2, 70_000 - 65_532),
        ["far offset"] = c => c.Get(2).Get(3).Op(Opcode.I64Store, 3, 70_000).Get(2).Op(Opcode.I64Load, 3, 70_000).Op(Opcode.I32WrapI64),
        ["a[i]"] = c => c.Get(2).Get(0).I32(2).Op(Opcode.I32Shl).Op(Opcode.I32Add).Get(0).Op(Opcode.I32Store, 2, 4)
            .Get(2).Get(0).I32(2).Op(Opcode.I32Shl).Op(Opcode.I32Add).Op(Opcode.I32Load, 2, 4),
        ["numeric"] = c => c.Get(1).Op(Opcode.I64Popcnt).Get(3).Op(Opcode.I64DivU).Op(Opcode.I32WrapI64),
        ["f64"] = c => c.Get(1).Op(Opcode.F64ConvertI64S).Get(3).Op(Opcode.F64ConvertI64S).Op(Opcode.F64Min).Op(Opcode.I32TruncF64S),
        ["br_if"] = c => c.Get(1).Op(Opcode.I32WrapI64).Get(0).Get(2).Op(Opcode.I32LtS).Op(Opcode.BrIf, 0),
        ["br_table"] = c => c.Get(2).Get(0).Op(Opcode.BrTable, 1, 0, 0),
        ["call"] = c => c.Get(0).Get(1).Get(2).Get(3).Call(0),
        ["call_indirect"] = c => c.Get(0).Get(1).Get(2).Get(3).I32(1).Op(Opcode.CallIndirect, 0, 0),
        ["return_call"] = c => c.Get(0).Get(1).Get(2).Get(3).Op(Opcode.ReturnCall, 0),
        ["global"] = c => c.Get(3).Op(Opcode.GlobalSet, 0).Op(Opcode.GlobalGet, 0).Op(Opcode.I32WrapI64),
        ["memory.grow"] = c => c.I32(1).Op(Opcode.MemoryGrow, 0).Op(Opcode.MemorySize, 0).Op(Opcode.I32Add),
    };

    private const string Type = "iIiI:i";

    public static TheoryData<string> Names => [.. Bodies.Keys];

    /// <summary>
    /// "run" with <paramref name="padding"/> more locals, and as many operands below: the sum of the body's result and of all parameters
    /// and padding locals after it.
    /// </summary>
    private static ModuleBuilder Module(Func<Code, Code> body, int padding, int operands)
    {
        ModuleBuilder m = new();
        m.Table(4);
        m.Memory(2, 3);
        m.Global('I', new Code().I64(0), mutable: true);
        m.Data(100, 11, 12, 13, 14);
        m.PassiveData(21, 22, 23, 24);
        m.Elements(1, m.Function(Type, new Code().Get(1).Get(3).Op(Opcode.I64Sub).Op(Opcode.I32WrapI64)
            .Get(0).Op(Opcode.I32Add).Get(2).Op(Opcode.I32Xor)));
        Code code = new();
        for (int i = 0; i < padding; i++) code.I32(1000 + i).Set((uint)(4 + i));
        for (int i = 0; i < operands; i++) code.I32(i * 100_000);
        code = body(code.Open(Opcode.Block, 'i')).End();
        for (int i = 0; i < operands; i++) code.Op(Opcode.I32Add);
        for (uint i = 0; i < 4 + padding; i++)
        {
            code.Get(i);
            if (i is 1 or 3) code.Op(Opcode.I32WrapI64);
            code.Op(Opcode.I32Add);
        }
        m.Function(Type, code, new string('i', padding), "run");
        return m;
    }

    private static uint Expected(uint body, int padding, int operands)
    {
        uint sum = body + 3 + 1000 + 16 + 50;
        for (int i = 0; i < padding; i++) sum += (uint)(1000 + i);
        for (int i = 0; i < operands; i++) sum += (uint)(i * 100_000);
        return sum;
    }

    private static uint Run(ModuleBuilder m)
    {
        using World world = new();
        Instance* instance = world.Instantiate(m);
        uint frame = RegCode.Of(instance->Module, 1)[RegCode.FrameSlots], called = RegCode.Of(instance->Module, 0)[RegCode.FrameSlots];
        // The stack ends where the frames do, and there the memory ends.
        using GuardedStack stack = new(frame + called);
        for (uint slots = frame; slots <= frame + called; slots++)
        {
            ExecEnv* env = stack.Env(instance, slots);
            WasmError error = Guest.Try(env, "run", out ulong[] results, 3, 1000, 16, 50);
            Assert.Equal(WasmError.None, ExecEnvs.Free(env));
            if (error == WasmError.None) return (uint)results[0];
            Assert.Equal(WasmError.OperandStackOverflow, error);
        }
        throw new InvalidOperationException("the frames do not fit");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Instruction_does_the_same_wherever_its_operands_are(string name)
    {
        uint small = Run(Module(Bodies[name], 0, 0)) - Expected(0, 0, 0);
        // Return_call leaves without the sums.
        bool leaves = name == "return_call";
        foreach (int padding in Enumerable.Range(232, 20).Append(300))
            foreach (int operands in new[] { 0, 1, 4 })
            {
                uint expected = leaves ? small + Expected(0, 0, 0) : Expected(small, padding, operands);
                Assert.True(expected == Run(Module(Bodies[name], padding, operands)), $"{padding} locals more, {operands} operands below");
            }
    }

    [Fact]
    public void Locals_beyond_32768_slots_are_their_own()
    {
        using World world = new(4 * 1024 * 1024);
        ModuleBuilder m = new();
        Code body = new Code().I32(1).Set(100).I32(2).Set(100 + 32_768).I32(4).Set(45_000).Get(100).Get(100 + 32_768).Op(Opcode.I32Add)
            .Get(45_000).Op(Opcode.I32Add);
        List<byte> locals = [1];
        Leb128.Unsigned(locals, 50_000);
        m.RawFunction(":i", [.. locals, 0x7F, .. body.Bytes, 0x0B], "run");
        Assert.Equal(7u, Guest.Call(World.Env(world.Instantiate(m), 300_000), "run"));
    }

    [Theory]
    [InlineData(249)]
    [InlineData(250)]
    [InlineData(251)]
    [InlineData(256)]
    [InlineData(257)]
    public void Parameters_of_a_large_frame_leave_room_for_scratch_slots_in_reach(int parameters)
    {
        using World world = new();
        ModuleBuilder m = new();
        Code body = new Code().Get(0).Get((uint)parameters - 1).Op(Opcode.I32Add).Get((uint)parameters + 20).Op(Opcode.I32Add);
        m.Function(new string('i', parameters) + ":i", body, new string('i', 50), "run");
        ulong[] arguments = [.. Enumerable.Range(1, parameters).Select(i => (ulong)i)];
        Assert.Equal(1u + (uint)parameters, Guest.Call(World.Env(world.Instantiate(m), 4096), "run", arguments));
    }

    /// <summary>Memory for lowering was taken for each run, and their number is bounded by the file alone.</summary>
    [Fact]
    public void Empty_runs_of_locals_take_no_memory()
    {
        const int runs = 30_000;
        List<byte> body = [0xB0, 0xEA, 0x01, .. Enumerable.Repeat(new byte[] { 0, 0x7F }, runs).SelectMany(run => run), 0x0B];
        ModuleBuilder m = new();
        m.RawFunction(":", [.. body]);
        using NanoRuntime runtime = new(8 << 10);
        runtime.LoadModule(m.Build()).Dispose();
    }
}
