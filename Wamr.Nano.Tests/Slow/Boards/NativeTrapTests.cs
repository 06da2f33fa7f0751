// SPDX-License-Identifier: MIT
// Traps of native code on boards: the functions the interpreter shows on this machine, in the
// firmware for images alone and in the full one.
using System.Linq;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Build;
using Wamr.Nano.Tool.Emulate;
using Wamr.Nano.Xip;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Boards;

[Trait("Category", "Boards")]
public class NativeTrapTests
{
    /// <summary>One of each processor family and way of calling: x86-64, Thumb without and with hardware floats, RISC-V, Xtensa.</summary>
    private static readonly string[] s_boards = ["host", "microbit", "mps2-an386", "riscv32", "xtensa"];

    private static readonly string[] s_profiles = ["full", "xip"];

    public static TheoryData<string, string> Cases
    {
        get
        {
            TheoryData<string, string> all = [];
            foreach (BoardInfo board in BoardKit.Usable.Where(board => s_boards.Contains(board.Name)))
                foreach (string profile in s_profiles) all.Add(board.Name, profile);
            return all;
        }
    }

    /// <summary>Function "inner" divides; "middle" calls it with numbers around; "deep" calls itself without end.</summary>
    private static byte[] Module()
    {
        ModuleBuilder m = new();
        m.Memory(1, pageOfOneByte: true);
        uint inner = m.Function("i:i", new Code().I32(100).Get(0).Op(Opcode.I32DivU), export: "inner");
        uint middle =
            m.Function("iF:F", new Code().Get(0).Call(inner).Op(Opcode.F64ConvertI32S).Get(1).Op(Opcode.F64Mul), export: "middle");
        m.Function("i:i", new Code().Get(0).F64(1.5).Call(middle).Op(Opcode.I32TruncF64S).Get(0).Op(Opcode.I32Mul), export: "run");
        uint deep = m.NextFunction;
        m.Function("i:i", new Code().Get(0).I32(1).Op(Opcode.I32Add).Call(deep).Get(0).Op(Opcode.I32Mul), export: "deep");
        m.Function("i:i", new Code().Get(0).Call(deep), export: "recurse");
        return m.Build();
    }

    private static WasmException Trap(string board, string profile, string export, Optimization level)
    {
        AppPlan plan = new() { ModuleFile = BoardKit.FileOf(Module()), Export = export, Slots = [0], PoolBytes = 4 << 10 };
        plan = BoardKit.Compiled(board, plan, new() { KeepNames = true, Optimization = level });
        FirmwareOptions options = new() { Profile = profile };
        FirmwareBuild build = new(BoardKit.Tree, BoardKit.Tree.Board(board), options);
        BoardResult result = BoardKit.Run(board, plan, options).Result;
        return Assert.Throws<WasmException>(() => RunOnBoard.Fail(result, plan, build, FirmwareLink.Link(build, plan)));
    }

    [BoardTheory]
    [MemberData(nameof(Cases))]
    public void Trap_shows_the_functions_that_were_running(string board, string profile)
    {
        using NanoRuntime runtime = new();
        WasmException expected = Assert.Throws<WasmException>(() => runtime.LoadModule(Module()).Instantiate().GetFunction("run").Call(0));
        foreach (Optimization level in (Optimization[])[Optimization.Speed, Optimization.Fast, Optimization.Size])
        {
            WasmException actual = Trap(board, profile, "run", level);
            Assert.Equal((level, expected.Error, "inner middle run"),
                (level, actual.Error, string.Join(' ', actual.CallStack.Select(frame => frame.FunctionName))));
            Assert.Equal(expected.Offset, actual.Offset);
        }
    }

    [BoardTheory]
    [MemberData(nameof(Cases))]
    public void Endless_recursion_is_called_so_and_shows_both_ends(string board, string profile)
    {
        WasmException actual = Trap(board, profile, "recurse", Optimization.Speed);
        Assert.Equal(WasmError.NativeStackOverflow, actual.Error);
        Assert.Equal(("deep", "recurse"), (actual.CallStack[0].FunctionName, actual.CallStack[^1].FunctionName));
        Assert.All(actual.CallStack.SkipLast(1), frame => Assert.Equal("deep", frame.FunctionName));
        Assert.InRange(actual.CallStack.Count, 3, (int)(CallStack.Innermost + CallStack.Outermost));
    }
}
