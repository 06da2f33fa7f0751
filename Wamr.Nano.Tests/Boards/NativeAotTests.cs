// SPDX-License-Identifier: MIT
// The firmware that ILCompiler makes does what the firmware of translated C does, on the emulated Cortex-M7.
using System;
using System.IO;
using System.Text;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tool.Boards;
using Xunit;

namespace Wamr.Nano.Tests.Boards;

[Trait("Category", "Boards")]
public class NativeAotTests
{
    private static readonly SourceTree s_tree = new(Repository.PathOf("."));

    [NativeAotTheory]
    [InlineData("crc32", 30, 2330165701)]
    [InlineData("matmul", 3, 35158887)]
    [InlineData("sieve", 10, 1028)]
    [InlineData("nbody", 300, 4277180983)]
    [InlineData("fib", 20, 6765)]
    [InlineData("strstruct", 20, 3196530768)]
    [InlineData("list", 5, 347486646)]
    [InlineData("sha256", 200, 3899487609)]
    [InlineData("dispatch", 100, 2896470616)]
    public void Kernel_gives_its_known_result(string kernel, uint rounds, uint result)
    {
        AppPlan plan = new() { ModuleFile = Repository.PathOf($"bench/kernels/{kernel}.wasm"), Export = "run", Slots = [rounds] };
        Assert.Equal($"0x{result:x}:i32", Run(BoardInfo.NativeAot, plan).Run.Report("result"));
    }

    [NativeAotFact]
    public void Interpreter_reaches_each_instruction_by_a_table()
    {
        // 2.2 million in November 2026; 16.8 million with the comparisons that ILCompiler makes of a switch.
        const ulong most = 4_000_000;
        AppPlan plan = new() { ModuleFile = Repository.PathOf("bench/kernels/fib.wasm"), Export = "run", Slots = [20], Count = true };
        Assert.InRange((ulong)Run(BoardInfo.NativeAot, plan).Run.Figure("count", "instructions")!, 1ul, most);
    }

    [NativeAotFact]
    public void Sensor_app_prints_what_it_prints_on_the_firmware_of_translated_C() =>
        Same(new() { ModuleFile = Repository.PathOf("samples/sensor/sensor.wasm"), Export = "run", Slots = [10] });

    [NativeAotFact]
    public void WASI_app_prints_and_exits_as_on_the_firmware_of_translated_C() =>
        Same(new() { ModuleFile = Repository.PathOf("samples/hello/hello.wasm"), Arguments = ["hello", "5"], Environment = ["NAME=Nano"] });

    private static void Same(AppPlan plan)
    {
        var (machine, console) = Run(BoardInfo.NativeAot, plan);
        var (translated, expected) = Run(BoardInfo.TranslatedC, plan);
        Assert.NotEmpty(console);
        Assert.Equal(expected, console);
        Assert.Equal(translated.ExitCode, machine.ExitCode);
        Assert.Equal(translated.Reports, machine.Reports);
    }

    private static (BoardResult Run, string Console) Run(string backend, AppPlan plan)
    {
        BoardInfo board = s_tree.Board("mps2-an500");
        string elf = FirmwareLink.Link(new(s_tree, board, new() { Backend = backend }), plan);
        using MemoryStream output = new();
        BoardResult result = BoardRun.Run(board, elf, output, plan.Count, TimeSpan.FromMinutes(2));
        return (result, Encoding.UTF8.GetString(output.ToArray()));
    }
}

/// <summary>A test that needs the tools of an Arm board: skipped where they are absent, except on the build server.</summary>
internal sealed class NativeAotFactAttribute : FactAttribute
{
    public NativeAotFactAttribute() => Skip = Missing();

    internal static string? Missing()
    {
        foreach (string program in new[] { "arm-none-eabi-gcc", "qemu-system-arm" })
            if (!Shared.OnCi && ExternalProgram.Locate(program) == null) return $"{program} is not installed";
        return null;
    }
}

/// <summary>The same for a table of cases.</summary>
internal sealed class NativeAotTheoryAttribute : TheoryAttribute
{
    public NativeAotTheoryAttribute() => Skip = NativeAotFactAttribute.Missing();
}
