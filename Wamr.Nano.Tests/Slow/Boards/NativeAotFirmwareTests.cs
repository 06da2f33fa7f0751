// SPDX-License-Identifier: MIT
// The firmware that ILCompiler makes does what the firmware of translated C does, on the emulated Cortex-M7.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Build;
using Wamr.Nano.Tool.Emulate;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Boards;

[Trait("Category", "Boards")]
public class NativeAotFirmwareTests
{
    private static readonly SourceTree s_tree = new(Repository.PathOf("."));

    [NativeAotTheory]
    [MemberData(nameof(Kernels.Results), MemberType = typeof(Kernels))]
    public void Kernel_gives_its_known_result(string kernel, int rounds, uint result)
    {
        AppPlan plan = new() { ModuleFile = Kernels.PathOf(kernel), Export = "run", Slots = [(uint)rounds] };
        Assert.Equal($"0x{result:x}:i32", Run(BoardInfo.NativeAot, plan).Run.Report("result"));
    }

    [NativeAotFirmwareFact]
    public void Interpreter_reaches_each_instruction_by_a_table()
    {
        // 2.2 million in November 2026; 16.8 million with the comparisons that ILCompiler makes of a switch.
        const ulong most = 4_000_000;
        AppPlan plan =
            new() { ModuleFile = Repository.PathOf("bench/kernels/fib.wasm"), Export = "run", Slots = [20], Mode = PlanMode.RunAndCount };
        Assert.InRange((ulong)Run(BoardInfo.NativeAot, plan).Run.Figure("count", "instructions")!, 1ul, most);
    }

    [NativeAotFirmwareFact]
    public void Sensor_app_prints_what_it_prints_on_the_firmware_of_translated_C() =>
        Same(new() { ModuleFile = Repository.PathOf("samples/sensor/sensor.wasm"), Export = "run", Slots = [10] });

    [NativeAotFirmwareFact]
    public void WASI_app_prints_and_exits_as_on_the_firmware_of_translated_C() =>
        Same(new() { ModuleFile = Repository.PathOf("samples/hello/hello.wasm"), Arguments = ["hello", "5"], Environment = ["NAME=Nano"] });

    [NativeAotFirmwareFact]
    public void Numeric_instructions_and_misaligned_accesses_give_what_they_give_on_NET()
    {
        string bits = OnBoard(NumericSweep.Instructions);
        if (bits == OnNet(NumericSweep.Instructions)) return;
        Assert.Fail("other results: " + string.Join(", ", NumericSweep.Instructions.Where(op => OnBoard([op]) != OnNet([op]))));
    }

    [NativeAotTheory]
    [InlineData(nameof(Opcode.Unreachable))]
    [InlineData(nameof(Opcode.I32DivU))]
    [InlineData(nameof(Opcode.I32Load))]
    [InlineData(nameof(Opcode.I32TruncF64S))]
    [InlineData(nameof(Opcode.Call))]
    public void Trap_is_reported_as_by_the_firmware_of_translated_C(string trap)
    {
        Code code = trap switch
        {
            nameof(Opcode.Unreachable) => new Code().Op(Opcode.Unreachable),
            nameof(Opcode.I32DivU) => new Code().I32(1).Get(0).Op(Opcode.I32DivU).Op(Opcode.Drop),
            nameof(Opcode.I32Load) => new Code().I32(-1).Op(Opcode.I32Load, 0, 0).Op(Opcode.Drop),
            nameof(Opcode.I32TruncF64S) => new Code().F64(1e10).Op(Opcode.I32TruncF64S).Op(Opcode.Drop),
            _ => new Code().Get(0).Call(0), // endless recursion
        };
        ModuleBuilder module = new();
        module.Memory(1);
        uint inner = module.Function("i:", code);
        module.Function("i:", new Code().Get(0).Call(inner), export: "run");
        BoardResult run = Same(new() { ModuleFile = Write(module.Build()), Export = "run", Slots = [0] });
        Assert.NotNull(run.Report("trap"));
    }

    [NativeAotTheory]
    [InlineData(20)]
    [InlineData(100)]
    [InlineData(600)]
    public void Damaged_module_is_refused_as_on_the_firmware_of_translated_C(int keep)
    {
        byte[] sensor = File.ReadAllBytes(Repository.PathOf("samples/sensor/sensor.wasm"));
        BoardResult run = Same(new() { ModuleFile = Write(sensor[..keep]), Export = "run", Slots = [1] });
        Assert.NotNull(run.Report("error"));
    }

    [NativeAotFirmwareFact]
    public void Pool_that_is_too_small_is_reported_as_by_the_firmware_of_translated_C()
    {
        BoardResult run =
            Same(new() { ModuleFile = Repository.PathOf("samples/sensor/sensor.wasm"), Export = "run", Slots = [1], PoolBytes = 2048 });
        Assert.NotNull(run.Report("error"));
    }

    private static string OnBoard(IEnumerable<Opcode> instructions) =>
        Run(BoardInfo.NativeAot,
            new() { ModuleFile = Write(NumericSweep.Module(instructions)), Export = NumericSweep.Export }).Run.Report("result") ?? "none";

    private static string OnNet(IEnumerable<Opcode> instructions)
    {
        using NanoRuntime runtime = new(4 << 20);
        NanoInstance instance = runtime.LoadModule(NumericSweep.Module(instructions)).Instantiate();
        return $"0x{(ulong)instance.GetFunc<long>(NumericSweep.Export)():x}:i64";
    }

    /// <summary>A file with these contents, among the build's artifacts.</summary>
    private static string Write(byte[] module)
    {
        string file = Path.Combine(s_tree.Artifacts, "tests", Convert.ToHexString(SHA256.HashData(module))[..16] + ".wasm");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, module);
        return file;
    }

    private static BoardResult Same(AppPlan plan)
    {
        var (machine, console) = Run(BoardInfo.NativeAot, plan);
        var (translated, expected) = Run(BoardInfo.TranslatedC, plan);
        Assert.Equal(expected, console);
        Assert.Equal(translated.ExitCode, machine.ExitCode);
        Assert.Equal(translated.Reports, machine.Reports);
        return machine;
    }

    private static (BoardResult Run, string Console) Run(string backend, AppPlan plan)
    {
        BoardInfo board = s_tree.Board("mps2-an500");
        string elf = FirmwareLink.Link(new(s_tree, board, new() { Backend = backend }), plan);
        using MemoryStream output = new();
        BoardResult result = BoardRun.Run(board, elf, output, plan.Mode == PlanMode.RunAndCount, TimeSpan.FromMinutes(2));
        return (result, Encoding.UTF8.GetString(output.ToArray()));
    }
}

/// <summary>A test that needs the tools of an Arm board: skipped where they are absent, except on the build server.</summary>
internal sealed class NativeAotFirmwareFactAttribute : FactAttribute
{
    public NativeAotFirmwareFactAttribute() => Skip = Missing();

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
    public NativeAotTheoryAttribute() => Skip = NativeAotFirmwareFactAttribute.Missing();
}
