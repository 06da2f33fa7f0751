// SPDX-License-Identifier: MIT
// Bytecode images on boards: one image for all of them, run where it lies, by a firmware that needs no more than the interpreter.
using System.IO;
using System.Linq;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Xip;
using Wamr.Nano.Tool.Build;
using Wamr.Nano.Tool.Emulate;
using Wamr.Nano.Tool.Measure;
using Wamr.Nano.Xip;
using Xunit;
using Xunit.Abstractions;

namespace Wamr.Nano.Tests.Slow.Boards;

[Trait("Category", "Boards")]
public class BytecodeRunTests(ITestOutputHelper output)
{
    private const uint KernelPool = 64 << 10;

    private static readonly FirmwareOptions Profile = new() { Profile = "bytecode" };

    public static TheoryData<string> Small => BoardKit.Names(board => board.IsFreestanding);

    public static TheoryData<string> Large => BoardKit.Names(board => board.IsFreestanding && BoardKit.HasPool(board, KernelPool));

    /// <summary>The plan with an image in place of its module: the same for every board.</summary>
    private static AppPlan Compiled(AppPlan plan) =>
        plan with { ModuleFile = BoardKit.FileOf(ImageCompiler.CompileBytecode(File.ReadAllBytes(plan.ModuleFile), new(), 4)) };

    [BoardTheory]
    [MemberData(nameof(Large))]
    public void Kernels_give_their_results(string board)
    {
        foreach (var (kernel, argument, expected) in new[] { ("crc32", 30u, 2330165701u),
            ("dispatch", 100u, 2896470616u), ("fib", 20u, 6765u) })
        {
            AppPlan plan = Compiled(BoardKit.Function($"bench/kernels/{kernel}.wasm", "run", argument));
            Assert.Equal((kernel, $"0x{expected:x}:i32"), (kernel, BoardKit.Run(board, plan, Profile).Result.Report("result")));
        }
    }

    [BoardTheory]
    [MemberData(nameof(Small))]
    public void Sensor_app_prints_what_it_prints_from_its_binary_and_lies_in_flash(string board)
    {
        AppPlan plan = BoardKit.Function("samples/sensor/sensor.wasm", "run", 16);
        var (_, expected) = BoardKit.Run(board, plan);
        var (result, console) = BoardKit.Run(board, Compiled(plan), Profile);
        Assert.Equal(expected, console);
        ImagePlace place = ImagePlace.Of(result)!;
        Assert.True(place.RanInPlace);
        Assert.Equal("flash", ImagePlace.AreaOf(BoardKit.Tree.Board(board), place.CodeAt)?.Name);
        Assert.InRange(result.Figure("pool", "module")!.Value, 1u, 200u);
    }

    [BoardTheory]
    [InlineData("mps2-an386")]
    public void Forged_image_is_refused_on_the_board(string board)
    {
        byte[] image = ImageCompiler.CompileBytecode(File.ReadAllBytes(Repository.PathOf("bench/footprint/add.wasm")), new(), 4);
        // The last instruction returns a slot: one far behind the frame.
        image[^3] = 0xFF;
        AppPlan plan =
            BoardKit.Function("bench/footprint/add.wasm", "add", 1, 2) with { ModuleFile = BoardKit.FileOf(ImageKit.Seal(image)) };
        Assert.StartsWith($"{(int)WasmError.BadRegisterCode}", BoardKit.Run(board, plan, Profile).Result.Report("error"));
    }

    [BoardTheory]
    [InlineData("mps2-an386")]
    public void Firmware_has_neither_loader_nor_validator_nor_precompiler(string board)
    {
        FirmwareSections size = Flash(board, "bytecode"), interp = Flash(board, "interp");
        output.WriteLine($"bytecode: {size.Flash} B of flash, interp: {interp.Flash} B");
        string elf =
            FirmwareLink.Link(new(BoardKit.Tree, BoardKit.Tree.Board(board), Profile), new() { ModuleFile = BoardKit.Tree.EmptyModule });
        string[] names = [.. FirmwareSections.Largest(elf, 10_000).Select(symbol => symbol.Name)];
        Assert.Contains(names, name => name.StartsWith("BytecodeCheck", System.StringComparison.Ordinal));
        foreach (string absent in new[] { "ModuleLoader", "SectionScan", "Validator", "OperandStack", "FunctionLowering",
            "LowerNumeric", "NativeEngine" })
            Assert.DoesNotContain(names, name => name.StartsWith(absent, System.StringComparison.Ordinal));
        Assert.True(size.Flash < interp.Flash);
    }

    private static FirmwareSections Flash(string board, string profile) =>
        FirmwareSections.Of(FirmwareLink.Link(new(BoardKit.Tree, BoardKit.Tree.Board(board), new() { Profile = profile }),
            new() { ModuleFile = BoardKit.Tree.EmptyModule }));

    [BoardTheory]
    [InlineData("mps2-an386", "bench/footprint/add.wasm", "add", 1, 2, 600)]
    [InlineData("mps2-an386", "bench/footprint/app_hb.wasm", "run", 3, 5, 1328 + 700)]
    public void Smallest_pool_is(string board, string module, string export, uint a, uint b, uint most)
    {
        AppPlan plan =
            Compiled(BoardKit.Function(module, export, a, b)) with { StackBytes = 512, PoolBytes = 4 << 10, NativeStackBytes = 3 << 10 };
        Measured image = Measuring.Of(BoardKit.Tree, BoardKit.Tree.Board(board), plan);
        output.WriteLine($"{module}: {image.SmallestPool} B, native stack: load {image.LoadStack}, instantiate {image.InstantiateStack}, "
            + $"call {image.CallStack} B");
        Assert.InRange(image.SmallestPool, 1u, most + 512);
    }
}
