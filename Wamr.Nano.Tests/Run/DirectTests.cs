// SPDX-License-Identifier: MIT
// Host functions of form Direct: called by the interpreter with arguments from slots, by native code as C calls C.
using System.Runtime.InteropServices;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Xip;
using Wamr.Nano.Xip;
using Xunit;

namespace Wamr.Nano.Tests.Run;

public unsafe class DirectTests
{
    private delegate void Offer(World world);

    private delegate void Use(ExecEnv* env);

    [UnmanagedCallersOnly]
    private static ulong None(ExecEnv* env) => uint.MaxValue;

    [UnmanagedCallersOnly]
    private static ulong One(ExecEnv* env, uint a)
    {
        *(uint*)env->UserData += 1;
        return a ^ 0x80000000;
    }

    [UnmanagedCallersOnly]
    private static ulong Two(ExecEnv* env, uint a, uint b) => a - b;

    [UnmanagedCallersOnly]
    private static ulong Three(ExecEnv* env, uint a, uint b, uint c) => (a * 100) + (b * 10) + c;

    /// <summary>Traps with its argument, whatever else it returns.</summary>
    [UnmanagedCallersOnly]
    private static ulong Traps(ExecEnv* env, uint error) => HostFuncs.Trap((WasmError)error) | 7;

    private static void* Function(int parameters) => parameters switch
    {
        0 => (delegate* unmanaged<ExecEnv*, ulong>)&None,
        1 => (delegate* unmanaged<ExecEnv*, uint, ulong>)&One,
        2 => (delegate* unmanaged<ExecEnv*, uint, uint, ulong>)&Two,
        _ => (delegate* unmanaged<ExecEnv*, uint, uint, uint, ulong>)&Three,
    };

    private static void Register(World world, string signature, void* function) =>
        Assert.Equal(WasmError.None,
            HostFuncs.RegisterDirect(world.Rt, world.Text("host"), world.Text("f"), world.Text(signature), function));

    /// <summary>
    /// Interprets the module, then runs it as a native image: each in a world with what <paramref name="offer"/> registers.
    /// </summary>
    private static void OnBoth(ModuleBuilder m, Offer offer, Use use, InstantiateArgs how = default)
    {
        using (World world = new())
        {
            offer(world);
            use(World.Env(world.Instantiate(m, args: how)));
        }
        if (!XipEngine.IsPossible) return;
        using World native = new();
        offer(native);
        using MappedImage image = MappedImage.Of(ImageCompiler.Compile(m.Build(), new() { Target = "x86_64", Jobs = 1 }));
        ImageArgs args = new() { Target = MappedImage.Here };
        Module* module;
        Assert.Equal(WasmError.None, NativeImages.Load(native.Rt, image.Bytes, image.Size, &args, &module));
        Instance* instance;
        Assert.Equal(WasmError.None, native.TryInstantiate(module, &instance, how));
        ExecEnv* env = World.Env(instance);
        use(env);
        ExecEnvs.Remove(instance, env);
        Assert.Equal(WasmError.None, Instances.Free(instance));
        Assert.Equal(WasmError.None, Modules.Unload(module));
    }

    /// <summary>
    /// Imports f of a module, and exports run, which calls it with its own parameters, and
    /// many, which calls it as often as its parameter says.
    /// </summary>
    private static ModuleBuilder Caller(string type, string from = "host")
    {
        ModuleBuilder m = new();
        uint f = m.ImportFunction(from, "f", type);
        Code run = new(), many = new Code().Open(Opcode.Loop);
        for (uint n = 0; n < type.IndexOf(':'); n++)
        {
            run.Get(n);
            many.Get(0);
        }
        m.Function(type, run.Call(f), export: "run");
        many.Call(f);
        if (type.EndsWith('i')) many.Op(Opcode.Drop);
        m.Function("i:", many.Get(0).I32(1).Op(Opcode.I32Sub).Tee(0).Op(Opcode.BrIf, 0).End(), export: "many");
        return m;
    }

    [Theory]
    [InlineData(0, 0xFFFFFFFFu)]
    [InlineData(1, 0x80000005u)]
    [InlineData(2, 0xFFFFFFFFu)]
    [InlineData(3, 567u)]
    public void Arguments_and_result_come_through(int parameters, uint result)
    {
        string letters = new('i', parameters);
        ulong[] arguments = [.. ((ulong[])[5, 6, 7])[..parameters]];
        OnBoth(Caller($"{letters}:i"), world => Register(world, $"({letters})i", Function(parameters)), env =>
        {
            uint calls = 0;
            env->UserData = &calls;
            Assert.Equal(result, Guest.Call(env, "run", arguments));
        });
        OnBoth(Caller($"{letters}:"), world => Register(world, $"({letters})", Function(parameters)), env =>
        {
            uint calls = 0;
            env->UserData = &calls;
            Assert.Equal(WasmError.None, Guest.Try(env, "run", out _, arguments));
        });
    }

    [Fact]
    public void Trap_it_returns_ends_the_call_and_no_result_does()
    {
        delegate* unmanaged<ExecEnv*, uint, ulong> traps = &Traps;
        void* function = traps;
        foreach (string result in new[] { "", "i" })
        {
            OnBoth(Caller($"i:{result}"), world => Register(world, $"(i){result}", function), env =>
            {
                Assert.Equal(WasmError.BadAppAddress, Guest.Try(env, "run", out _, (ulong)WasmError.BadAppAddress));
                Assert.Equal(WasmError.BadAppAddress, env->Trap);
                Assert.Equal(WasmError.None, Guest.Try(env, "run", out _, 0));
            });
        }
    }

    [Fact]
    public void Fuel_is_counted_around_its_calls()
    {
        OnBoth(Caller("i:i"), world => Register(world, "(i)i", Function(1)), env =>
        {
            uint calls = 0;
            env->UserData = &calls;
            env->FuelLimited = 1;
            env->Fuel = 100_000;
            Assert.Equal(WasmError.None, Guest.Try(env, "many", out _, 20_000));
            Assert.Equal(20_000u, calls);
            env->Fuel = 100;
            calls = 0;
            Assert.Equal(WasmError.FuelExhausted, Guest.Try(env, "many", out _, 20_000));
            Assert.InRange(calls, 40u, 104u);
        });
    }

    [Theory]
    [InlineData("(i)i", "i:i", WasmError.None)]
    [InlineData("(iii)", "iii:", WasmError.None)]
    [InlineData("(i)i", "ii:i", WasmError.IncompatibleImportType)]
    [InlineData("(i)i", "i:", WasmError.IncompatibleImportType)]
    [InlineData("(iiii)", "iiii:", WasmError.BadSignature)]
    [InlineData("(i)ii", "i:ii", WasmError.BadSignature)]
    [InlineData("(I)", "I:", WasmError.BadSignature)]
    [InlineData("(i)I", "i:I", WasmError.BadSignature)]
    [InlineData("(f)", "f:", WasmError.BadSignature)]
    [InlineData("(r)", "r:", WasmError.BadSignature)]
    [InlineData("(*~)", "ii:", WasmError.BadSignature)]
    [InlineData("($)", "i:", WasmError.BadSignature)]
    public void Only_numbers_that_registers_hold_can_be_passed(string signature, string type, WasmError expected)
    {
        using World world = new();
        Register(world, signature, Function(1));
        ModuleBuilder m = new();
        m.ImportFunction("host", "f", type);
        Instance* instance;
        Assert.Equal(expected, world.TryInstantiate(world.Load(m), &instance));
    }

    [Fact]
    public void Row_without_a_signature_is_refused()
    {
        using World world = new();
        Assert.Equal(WasmError.None, HostFuncs.RegisterDirect(world.Rt, world.Text("host"), world.Text("f"), null, Function(1)));
        Assert.Equal(WasmError.BadSignature, world.Refusal(Caller("i:i")));
    }

    [Fact]
    public void Import_that_another_instance_hands_on_is_called_too()
    {
        ModuleBuilder lib = new();
        lib.Export("f", 0, lib.ImportFunction("host", "f", "ii:i"));
        OnBoth(Caller("ii:i", from: "lib"), world =>
        {
            Register(world, "(ii)i", Function(2));
            world.Instantiate(lib, "lib");
        }, env => Assert.Equal(5u, Guest.Call(env, "run", 12, 7)));
    }

    private static WasmError Slots(ExecEnv* env, void* slots, void* data)
    {
        ((uint*)slots)[0] += (uint)(nint)data;
        return WasmError.None;
    }

    private static WasmError Cells(ExecEnv* env, void* cells, void* data)
    {
        ((ulong*)cells)[0] += (uint)(nint)data;
        return WasmError.None;
    }

    [Theory]
    [InlineData((byte)HostForm.Slots)]
    [InlineData((byte)HostForm.Cells)]
    public void Other_forms_of_the_same_type_are_called_by_the_runtime(byte form)
    {
        HostFunc* row = (HostFunc*)NativeMemory.AllocZeroed((nuint)sizeof(HostFunc));
        try
        {
            OnBoth(Caller("i:i"), world =>
            {
                *row = new()
                {
                    Name = world.Text("f"),
                    Signature = world.Text("(i)i"),
                    Function = (HostForm)form == HostForm.Slots ? &Slots : &Cells,
                    UserData = (void*)1000,
                    Form = (HostForm)form,
                };
                Assert.Equal(WasmError.None, HostFuncs.Register(world.Rt, world.Text("host"), row, 1));
            }, env => Assert.Equal(1234u, Guest.Call(env, "run", 234)));
        }
        finally
        {
            NativeMemory.Free(row);
        }
    }

    [Fact]
    public void Import_that_is_bound_to_nothing_traps() =>
        OnBoth(Caller("i:i"), _ => { }, env => Assert.Equal(WasmError.UnlinkedFunction, Guest.Try(env, "run", out _, 1)),
            new() { AllowUnlinked = true });

    [Fact]
    public void Function_of_another_instance_is_called_by_the_runtime()
    {
        ModuleBuilder lib = new();
        lib.Function("i:i", new Code().Get(0).I32(9).Op(Opcode.I32Mul), export: "f");
        OnBoth(Caller("i:i", from: "lib"), world => world.Instantiate(lib, "lib"), env => Assert.Equal(63u, Guest.Call(env, "run", 7)));
    }
}
