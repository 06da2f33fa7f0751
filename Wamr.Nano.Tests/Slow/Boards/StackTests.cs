// SPDX-License-Identifier: MIT
// The native stack: never overrun however small it is, the reserve below the boundary proven by the call graph, faults reported.
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Build;
using Wamr.Nano.Tool.Emulate;
using Wamr.Nano.Tool.Measure;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Boards;

[Trait("Category", "Boards")]
public class StackTests
{
    private const int FaultCode = 134;

    private static readonly AppPlan[] s_apps =
        [BoardKit.Function("bench/footprint/app_hb.wasm", "run", 3, 5), BoardKit.Function("samples/sensor/sensor.wasm", "run", 1)];

    public static TheoryData<string> Freestanding => BoardKit.Names(board => board.IsFreestanding);

    /// <summary>Boards where nothing is below RAM.</summary>
    public static TheoryData<string> Faulting => BoardKit.Names(board => board.Processor == "cortexm");

    [BoardTheory]
    [MemberData(nameof(Freestanding))]
    public void Ever_smaller_stacks_are_enough_or_trap_and_never_run_over(string board)
    {
        foreach (AppPlan plan in s_apps) Sweep(board, plan);
    }

    [BoardTheory]
    [MemberData(nameof(Freestanding))]
    public void Ever_smaller_stacks_are_enough_for_native_images_or_trap_and_never_run_over(string board)
    {
        foreach (AppPlan plan in s_apps) Sweep(board, BoardKit.Compiled(board, plan));
    }

    /// <summary>
    /// What compiled code takes between two looks at the stack is known from its frames: nothing that succeeds gets below the boundary,
    /// where only the runtime may. Without fuel the code asks the runtime for nothing.
    /// </summary>
    [BoardTheory]
    [MemberData(nameof(Freestanding))]
    public void Compiled_code_stays_above_the_boundary(string board)
    {
        foreach (string locals in (string[])["", "IIIIIIIIIIIIIIIIIIIIIIII"])
        {
            AppPlan plan = new() { ModuleFile = BoardKit.FileOf(Recursion(locals)), Export = "run", Slots = [12] };
            Assert.Equal(0u, Sweep(board, BoardKit.Compiled(board, plan, new() { Fuel = false })).Figure("sweep", "beyond"));
        }
    }

    /// <summary>
    /// run(n) = n != 0 ? run(n - 1) + leaf(n) : 0, over a table, so that none becomes part of another; locals of the leaf lie on the stack.
    /// </summary>
    private static byte[] Recursion(string locals)
    {
        ModuleBuilder m = new();
        m.Table(3);
        Code leaf = new();
        for (uint l = 1; l <= locals.Length; l++)
        {
            if (l == 1) leaf.Get(0).Op(Opcode.I64ExtendI32S);
            else leaf.Get(l - 1);
            leaf.I64(l * 0x123456789).Op(Opcode.I64Xor).I64(2 * l + 1).Op(Opcode.I64Mul).Set(l);
        }
        leaf.I32(0);
        // The last one first: what the others were made of has to be kept.
        for (uint l = (uint)locals.Length; l >= 1; l--)
            leaf.Get(l).Get(0).Op(Opcode.I64ExtendI32S).Op(Opcode.I64RemS).Op(Opcode.I32WrapI64).Op(Opcode.I32Add);
        uint last = m.Function("i:i", leaf, locals);
        Code run = new();
        run.Get(0).Op(Opcode.I32Eqz).Op(Opcode.If).Raw(0x40).I32(0).Op(Opcode.Return).Op(Opcode.End);
        run.Get(0).I32(1).Op(Opcode.I32Sub).Get(0).I32(1).Op(Opcode.I32And).Op(Opcode.CallIndirect, m.Type("i:i"), 0);
        run.Get(0).I32(2).Op(Opcode.CallIndirect, m.Type("i:i"), 0).Op(Opcode.I32Add);
        uint self = m.Function("i:i", run, export: "run");
        m.Elements(0, self, self, last);
        return m.Build();
    }

    private static BoardResult Sweep(string board, AppPlan plan)
    {
        // What the smallest board has room for.
        BoardResult result = BoardKit.Lab(board, PlanMode.StackSweep, plan with { PoolBytes = 4 << 10, NativeStackBytes = 3 << 10 });
        Assert.True(result.Report("sweep") != null, string.Join('\n', result.Reports));
        Assert.NotEqual(0u, Count("succeeded"));
        Assert.NotEqual(0u, Count("trapped"));
        Assert.Equal(0u, Count("errors"));
        Assert.Equal(0u, Count("overwritten"));
        Assert.Equal(0u, Count("leaked"));
        return result;

        uint? Count(string what) => result.Figure("sweep", what);
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
