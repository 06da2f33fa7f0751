// SPDX-License-Identifier: MIT
// Both sides of each limit that docs/LIMITS.md names, and that the page names the ones there are.
using System;
using System.Globalization;
using System.IO;
using System.Linq;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Load;

public unsafe class LimitTests
{
    private static ModuleBuilder Items(string kind, int count)
    {
        ModuleBuilder m = new();
        if (kind is "functions" or "exports") m.Function(":", new Code());
        for (int i = 0; i < count; i++)
        {
            switch (kind)
            {
                case "types": m.Type(Numbered(i)); break;
                case "functions": if (i != 0) m.Function(":", new Code()); break;
                case "imported and own functions": if (i % 2 == 0) m.ImportFunction("m", "f", ":"); break;
                case "imports": m.ImportFunction("m", "f", ":"); break;
                case "exports": m.Export(i.ToString(CultureInfo.InvariantCulture), 0, 0); break;
                case "globals": m.Global('i', new Code().I32(0)); break;
                case "slots of wide globals": if (i % 2 == 0) m.Global('I', new Code().I64(0)); break;
                case "tables": m.Table(0); break;
                case "data segments": m.PassiveData(); break;
                default: m.PassiveElements(); break;
            }
        }
        for (int i = 1; kind == "imported and own functions" && i < count; i += 2) m.Function(":", new Code());
        return m;
    }

    /// <summary>A type of its own for each number: its bits as parameters.</summary>
    private static string Numbered(int i) => string.Concat(Enumerable.Range(0, 17).Select(bit => (i >> bit & 1) == 0 ? 'i' : 'I')) + ":";

    [Theory]
    [InlineData("types")]
    [InlineData("functions")]
    [InlineData("imported and own functions")]
    [InlineData("imports")]
    [InlineData("exports")]
    [InlineData("globals")]
    [InlineData("slots of wide globals")]
    [InlineData("tables")]
    [InlineData("data segments")]
    [InlineData("element segments")]
    public void Items_are_as_many_as_16_bits_count(string kind)
    {
        const int Most = (int)Config.MaxItems;
        using LoadHarness harness = new(64 << 20);
        // Two slots each: the last even number is the most.
        Assert.Equal(WasmError.None, harness.Load(Items(kind, kind == "slots of wide globals" ? Most - 1 : Most).Build()));
        Assert.Equal(WasmError.TooManyItems, harness.Load(Items(kind, Most + 1).Build()));
    }

    [Theory]
    [InlineData(131_071, WasmError.None)]
    [InlineData(131_072, WasmError.FunctionTooLarge)]
    public void Blocks_nest_so_deep(int depth, WasmError expected)
    {
        ModuleBuilder m = new();
        byte[] open = [.. Enumerable.Repeat<byte[]>([0x02, 0x40], depth).SelectMany(pair => pair)];
        m.RawFunction(":", [0, .. open, .. Enumerable.Repeat((byte)0x0B, depth + 1)]);
        using LoadHarness harness = new(64 << 20);
        Assert.Equal(expected, harness.Load(m.Build()));
    }

    /// <summary>A table of that many labels and the default, in a function that is else short, or long.</summary>
    [Theory]
    [InlineData(32_000, false, WasmError.None)]
    [InlineData(33_000, false, WasmError.FunctionTooLarge)]
    [InlineData(65_536, false, WasmError.FunctionTooLarge)]
    [InlineData(10_922, true, WasmError.None)]
    [InlineData(10_923, true, WasmError.FunctionTooLarge)]
    public void Branch_tables_have_so_many_labels(int labels, bool isLong, WasmError expected)
    {
        Code body = new Code().Open(Opcode.Block).Get(0).Op(Opcode.BrTable, [(uint)labels, .. Enumerable.Repeat(0u, labels + 1)]).End();
        for (int i = 0; isLong && i < 12_000; i++) body.Get(0).I32(3).Op(Opcode.I32DivS).Set(0);
        ModuleBuilder m = new();
        m.Function("i:", body);
        using LoadHarness harness = new(64 << 20);
        Assert.Equal(expected, harness.Load(m.Build()));
    }

    [Theory]
    [InlineData(10_000_000, WasmError.None)]
    [InlineData(10_000_001, WasmError.TableTooLarge)]
    public void Tables_have_so_many_elements(uint size, WasmError expected)
    {
        using World world = new(64 << 20);
        ModuleBuilder m = new();
        m.Table(size);
        Module* module;
        Assert.Equal(WasmError.None, world.TryLoad(m.Build(), &module));
        Instance* instance;
        Assert.Equal(expected, world.TryInstantiate(module, &instance));
    }

    [Fact]
    public void Instances_are_as_many_as_12_bits_count()
    {
        using World world = new(8 << 20);
        ModuleBuilder m = new();
        Module* module = world.Load(m);
        Instance* instance;
        for (uint i = 0; i < Config.MaxInstances; i++) Assert.Equal(WasmError.None, world.TryInstantiate(module, &instance));
        Assert.Equal(WasmError.TooManyInstances, world.TryInstantiate(module, &instance));
    }

    [Fact]
    public void Page_names_the_limits_there_are()
    {
        string[][] rows =
            [.. File.ReadAllLines(Repository.PathOf("docs/LIMITS.md")).Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))];
        (string Row, uint Limit)[] limits =
        [
            ("types", Config.MaxItems), ("functions", Config.MaxItems), ("imports", Config.MaxItems), ("exports", Config.MaxItems),
            ("globals", Config.MaxItems),
            ("tables", Config.MaxItems), ("data segments", Config.MaxItems), ("element segments", Config.MaxItems),
            ("pages", Config.MaxMemoryBytes >> Config.PageShift),
            ("elements of a table", Config.MaxTableSize), ("parameters, of", Config.MaxParams), ("results", Config.MaxParams),
            ("locals", Config.MaxLocals),
            ("slots of 32", Config.MaxFrameSlots), ("operands of a constant", Config.MaxConstOperands),
            ("bytes of register code", Precompiler.MaxUnits * 2),
            ("instances", Config.MaxInstances), ("parameters of a host function that receives", Config.MaxHostCells),
            ("parameters of a host function that is", Config.MaxDirectParams),
        ];
        foreach ((string row, uint limit) in limits)
            Assert.Equal(limit.ToString("N0", CultureInfo.InvariantCulture),
                Assert.Single(rows, cells => cells[1].StartsWith(row, StringComparison.Ordinal))[2]);
    }
}
