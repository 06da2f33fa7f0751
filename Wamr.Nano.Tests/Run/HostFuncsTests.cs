// SPDX-License-Identifier: MIT
// Host functions: registration, signatures, and what arrives in slots and cells.
using System;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Run;

public unsafe class HostFuncsTests
{
    /// <summary>What a host function saw, written through its user data.</summary>
    private struct Seen
    {
        public int Calls;
        public nint First, Second;
        public double Number;
        public WasmError Answer;
    }

    private static HostFunc Row(World world, string name, string? signature, HostForm form, Seen* seen)
    {
        HostFunc row = default;
        row.Name = world.Text(name);
        row.Signature = signature == null ? null : world.Text(signature);
        row.Form = form;
        row.Function = form == HostForm.Cells ? &Cells : &Slots;
        row.UserData = seen;
        return row;
    }

    private static WasmError Slots(ExecEnv* env, void* slots, void* data)
    {
        Seen* seen = (Seen*)data;
        seen->Calls++;
        seen->First = (nint)((uint*)slots)[0];
        ((uint*)slots)[0] = 4321;
        return seen->Answer;
    }

    private static WasmError Cells(ExecEnv* env, void* slots, void* data)
    {
        Seen* seen = (Seen*)data;
        ulong* cells = (ulong*)slots;
        seen->Calls++;
        seen->First = (nint)cells[0];
        seen->Second = (nint)cells[1];
        seen->Number = BitConverter.UInt64BitsToDouble(cells[2]);
        cells[0] = 0xFEDC_BA98_7654_3210;
        return seen->Answer;
    }

    /// <summary>Imports host.f of a type, and exports a function "call" that calls it with its own parameters.</summary>
    private static ModuleBuilder Caller(string type)
    {
        ModuleBuilder m = new();
        uint f = m.ImportFunction("host", "f", type);
        Code body = new();
        for (uint n = 0; n < type.IndexOf(':'); n++) body.Get(n);
        m.Function(type, body.Call(f), export: "call");
        m.Memory(100, pageOfOneByte: true);
        return m;
    }

    private static WasmError Call(ExecEnv* env, string name, uint* slots, uint count)
    {
        byte[] utf8 = System.Text.Encoding.UTF8.GetBytes(name);
        fixed (byte* p = utf8) return Calls.ByName(env, p, (uint)utf8.Length, slots, count);
    }

    [Theory]
    [InlineData("()", ":", WasmError.None)]
    [InlineData("(iIfF)i", "iIfF:i", WasmError.None)]
    [InlineData("(*~$r)I", "iiir:I", WasmError.None)]
    [InlineData("(**)F", "ii:F", WasmError.None)]
    [InlineData("(i)", "I:", WasmError.IncompatibleImportType)]
    [InlineData("(i)", "ii:", WasmError.IncompatibleImportType)]
    [InlineData("(ii)", "i:", WasmError.IncompatibleImportType)]
    [InlineData("(i)", "i:i", WasmError.IncompatibleImportType)]
    [InlineData("(i)i", "i:", WasmError.IncompatibleImportType)]
    [InlineData("(i)i", "i:f", WasmError.IncompatibleImportType)]
    [InlineData("(r)", "n:", WasmError.IncompatibleImportType)]
    [InlineData("", ":", WasmError.BadSignature)]
    [InlineData("i)", "i:", WasmError.BadSignature)]
    [InlineData("(i", "i:", WasmError.BadSignature)]
    [InlineData("(x)", "i:", WasmError.BadSignature)]
    [InlineData("(~)", "i:", WasmError.BadSignature)]
    [InlineData("(i~)", "ii:", WasmError.BadSignature)]
    [InlineData("(*~~)", "iii:", WasmError.BadSignature)]
    [InlineData("()*", ":i", WasmError.BadSignature)]
    [InlineData("()$", ":i", WasmError.BadSignature)]
    public void Signatures_are_checked_against_the_type_when_linking(string signature, string type, WasmError expected)
    {
        foreach (HostForm form in new[] { HostForm.Slots, HostForm.Cells })
        {
            using World world = new();
            Seen seen;
            HostFunc row = Row(world, "f", signature, form, &seen);
            Assert.Equal(WasmError.None, HostFuncs.Register(world.Rt, world.Text("host"), &row, 1));
            ModuleBuilder m = new();
            m.ImportFunction("host", "f", type);
            Instance* instance;
            Assert.Equal(expected, world.TryInstantiate(world.Load(m), &instance));
        }
    }

    [Fact]
    public void Row_without_a_signature_takes_any_type_in_slots_only()
    {
        using World world = new();
        Seen seen;
        HostFunc* rows = stackalloc HostFunc[2];
        rows[0] = Row(world, "slots", null, HostForm.Slots, &seen);
        rows[1] = Row(world, "cells", null, HostForm.Cells, &seen);
        Assert.Equal(WasmError.None, HostFuncs.Register(world.Rt, world.Text("host"), rows, 2));
        ModuleBuilder slots = new(), cells = new();
        slots.ImportFunction("host", "slots", "iIfFrn:iI");
        cells.ImportFunction("host", "cells", ":");
        world.Instantiate(slots);
        Assert.Equal(WasmError.BadSignature, world.Refusal(cells));
    }

    [Fact]
    public void Cells_hold_16_parameters_and_one_result()
    {
        using World world = new();
        Seen seen;
        HostFunc* rows = stackalloc HostFunc[3];
        rows[0] = Row(world, "16", $"({new string('I', 16)})", HostForm.Cells, &seen);
        rows[1] = Row(world, "17", $"({new string('i', 17)})", HostForm.Cells, &seen);
        rows[2] = Row(world, "two", "()ii", HostForm.Cells, &seen);
        Assert.Equal(WasmError.None, HostFuncs.Register(world.Rt, world.Text("host"), rows, 3));
        ModuleBuilder ok = new(), tooMany = new(), twoResults = new();
        ok.ImportFunction("host", "16", new string('I', 16) + ":");
        tooMany.ImportFunction("host", "17", new string('i', 17) + ":");
        twoResults.ImportFunction("host", "two", ":ii");
        world.Instantiate(ok);
        Assert.Equal(WasmError.BadSignature, world.Refusal(tooMany));
        Assert.Equal(WasmError.BadSignature, world.Refusal(twoResults));
    }

    [Fact]
    public void Newest_registration_wins_until_it_is_withdrawn()
    {
        using World world = new();
        Seen old, young;
        HostFunc oldRow = Row(world, "f", "()", HostForm.Slots, &old), youngRow = Row(world, "f", "()", HostForm.Slots, &young);
        ModuleBuilder m = new();
        m.ImportFunction("host", "f", ":");
        Assert.Equal(WasmError.UnknownImport, world.Refusal(m));
        Assert.Equal(WasmError.None, HostFuncs.Register(world.Rt, world.Text("host"), &oldRow, 1));
        Assert.Equal(WasmError.None, HostFuncs.Register(world.Rt, world.Text("hos"), &youngRow, 1));
        Assert.Equal(WasmError.None, HostFuncs.Register(world.Rt, world.Text("host2"), &youngRow, 1));
        Assert.True(world.Instantiate(m)->Imports[0].Host == &oldRow);
        Assert.Equal(WasmError.None, HostFuncs.Register(world.Rt, world.Text("host"), &youngRow, 1));
        Assert.True(world.Instantiate(m)->Imports[0].Host == &youngRow);
        Assert.Equal(WasmError.None, HostFuncs.Unregister(world.Rt, &youngRow));
        Assert.True(world.Instantiate(m)->Imports[0].Host == &oldRow);
        Assert.Equal(WasmError.None, HostFuncs.Unregister(world.Rt, &oldRow));
        Assert.Equal(WasmError.UnknownImport, HostFuncs.Unregister(world.Rt, &oldRow));
        Assert.Equal(WasmError.UnknownImport, world.Refusal(m));
    }

    [Fact]
    public void Resolver_that_knows_the_module_but_not_the_name_leaves_it_to_the_registered()
    {
        using World world = new();
        Seen seen;
        HostFunc row = Row(world, "f", "()", HostForm.Slots, &seen);
        Assert.Equal(WasmError.None, HostFuncs.Register(world.Rt, world.Text("env"), &row, 1));
        ModuleBuilder provider = new();
        provider.Function(":", new Code(), export: "g");
        world.Instantiate(provider, "env");
        ModuleBuilder m = new();
        m.ImportFunction("env", "f", ":");
        Assert.True(world.Instantiate(m)->Imports[0].Host == &row);
    }

    [Fact]
    public void Slots_are_passed_as_they_are()
    {
        using World world = new();
        Seen seen = default;
        HostFunc row = Row(world, "f", "(i)i", HostForm.Slots, &seen);
        Assert.Equal(WasmError.None, HostFuncs.Register(world.Rt, world.Text("host"), &row, 1));
        uint slot = 99;
        Assert.Equal(WasmError.None, Call(World.Env(world.Instantiate(Caller("i:i"))), "call", &slot, 1));
        Assert.Equal((1, 99), (seen.Calls, (int)seen.First));
        Assert.Equal(4321u, slot);
    }

    [Fact]
    public void Cells_are_64_bits_each_with_addresses_converted()
    {
        using World world = new();
        Seen seen = default;
        HostFunc row = Row(world, "f", "($iF)I", HostForm.Cells, &seen);
        Assert.Equal(WasmError.None, HostFuncs.Register(world.Rt, world.Text("host"), &row, 1));
        Instance* instance = world.Instantiate(Caller("iiF:I"));
        uint* slots = stackalloc uint[4];
        slots[0] = 40;
        slots[1] = 0xFFFFFFFF;
        Raw.Store64((byte*)(slots + 2), BitConverter.DoubleToUInt64Bits(2.5));
        Assert.Equal(WasmError.None, Call(World.Env(instance), "call", slots, 4));
        Assert.Equal((nint)(instance->Memory->Data + 40), seen.First);
        Assert.Equal(unchecked((nint)0xFFFFFFFF), seen.Second);
        Assert.Equal(2.5, seen.Number);
        Assert.Equal(0xFEDC_BA98_7654_3210, Raw.Load64((byte*)slots));
    }

    /// <summary>Memory of 100 bytes, all of them 'x' but the last one.</summary>
    [Theory]
    [InlineData("(*i)", 0u, 0u, true)]
    [InlineData("(*i)", 99u, 500u, true)]
    [InlineData("(*i)", 100u, 0u, false)]
    [InlineData("(*i)", 0xFFFFFFFFu, 0u, false)]
    [InlineData("(*~)", 0u, 100u, true)]
    [InlineData("(*~)", 0u, 101u, false)]
    [InlineData("(*~)", 100u, 0u, true)]
    [InlineData("(*~)", 101u, 0u, false)]
    [InlineData("(*~)", 99u, 2u, false)]
    [InlineData("(*~)", 0x80000000u, 0x80000000u, false)]
    [InlineData("(*~)", 1u, 0xFFFFFFFFu, false)]
    [InlineData("($i)", 0u, 0u, true)]
    [InlineData("($i)", 99u, 0u, true)]
    [InlineData("($i)", 100u, 0u, false)]
    [InlineData("($i)", 0x80000000u, 0u, false)]
    [InlineData("(i$)", 0u, 99u, true)]
    [InlineData("(i$)", 0u, 100u, false)]
    public void Addresses_are_checked_before_the_function_is_called(string signature, uint a, uint b, bool valid)
    {
        using World world = new();
        Seen seen = default;
        HostFunc row = Row(world, "f", signature, HostForm.Cells, &seen);
        Assert.Equal(WasmError.None, HostFuncs.Register(world.Rt, world.Text("host"), &row, 1));
        Instance* instance = world.Instantiate(Caller("ii:"));
        Raw.Fill(instance->Memory->Data, (byte)'x', 99);
        uint* slots = stackalloc uint[] { a, b };
        ExecEnv* env = World.Env(instance);
        Assert.Equal(valid ? WasmError.None : WasmError.BadAppAddress, Call(env, "call", slots, 2));
        Assert.Equal(valid ? 1 : 0, seen.Calls);
        Assert.Equal(valid ? WasmError.None : WasmError.BadAppAddress, ExecEnvs.Exception(env));
    }

    [Fact]
    public void String_that_does_not_end_is_no_string()
    {
        using World world = new();
        Seen seen = default;
        HostFunc row = Row(world, "f", "($i)", HostForm.Cells, &seen);
        Assert.Equal(WasmError.None, HostFuncs.Register(world.Rt, world.Text("host"), &row, 1));
        Instance* instance = world.Instantiate(Caller("ii:"));
        Raw.Fill(instance->Memory->Data, (byte)'x', 100);
        uint* slots = stackalloc uint[2];
        Assert.Equal(WasmError.BadAppAddress, Call(World.Env(instance), "call", slots, 2));
        Assert.Equal(0, seen.Calls);
    }

    [Theory]
    [InlineData((int)HostForm.Slots)]
    [InlineData((int)HostForm.Cells)]
    public void Answer_of_the_function_is_the_trap(int form)
    {
        using World world = new();
        Seen seen = new() { Answer = WasmError.HostException };
        HostFunc row = Row(world, "f", "()", (HostForm)form, &seen);
        Assert.Equal(WasmError.None, HostFuncs.Register(world.Rt, world.Text("host"), &row, 1));
        Assert.Equal(WasmError.HostException, Call(World.Env(world.Instantiate(Caller(":"))), "call", null, 0));
    }

    [Fact]
    public void Exception_set_by_the_function_is_raised_though_it_answers_success()
    {
        using World world = new();
        HostFunc row = Row(world, "f", "()", HostForm.Slots, null);
        row.Function = &SetsException;
        Assert.Equal(WasmError.None, HostFuncs.Register(world.Rt, world.Text("host"), &row, 1));
        ExecEnv* env = World.Env(world.Instantiate(Caller(":")));
        Assert.Equal(WasmError.HostException, Call(env, "call", null, 0));
        Assert.Equal(WasmError.HostException, ExecEnvs.Exception(env));
    }

    [Fact]
    public void Import_left_unbound_traps_when_called()
    {
        using World world = new();
        Instance* instance = world.Instantiate(Caller(":"), args: new InstantiateArgs { AllowUnlinked = true });
        Assert.Equal(WasmError.UnlinkedFunction, Call(World.Env(instance), "call", null, 0));
    }

    [Theory]
    [InlineData("call", 0u, WasmError.ArgumentCountMismatch)]
    [InlineData("nothing", 9u, WasmError.UnknownExport)]
    [InlineData("memory", 9u, WasmError.UnknownExport)]
    public void Call_by_name_checks_the_name_and_the_room_for_arguments(string name, uint slots, WasmError expected)
    {
        using World world = new();
        ModuleBuilder m = Caller("i:i");
        m.Export("memory", 2, 0);
        Instance* instance = world.Instantiate(m, args: new InstantiateArgs { AllowUnlinked = true });
        uint slot;
        Assert.Equal(expected, Call(World.Env(instance), name, &slot, slots));
        if (expected == WasmError.ArgumentCountMismatch) Assert.Equal((1u, 0u), (world.Rt->Error.Asked, world.Rt->Error.Free));
    }

    private static WasmError SetsException(ExecEnv* env, void* slots, void* data)
    {
        ExecEnvs.SetException(env, WasmError.HostException);
        return WasmError.None;
    }
}
