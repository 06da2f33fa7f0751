// SPDX-License-Identifier: MIT
// Instantiation: parts of an instance, their cost, order of segments, failures that leave nothing behind.
using System;
using System.Linq;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Run;

public unsafe class InstancesTests
{
    /// <summary>Header of a block of the allocator, rounding included.</summary>
    private static uint Block(uint size) => (size + 4 + 7) & ~7u;

    private static ModuleBuilder Add()
    {
        ModuleBuilder m = new();
        m.Function("ii:i", new Code().Get(0).Get(1).Op(Opcode.I32Add), export: "add");
        return m;
    }

    private const System.Reflection.BindingFlags Fields =
        System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic;

    /// <summary>Size of a struct on a machine with pointers of 4 bytes.</summary>
    private static int SizeOn32Bit(Type type)
    {
        int at = 0, align = 1;
        foreach (System.Reflection.FieldInfo field in type.GetFields(Fields))
        {
            Type t = field.FieldType.IsEnum ? Enum.GetUnderlyingType(field.FieldType) : field.FieldType;
            int size = t.IsPointer || t.IsFunctionPointer || t == typeof(nuint) ? 4 : System.Runtime.InteropServices.Marshal.SizeOf(t);
            at = (at + size - 1) / size * size + size;
            align = Math.Max(align, size);
        }
        return (at + align - 1) / align * align;
    }

    [Fact]
    public void Headers_take_as_few_bytes_on_a_32_bit_machine_as_documented()
    {
        Assert.Equal(48, SizeOn32Bit(typeof(Instance)));
        Assert.Equal(28, SizeOn32Bit(typeof(MemoryInst)));
        Assert.Equal(20, SizeOn32Bit(typeof(TableInst)));
        Assert.Equal(12, SizeOn32Bit(typeof(FuncBinding)));
        Assert.Equal(80, SizeOn32Bit(typeof(ExecEnv)));
    }

    [Fact]
    public void Instance_without_memory_or_table_takes_one_block_of_its_header()
    {
        using World world = new();
        world.Instantiate(Add());
        Assert.Equal(Block((uint)sizeof(Instance)), world.InstanceBytes);
    }

    [Fact]
    public void Each_part_of_an_instance_costs_exactly_its_bytes()
    {
        using World world = new();
        ModuleBuilder m = Add();
        m.ImportFunction("host", "unbound", ":");
        m.Memory(1000, pageOfOneByte: true);
        m.Table(5);
        m.Global('i', new Code().I32(1));
        m.Global('I', new Code().I64(2));
        m.Data(0, 1, 2, 3);
        world.Instantiate(m, args: new InstantiateArgs { AllowUnlinked = true });
        int pointers = sizeof(Instance) + sizeof(MemoryInst) + sizeof(TableInst) + sizeof(TableInst*) + sizeof(FuncBinding);
        uint header = (uint)pointers + 4 + 8 + 4;
        Assert.Equal(Block(header) + Block(1000) + Block(20), world.InstanceBytes);
    }

    [Fact]
    public void Freed_instances_give_their_numbers_and_memory_back()
    {
        using World world = new();
        Module* module = world.Load(Add());
        uint before = world.Pool.Statistics.Used;
        Instance*[] all = new Instance*[9];
        for (int round = 0; round < 3; round++)
        {
            for (int i = 0; i < 9; i++)
            {
                Instance* instance;
                Assert.Equal(WasmError.None, world.TryInstantiate(module, &instance));
                Assert.Equal(i + 1, instance->Id);
                all[i] = instance;
            }
            Assert.Equal(9u, LoadedModule.Of(module)->Instances);
            Assert.Equal(WasmError.ModuleInUse, Modules.Unload(module));
            Assert.Equal((ErrorInfo.Unknown, ErrorInfo.Unknown), (world.Rt->Error.Offset, world.Rt->Error.Index));
            for (int i = 0; i < 9; i++) Assert.Equal(WasmError.None, Instances.Free(all[(i * 4 + round) % 9]));
            Assert.Equal(before, world.Pool.Statistics.Used);
            Assert.Equal(0u, LoadedModule.Of(module)->Instances);
        }
    }

    [Fact]
    public void Instance_with_an_environment_cannot_be_freed()
    {
        using World world = new();
        Instance* instance = world.Instantiate(Add());
        ExecEnv* env = World.Env(instance);
        Assert.Equal(WasmError.InstanceInUse, Instances.Free(instance));
        Assert.Equal(WasmError.None, ExecEnvs.Free(env));
        Assert.Equal(WasmError.None, Instances.Free(instance));
        Assert.Equal(0u, world.InstanceBytes);
    }

    [Fact]
    public void Globals_may_use_earlier_ones_and_extended_constants()
    {
        using World world = new();
        ModuleBuilder provider = new();
        provider.Global('i', new Code().I32(7), export: "seven");
        provider.Global('I', new Code().I64(long.MinValue), export: "low");
        world.Instantiate(provider, "env");

        ModuleBuilder m = new();
        uint seven = m.ImportGlobal("env", "seven", 'i');
        uint low = m.ImportGlobal("env", "low", 'I');
        Code sum = new Code().Op(Opcode.GlobalGet, seven).I32(5).Op(Opcode.I32Mul).I32(2).Op(Opcode.I32Sub);
        uint own = m.Global('i', sum, export: "33");
        m.Global('I', new Code().Op(Opcode.GlobalGet, low).I64(1).Op(Opcode.I64Sub), export: "max");
        m.Global('i', new Code().Op(Opcode.GlobalGet, own).I32(-34).Op(Opcode.I32Add), export: "-1");
        m.Global('f', new Code().F32(1.5f), mutable: true, export: "f");
        m.Global('F', new Code().F64(-2.5), export: "d");
        Instance* instance = world.Instantiate(m);
        Assert.Equal(33u, World.Global(instance, "33"));
        Assert.Equal((ulong)long.MaxValue, World.Global(instance, "max"));
        Assert.Equal(uint.MaxValue, World.Global(instance, "-1"));
        Assert.Equal(BitConverter.SingleToUInt32Bits(1.5f), World.Global(instance, "f"));
        Assert.Equal(BitConverter.DoubleToUInt64Bits(-2.5), World.Global(instance, "d"));
    }

    [Fact]
    public void Deepest_constant_expression_that_is_valid_is_evaluated()
    {
        using World world = new();
        Code code = new();
        for (int i = 0; i < Config.MaxConstOperands; i++) code.I32(1 << i);
        for (int i = 1; i < Config.MaxConstOperands; i++) code.Op(Opcode.I32Add);
        ModuleBuilder m = new();
        m.Global('i', code, export: "sum");
        Assert.Equal(0xFFFFu, World.Global(world.Instantiate(m), "sum"));
    }

    [Fact]
    public void Segments_before_one_that_fails_stay_written_in_imported_memory()
    {
        using World world = new();
        ModuleBuilder owner = new();
        owner.Memory(1, export: "m");
        Instance* target = world.Instantiate(owner, "env");

        ModuleBuilder m = new();
        m.ImportMemory("env", "m", 1);
        m.Data(8, 1, 2, 3);
        m.Data(0xFFFE, 4, 5, 6);
        m.Data(16, 7);
        Assert.Equal(WasmError.MemoryOutOfBounds, world.Refusal(m));
        Assert.Equal(1u, world.Rt->Error.Index);
        Assert.Equal(new byte[] { 1, 2, 3 }, World.Bytes(target, 8, 3));
        Assert.Equal(new byte[] { 0, 0 }, World.Bytes(target, 0xFFFE, 2));
        Assert.Equal(0, World.Bytes(target, 16, 1)[0]);
    }

    [Theory]
    [InlineData(0, 10, true)]
    [InlineData(9, 1, true)]
    [InlineData(10, 0, true)]
    [InlineData(10, 1, false)]
    [InlineData(11, 0, false)]
    [InlineData(9, 2, false)]
    [InlineData(-1, 1, false)]
    [InlineData(-1, 0, false)]
    [InlineData(int.MinValue, 1, false)]
    public void Active_segments_must_fit_to_the_byte(int offset, int count, bool fits)
    {
        using World world = new();
        ModuleBuilder data = new();
        data.Memory(10, pageOfOneByte: true);
        data.Data(offset, new byte[count]);
        ModuleBuilder elements = new();
        elements.Table(10);
        uint f = elements.Function(":", new Code());
        elements.Elements(offset, Enumerable.Repeat(f, count).ToArray());
        Instance* instance;
        Assert.Equal(fits ? WasmError.None : WasmError.MemoryOutOfBounds, world.TryInstantiate(world.Load(data), &instance));
        Assert.Equal(fits ? WasmError.None : WasmError.TableOutOfBounds, world.TryInstantiate(world.Load(elements), &instance));
    }

    [Fact]
    public void Active_segments_are_dropped_and_passive_ones_stay()
    {
        using World world = new();
        ModuleBuilder m = new();
        m.Memory(1);
        m.Table(4);
        uint f = m.Function(":", new Code());
        m.Data(0, 1);
        m.PassiveData(2);
        m.Elements(1, f);
        m.PassiveElements(f);
        Instance* i = world.Instantiate(m);
        Assert.True(Segments.IsDataDropped(i, 0));
        Assert.False(Segments.IsDataDropped(i, 1));
        Assert.True(Segments.IsElemDropped(i, 0));
        Assert.False(Segments.IsElemDropped(i, 1));
        Assert.Equal(new uint[] { 0, FuncRef.Of(i, f), 0, 0 }, World.Elements(i));
    }

    [Fact]
    public void Every_failing_allocation_of_an_instantiation_is_clean()
    {
        ModuleBuilder m = new();
        m.Memory(2);
        m.Table(3);
        m.Table(9, type: 'r');
        uint f = m.Function(":", new Code());
        m.Elements(0, f, f);
        m.Data(0, 1, 2, 3);
        m.Global('I', new Code().I64(5));
        using Pool pool = new();
        Core.Run.Runtime* rt = pool.Runtime;
        Runtimes.Init(rt, null, Features.All);
        byte[] bytes = m.Build();
        fixed (byte* p = bytes)
        {
            nint at = (nint)p;
            uint allocations = FailingAllocations.All(pool, () => LoadAndRun(rt, (byte*)at, (uint)bytes.Length));
            Assert.True(allocations >= 7, $"{allocations} allocations");
        }
    }

    private static WasmError LoadAndRun(Core.Run.Runtime* rt, byte* bytes, uint size)
    {
        Module* module;
        WasmError error = ModuleLoader.Load(rt, bytes, size, &module);
        if (error != WasmError.None) return error;
        InstantiateArgs args = new() { HeapBytes = 512 };
        Instance* instance;
        error = Instances.Create(module, &args, &instance);
        if (error == WasmError.None)
        {
            ExecEnv* env;
            error = ExecEnvs.Create(instance, 256, &env);
            if (error == WasmError.None) ExecEnvs.Free(env);
            Instances.Free(instance);
        }
        Modules.Unload(module);
        return error;
    }
}
