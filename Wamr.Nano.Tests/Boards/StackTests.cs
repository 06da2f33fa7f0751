// SPDX-License-Identifier: MIT
// The native stack: never overrun however small it is, the reserve below the boundary proven by the call graph, faults reported.
using Wamr.Nano.Tool.Boards;
using Xunit;

namespace Wamr.Nano.Tests.Boards;

[Trait("Category", "Boards")]
public class StackTests
{
    private const int FaultCode = 134;

    public static TheoryData<string> Freestanding => BoardKit.Names(board => board.IsFreestanding);

    /// <summary>Boards where nothing is below RAM.</summary>
    public static TheoryData<string> Faulting => BoardKit.Names(board => board.Processor == "cortexm");

    [BoardTheory]
    [MemberData(nameof(Freestanding))]
    public void Ever_smaller_stacks_are_enough_or_trap_and_never_run_over(string board)
    {
        foreach (AppPlan plan in new[] { BoardKit.Function("bench/footprint/app_hb.wasm", "run", 3, 5), BoardKit.Function("samples/sensor/sensor.wasm", "run", 1) })
        {
            // What the smallest board has room for.
            BoardResult result = BoardKit.Lab(board, PlanMode.StackSweep, plan with { PoolBytes = 4 << 10, NativeStackBytes = 3 << 10 });
            Assert.True(result.Report("sweep") != null, string.Join('\n', result.Reports));
            Assert.NotEqual(0u, Count("succeeded"));
            Assert.NotEqual(0u, Count("trapped"));
            Assert.Equal(0u, Count("errors"));
            Assert.Equal(0u, Count("overwritten"));
            Assert.Equal(0u, Count("leaked"));

            uint? Count(string what) => result.Figure("sweep", what);
        }
    }

    [BoardTheory]
    [MemberData(nameof(Freestanding))]
    public void Deepest_paths_of_the_runtime_fit_the_reserve_and_the_firmware_its_stack(string name)
    {
        BoardInfo board = BoardKit.Tree.Board(name);
        var paths = BoardFigures.DeepestPaths(BoardKit.Tree, board);
        Assert.Equal(6, paths.Count);
        foreach (var (entry, path) in paths)
        {
            uint room = entry == "firmware" ? board.StackBytes : board.StackReserve;
            Assert.True(path.Bytes <= room, $"{entry} takes {path.Bytes} B of {room}: {string.Join(" > ", path.Functions)}");
        }
    }

    [BoardTheory]
    [MemberData(nameof(Freestanding))]
    public void Fault_is_reported_with_registers_and_the_line_of_CSharp(string name)
    {
        AppPlan plan = new() { ModuleFile = BoardKit.Tree.EmptyModule, Mode = PlanMode.Fault, Slots = [0] };
        FirmwareBuild build = new(BoardKit.Tree, BoardKit.Tree.Board(name), new() { Program = FirmwareOptions.Lab });
        BoardResult result = BoardKit.Lab(name, PlanMode.Fault, plan);
        string fault = result.Report("fault") ?? "";
        Assert.Contains("pc=0x", fault);
        Assert.Contains("FaultProbe.cs:", FaultText.Explain(fault, build, FirmwareLink.Link(build, plan)));
        Assert.Equal(FaultCode, result.ExitCode);
    }

    [BoardTheory]
    [MemberData(nameof(Faulting))]
    public void Overflow_of_the_native_stack_leaves_RAM_and_faults(string name)
    {
        BoardResult result = BoardKit.Lab(name, PlanMode.Fault, new() { ModuleFile = BoardKit.Tree.EmptyModule, Slots = [1] });
        Assert.Contains("sp=0x", result.Report("fault"));
        Assert.Equal(FaultCode, result.ExitCode);
    }
}
