// SPDX-License-Identifier: MIT
// Every board runs apps as this machine does: results, console, exit codes, errors and traps with their positions.
using System.Linq;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tool.Build;
using Wamr.Nano.Tool.Emulate;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Boards;

[Trait("Category", "Boards")]
public class BoardRunTests
{
    private const uint KernelPool = 64 << 10, ProgramPool = 256 << 10;

    public static TheoryData<string> All => BoardKit.Names(_ => true);

    public static TheoryData<string> Large => BoardKit.Names(board => BoardKit.HasPool(board, KernelPool));

    public static TheoryData<string> Largest => BoardKit.Names(board => BoardKit.HasPool(board, ProgramPool));

    public static TheoryData<string> Counting =>
        BoardKit.Names(board => board.CountArguments.Count != 0 && BoardKit.HasPool(board, KernelPool));

    [BoardTheory]
    [MemberData(nameof(Large))]
    public void Kernels_give_the_results_of_this_machine(string board)
    {
        foreach (var (kernel, argument) in new[] { ("fib", 12u), ("nbody", 2u), ("sha256", 1u), ("dispatch", 2u), ("strstruct", 1u) })
        {
            AppPlan plan = BoardKit.Function($"bench/kernels/{kernel}.wasm", "run", argument);
            string expected = $"0x{(uint)OnThisMachine(plan):x}:i32";
            Assert.Equal((kernel, expected), (kernel, BoardKit.Run(board, plan).Result.Report("result")));
        }
    }

    [BoardTheory]
    [MemberData(nameof(All))]
    public void Small_app_gives_the_result_of_this_machine(string board)
    {
        AppPlan plan = BoardKit.Function("bench/footprint/app_hb.wasm", "run", 3, 5);
        Assert.Equal($"0x{(uint)OnThisMachine(plan):x}:i32", BoardKit.Run(board, plan).Result.Report("result"));
    }

    [BoardTheory]
    [MemberData(nameof(All))]
    public void Sensor_app_prints_its_readings(string board)
    {
        var (result, console) = BoardKit.Run(board, BoardKit.Function("samples/sensor/sensor.wasm", "run", 16));
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(48, console.Split('\n').Count(line => line.Contains(": ")));
        Assert.StartsWith("temperature: ", console);
        Assert.Contains("ALARM", console);
    }

    [BoardTheory]
    [MemberData(nameof(Largest))]
    public void Program_gets_its_arguments_and_ends_with_its_exit_code(string board)
    {
        AppPlan plan = BoardKit.Function("samples/hello/hello.wasm", "_start") with { Arguments = ["hello", "7", "\"?"],
            Environment = ["NAME=board"] };
        var (result, console) = BoardKit.Run(board, plan);
        Assert.Equal("Hello, board!\nargument 1: 7\nargument 2: \"?\n", console);
        Assert.Equal(7, result.ExitCode);
    }

    [BoardTheory]
    [MemberData(nameof(All))]
    public void Bad_modules_are_refused_with_the_error_of_this_machine_and_leave_the_pool_as_it_was(string board)
    {
        byte[] sound = System.IO.File.ReadAllBytes(Repository.PathOf("bench/footprint/app_hb.wasm"));
        byte[] typeError = OfOneFunction(":i", new Code().I64(1)), wrongMagic = [.. sound];
        wrongMagic[1] = (byte)'x';
        uint? empty = BoardKit.Run(board, new() { ModuleFile = BoardKit.Tree.EmptyModule, Export = "none" }).Result.Figure("pool", "used");
        foreach (byte[] bad in new[] { wrongMagic, sound[..100], sound[..^1], typeError })
        {
            WasmException expected = Assert.Throws<WasmException>(() => new NanoRuntime(1 << 20).LoadModule(bad));
            BoardResult result = BoardKit.Run(board, new() { ModuleFile = BoardKit.FileOf(bad) }).Result;
            string report = result.Report("error") ?? "none";
            Assert.StartsWith($"{(int)expected.Error}", report);
            Assert.Equal(expected.Offset, BoardResult.Number(report, "offset"));
            Assert.Equal(expected.Index, BoardResult.Number(report, "index"));
            Assert.Equal(empty, result.Figure("pool", "used"));
            Assert.Equal(1, result.ExitCode);
        }
    }

    [BoardTheory]
    [MemberData(nameof(All))]
    public void Module_too_large_for_the_pool_is_refused_with_the_numbers(string board)
    {
        AppPlan plan = BoardKit.Function("bench/kernels/fib.wasm", "run", 1) with { PoolBytes = 1600 };
        BoardResult result = BoardKit.Run(board, plan).Result;
        string report = result.Report("error") ?? "none";
        Assert.StartsWith($"{(int)WasmError.OutOfMemory}", report);
        Assert.NotNull(BoardResult.Number(report, "asked"));
        Assert.NotNull(BoardResult.Number(report, "largest"));
    }

    [BoardTheory]
    [MemberData(nameof(All))]
    public void Trap_is_reported_with_its_call_stack(string board)
    {
        ModuleBuilder m = new();
        uint inner = m.Function(":", new Code().Op(Opcode.Unreachable));
        m.Function(":", new Code().Call(inner), export: "run");
        BoardResult result = BoardKit.Run(board, new() { ModuleFile = BoardKit.FileOf(m.Build()), Export = "run" }).Result;
        Assert.Equal($"{(int)WasmError.Unreachable}", result.Report("trap"));
        string[] frames = [.. result.All("at")];
        Assert.Equal(["function=0", "function=1"], frames.Select(frame => frame.Split(' ')[0]));
        Assert.Equal(1, result.ExitCode);
    }

    [BoardTheory]
    [MemberData(nameof(All))]
    public void Report_of_a_deep_call_stack_has_64_frames_and_the_number_of_the_others(string board)
    {
        const int shown = 64;
        ModuleBuilder m = new();
        m.Function(":", new Code().Call(0), export: "run");
        BoardResult result =
            BoardKit.Run(board, new() { ModuleFile = BoardKit.FileOf(m.Build()), Export = "run", StackBytes = 2048 }).Result;
        Assert.Equal($"{(int)WasmError.OperandStackOverflow}", result.Report("trap"));
        Assert.Equal(shown, result.All("at").Count());
        string more = result.Report("more") ?? "none";
        Assert.Matches("^[0-9]+ behind=48$", more);
        Assert.InRange(int.Parse(more.Split(' ')[0]), 1, 2048);
    }

    [BoardTheory]
    [MemberData(nameof(Counting))]
    public void Counted_instructions_repeat_to_a_turn_of_the_waiting_loop(string board)
    {
        const uint turn = 16;
        AppPlan plan = BoardKit.Function("bench/kernels/fib.wasm", "run", 10) with { Mode = PlanMode.RunAndCount };
        uint? first = BoardKit.Run(board, plan, count: true).Result.Figure("count", "instructions");
        Assert.InRange(first ?? 0, 5_000u, 100_000u);
        uint? second = BoardKit.Run(board, plan, count: true).Result.Figure("count", "instructions");
        Assert.InRange((second ?? 0) + turn, first!.Value, first.Value + 2 * turn);
    }

    private static byte[] OfOneFunction(string signature, Code body)
    {
        ModuleBuilder m = new();
        m.Function(signature, body, export: "run");
        return m.Build();
    }

    private static int OnThisMachine(AppPlan plan)
    {
        using NanoRuntime runtime = new(8 << 20);
        NanoInstance instance = runtime.LoadModule(System.IO.File.ReadAllBytes(plan.ModuleFile)).Instantiate();
        WasmValue[] arguments = [.. plan.Slots.Select(slot => (WasmValue)slot)];
        return instance.GetFunction(plan.Export).Call(arguments).AsInt32();
    }
}
