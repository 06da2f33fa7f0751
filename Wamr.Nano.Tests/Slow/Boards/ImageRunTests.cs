// SPDX-License-Identifier: MIT
// Native images on every board: they run where they lie, give the interpreter's results, and are refused where they do not belong.
using System.Collections.Generic;
using System.Linq;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Xip;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Build;
using Wamr.Nano.Tool.Emulate;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Boards;

[Trait("Category", "Boards")]
public class ImageRunTests
{
    private const uint KernelPool = 64 << 10;

    public static TheoryData<string> All => BoardKit.Names(board => BoardKit.TargetOf(board) != null);

    /// <summary>Boards with a stack for ten doubles, three times.</summary>
    public static TheoryData<string> Medium =>
        BoardKit.Names(board => BoardKit.TargetOf(board) != null && BoardKit.HasPool(board, 12 << 10));

    public static TheoryData<string> Large =>
        BoardKit.Names(board => BoardKit.TargetOf(board) != null && BoardKit.HasPool(board, KernelPool));

    [BoardTheory]
    [MemberData(nameof(Large))]
    public void Kernels_give_the_results_of_the_interpreter(string board)
    {
        foreach (var (kernel, argument) in new[]
        {
            ("crc32", 1u), ("matmul", 1u), ("sieve", 1u), ("nbody", 2u), ("fib", 12u), ("strstruct", 1u), ("list", 1u),
            ("sha256", 1u), ("dispatch", 2u),
        })
        {
            AppPlan plan = BoardKit.Function($"bench/kernels/{kernel}.wasm", "run", argument);
            using NanoRuntime runtime = new(8 << 20);
            uint expected = (uint)runtime.LoadModule(System.IO.File.ReadAllBytes(plan.ModuleFile))
                .Instantiate().GetFunction("run").Call((int)argument).AsInt32();
            BoardResult result = BoardKit.Run(board, BoardKit.Compiled(board, plan)).Result;
            Assert.Equal((kernel, $"0x{expected:x}:i32"), (kernel, result.Report("result")));
        }
    }

    [BoardTheory]
    [MemberData(nameof(All))]
    public void Sensor_app_prints_what_it_prints_interpreted_and_runs_in_flash(string board)
    {
        AppPlan plan = BoardKit.Function("samples/sensor/sensor.wasm", "run", 16);
        var (_, expected) = BoardKit.Run(board, plan);
        var (result, console) = BoardKit.Run(board, BoardKit.Compiled(board, plan));
        Assert.Equal(expected, console);
        ImagePlace place = ImagePlace.Of(result)!;
        Assert.True(place.RanInPlace);
        BoardInfo info = BoardKit.Tree.Board(board);
        if (!info.IsFreestanding) return;
        Assert.Equal("flash", ImagePlace.AreaOf(info, place.CodeAt)?.Name);
        Assert.NotEqual("flash", ImagePlace.AreaOf(info, place.MemoryAt)?.Name);
    }

    [BoardFact]
    public void Loading_nearly_60_KB_takes_no_more_than_20_000_instructions_apart_from_the_checksum()
    {
        AppPlan plan = BoardKit.Compiled("mps2-an386", BoardKit.Function("samples/logger/logger.wasm", "_start"));
        Assert.InRange(new System.IO.FileInfo(plan.ModuleFile).Length, 57_000, 64_000);
        BoardResult result = BoardKit.Run("mps2-an386", plan with { Mode = PlanMode.RunAndCount }, count: true).Result;
        uint Instructions(string step) => result.Figure(step, "instructions")!.Value;
        Assert.InRange(Instructions("load") - Instructions("checksum"), 1_000u, 20_000u);
    }

    /// <summary>The main job in the words of the README: two commands, and nothing to be known of the app.</summary>
    [BoardFact]
    public void Sensor_app_is_compiled_and_run_by_two_commands_without_options()
    {
        const string board = "stm32f405";
        if (!BoardKit.IsUsable(board)) return;
        string image = System.IO.Path.ChangeExtension(
            BoardKit.FileOf(System.IO.File.ReadAllBytes(Repository.PathOf("samples/sensor/sensor.wasm"))), ".xip");
        ProcessResult compiled = Wnano.Run("compile", System.IO.Path.ChangeExtension(image, ".wasm"), "--board", board),
            run = Wnano.Run("run", image, "--board", board);
        Assert.Equal((0, 0), (compiled.ExitCode, run.ExitCode));
        Assert.Matches(@"supply: \d\.\d\d V\nimage: [\d,]+ B at 0x080[0-9A-F]{5}, in flash\n"
            + @"code: [\d,]+ B run at 0x080[0-9A-F]{5}, in the image: nothing was copied\n", run.Output);
    }

    [BoardTheory]
    [MemberData(nameof(All))]
    public void Trap_of_an_image_is_reported_and_leaves_the_pool_as_it_was(string board)
    {
        ModuleBuilder m = new();
        m.Memory(1);
        m.Function("i:i", new Code().Get(0).Op(Opcode.I32Load, 2, 0), export: "run");
        AppPlan plan = BoardKit.Compiled(board, new() { ModuleFile = BoardKit.FileOf(m.Build()), Export = "run", Slots = [uint.MaxValue] });
        BoardResult result = BoardKit.Run(board, plan).Result;
        if (!BoardKit.HasPool(BoardKit.Tree.Board(board), 1 << 16))
        {
            Assert.StartsWith($"{(int)WasmError.OutOfMemory}", result.Report("error"));
            return;
        }
        Assert.Equal($"{(int)WasmError.MemoryOutOfBounds}", result.Report("trap"));
        Assert.Equal(BoardKit.Run(board, new() { ModuleFile = BoardKit.Tree.EmptyModule, Export = "none" }).Result.Figure("pool", "used"),
            result.Figure("pool", "used"));
    }

    [BoardTheory]
    [MemberData(nameof(Medium))]
    public void Tail_calls_do_not_grow_the_stack(string board)
    {
        const uint turns = 100_000;
        // One function that calls all of them needs more than a small stack.
        bool isLarge = BoardKit.HasPool(BoardKit.Tree.Board(board), KernelPool);
        foreach (string[] cases in isLarge ? [[.. TailModule.Narrow], [.. TailModule.Broad]] : TailModule.Names.Chunk(1))
        {
            byte[] module = TailModule.Of(cases);
            using NanoRuntime runtime = new(1 << 20);
            int expected = runtime.LoadModule(module).Instantiate().GetFunction("run").Call((int)turns).AsInt32();
            AppPlan plan = BoardKit.Compiled(board, new() { ModuleFile = BoardKit.FileOf(module), Export = "run", Slots = [turns] });
            Assert.Equal((cases[0], $"0x{expected:x}:i32"), (cases[0], BoardKit.Run(board, plan).Result.Report("result")));
        }
    }

    [BoardTheory]
    [MemberData(nameof(All))]
    public void Image_for_another_machine_is_refused(string board)
    {
        string own = BoardKit.TargetOf(BoardKit.Tree.Board(board))!;
        bool isHost = own == "x86_64";
        Dictionary<string, WasmError> others = new()
        {
            ["x86_64"] = WasmError.WrongPointerSize,
            ["xtensa-lx106"] = isHost ? WasmError.WrongPointerSize : WasmError.WrongTarget,
            ["thumbv7em-dp"] =
                isHost ? WasmError.WrongPointerSize : own is "thumbv7em-fp" or "thumbv8m" ? WasmError.WrongFpu : WasmError.WrongTarget,
        };
        foreach (var (target, error) in others.Where(other => other.Key != own))
        {
            AppPlan plan = BoardKit.Compiled(board, BoardKit.Function("bench/footprint/add.wasm", "add", 1, 2), new() { Target = target });
            BoardResult result = BoardKit.Run(board, plan).Result;
            Assert.Equal((target, $"{(int)error}"), (target, result.Report("error")?.Split(' ')[0]));
            Assert.Null(result.Report("result"));
        }
    }
}
