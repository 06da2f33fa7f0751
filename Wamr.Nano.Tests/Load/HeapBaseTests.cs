// SPDX-License-Identifier: MIT
// Where linear memory is cut off, and what is known of the C shadow stack.
using System.IO;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Load;

public unsafe class HeapBaseTests
{
    [Theory]
    [InlineData(1040, 1200, 1200u)]
    [InlineData(1200, 1200, 1200u)]
    [InlineData(1040, 1201, 1208u)]
    [InlineData(0, 65536, 0u)]
    [InlineData(0, 65529, 0u)]
    [InlineData(0, 65528, 65528u)]
    [InlineData(1201, 1208, 1208u)]
    [InlineData(108, 108, 112u)]
    [InlineData(1209, 1208, 0u)]
    [InlineData(-16, -1, 0u)]
    public void Memory_ends_at_the_heap_base_rounded_up(int dataEnd, int heapBase, uint expected) =>
        Assert.Equal(expected, Load(C(dataEnd, heapBase)).Memory.TruncatedBytes);

    [Fact]
    public void Memory_that_grows_is_left_whole()
    {
        ModuleBuilder m = C(1040, 1200);
        m.Function("i:i", new Code().Get(0).Op(Opcode.MemoryGrow, 0));
        ModuleInfo module = Load(m);
        Assert.Equal((0u, 1), (module.Memory.TruncatedBytes, module.Memory.MayGrow));
    }

    [Fact]
    public void Memory_that_is_measured_is_left_whole()
    {
        ModuleBuilder m = C(1040, 1200);
        m.Function(":i", new Code().Op(Opcode.MemorySize, 0));
        Assert.Equal(0u, Load(m).Memory.TruncatedBytes);
    }

    [Fact]
    public void Memory_fill_does_not_count_as_growing()
    {
        ModuleBuilder m = C(1040, 1200);
        m.Function(":", new Code().I32(0).I32(0).I32(0).Op(Opcode.MemoryFill, 0));
        Assert.Equal(1200u, Load(m).Memory.TruncatedBytes);
    }

    [Fact]
    public void Imported_memory_is_left_whole()
    {
        ModuleBuilder m = new();
        m.ImportMemory("env", "memory", 1);
        Globals(m, 1040, 1200);
        Assert.Equal(0u, Load(m).Memory.TruncatedBytes);
    }

    [Theory]
    [InlineData(1196, 1200u)]
    [InlineData(1197, 0u)]
    [InlineData(-1, 0u)]
    public void Memory_is_left_whole_where_data_would_lie_beyond(int offset, uint expected)
    {
        ModuleBuilder m = C(1040, 1200);
        m.Data(offset, 1, 2, 3, 4);
        Assert.Equal(expected, Load(m).Memory.TruncatedBytes);
    }

    [Fact]
    public void Passive_data_does_not_keep_memory_whole()
    {
        ModuleBuilder m = C(1040, 1200);
        m.PassiveData(new byte[2000]);
        Assert.Equal(1200u, Load(m).Memory.TruncatedBytes);
    }

    [Fact]
    public void Both_globals_must_be_exported_immutable_constants()
    {
        ModuleBuilder one = new(), mutable = new(), computed = new();
        one.Memory(1);
        one.Global('i', new Code().I32(1200), export: "__heap_base");
        mutable.Memory(1);
        mutable.Global('i', new Code().I32(1200), mutable: true, export: "__heap_base");
        mutable.Global('i', new Code().I32(1040), export: "__data_end");
        computed.Memory(1);
        computed.Global('i', new Code().I32(1000).I32(200).Op(Opcode.I32Add), export: "__heap_base");
        computed.Global('i', new Code().I32(1040), export: "__data_end");
        foreach (ModuleBuilder m in new[] { one, mutable, computed })
        {
            ModuleInfo module = Load(m);
            Assert.Equal((0u, 0u), (module.Memory.TruncatedBytes, module.AuxStack.HeapBase));
        }
    }

    [Fact]
    public void Stack_above_the_data_ends_at_the_data()
    {
        AuxStack stack = Load(C(1041, 2080, 2080, framed: true)).AuxStack;
        Assert.Equal((0u, 2080u, 2080u - 1056u), (stack.Global, stack.Bottom, stack.Size));
        Assert.Equal((1041u, 2080u), (stack.DataEnd, stack.HeapBase));
    }

    [Fact]
    public void Stack_below_the_data_ends_at_zero()
    {
        AuxStack stack = Load(C(2048, 2080, 1024, framed: true)).AuxStack;
        Assert.Equal((0u, 1024u, 1024u), (stack.Global, stack.Bottom, stack.Size));
    }

    [Fact]
    public void Without_a_stack_pointer_nothing_is_checked()
    {
        AuxStack stack = Load(C(1040, 2080, 4096, framed: true)).AuxStack;
        Assert.Equal((Module.NoIndex, 2080u, 0u), (stack.Global, stack.Bottom, stack.Size));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(0)]
    [InlineData(1032)]
    [InlineData(1024)]
    [InlineData(1056)]
    [InlineData(2064)]
    public void Variable_that_begins_where_no_stack_does_is_not_taken_for_its_pointer(int value)
    {
        ModuleBuilder m = C(1041, 2080, value, framed: true);
        m.Data(1000, 1, 2, 3);
        Assert.Equal((Module.NoIndex, 0u), (Load(m).AuxStack.Global, Load(m).AuxStack.Size));
    }

    [SharedFact("bench")]
    public void Modules_of_clang_are_truncated_as_their_exports_say()
    {
        byte[] with = File.ReadAllBytes(Path.Combine(Shared.PathOf("bench"), "app_hb.wasm"));
        byte[] without = File.ReadAllBytes(Path.Combine(Shared.PathOf("bench"), "app_nohb.wasm"));
        ModuleInfo module = Load(with);
        Assert.Equal((1328u, 1328u, 1024u), (module.Memory.TruncatedBytes, module.AuxStack.Bottom, module.AuxStack.Size));
        Assert.Equal(0u, Load(without).Memory.TruncatedBytes);
    }

    /// <summary>A module as clang links it: a page of memory, the stack pointer, and the two exports.</summary>
    private static ModuleBuilder C(int dataEnd, int heapBase, int? stackPointer = null, bool framed = false)
    {
        ModuleBuilder m = new();
        m.Memory(1);
        if (stackPointer is int pointer) m.Global('i', new Code().I32(pointer), mutable: true);
        Globals(m, dataEnd, heapBase);
        if (framed) m.Function(":", CFrame.Taken(0, 16).Raw(CFrame.GivenBack(0, 16).Bytes), "i");
        return m;
    }

    private static void Globals(ModuleBuilder m, int dataEnd, int heapBase)
    {
        m.Global('i', new Code().I32(dataEnd), export: "__data_end");
        m.Global('i', new Code().I32(heapBase), export: "__heap_base");
    }

    /// <summary>A copy of what the module consists of.</summary>
    private static ModuleInfo Load(ModuleBuilder m) => Load(m.Build());

    private static ModuleInfo Load(byte[] binary)
    {
        ModuleInfo copy = default;
        using LoadHarness harness = new();
        Assert.Equal(WasmError.None, harness.Load(binary, module => copy = *module->Info));
        return copy;
    }
}
