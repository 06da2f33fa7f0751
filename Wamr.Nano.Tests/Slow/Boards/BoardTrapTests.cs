// SPDX-License-Identifier: MIT
// A trap on a board: its code, the functions that were running and where in the module, all as
// on this machine; a run that is short of fuel.
using System.Linq;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Build;
using Wamr.Nano.Tool.Emulate;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Boards;

[Trait("Category", "Boards")]
public class BoardTrapTests
{
    /// <summary>One of each processor family, the smallest, and this machine's own C.</summary>
    private static readonly string[] s_boards = ["host", "stm32f100", "mps2-an505", "riscv32", "xtensa"];

    private static readonly Opcode[] s_traps =
    [
        Opcode.Unreachable, Opcode.I32DivU, Opcode.I32DivS, Opcode.I64RemU, Opcode.I32Load, Opcode.I64Store, Opcode.I32TruncF64S,
        Opcode.CallIndirect, Opcode.Call,
    ];

    public static TheoryData<string, string> Cases
    {
        get
        {
            TheoryData<string, string> all = [];
            foreach (BoardInfo board in BoardKit.Usable.Where(board => s_boards.Contains(board.Name)))
                foreach (Opcode trap in s_traps) all.Add(board.Name, trap.ToString());
            return all;
        }
    }

    [BoardTheory]
    [MemberData(nameof(Cases))]
    public void Trap_is_that_of_this_machine_with_its_call_stack(string name, string trap)
    {
        byte[] module = Module(System.Enum.Parse<Opcode>(trap));
        AppPlan plan = new() { ModuleFile = BoardKit.FileOf(module), Export = "run", Slots = [0], StackBytes = 2048, PoolBytes = 4 << 10 };
        WasmException expected = OnThisMachine(module, plan.StackBytes);
        FirmwareBuild build = new(BoardKit.Tree, BoardKit.Tree.Board(name), new());
        BoardResult result = BoardKit.Run(name, plan).Result;
        WasmException actual = Assert.Throws<WasmException>(() => RunOnBoard.Fail(result, plan, build, FirmwareLink.Link(build, plan)));
        Assert.Equal((expected.Error, expected.Offset), (actual.Error, actual.Offset));
        Assert.Equal(expected.CallStack.Select(frame => frame.ToString()), actual.CallStack.Select(frame => frame.ToString()));
        // Pointers of 4 bytes leave room for more calls than those of 8.
        Assert.Equal(expected.CallStackLeftOut != 0, actual.CallStackLeftOut >= expected.CallStackLeftOut && actual.CallStackLeftOut != 0);
    }

    public static TheoryData<string> Boards => BoardKit.Names(board => s_boards.Contains(board.Name));

    [BoardTheory]
    [MemberData(nameof(Boards))]
    public void Trap_in_a_start_function_has_its_call_stack(string name)
    {
        ModuleBuilder m = new();
        uint inner = m.Function(":", new Code().Op(Opcode.Unreachable));
        m.Start(m.Function(":", new Code().Call(inner)));
        m.Function(":", new Code(), export: "run");
        AppPlan plan = new() { ModuleFile = BoardKit.FileOf(m.Build()), Export = "run", StackBytes = 512, PoolBytes = 4 << 10 };
        FirmwareBuild build = new(BoardKit.Tree, BoardKit.Tree.Board(name), new());
        BoardResult result = BoardKit.Run(name, plan).Result;
        WasmException actual = Assert.Throws<WasmException>(() => RunOnBoard.Fail(result, plan, build, FirmwareLink.Link(build, plan)));
        Assert.Equal((WasmError.Unreachable, 2), (actual.Error, actual.CallStack.Count));
        Assert.Equal([0u, 1u], actual.CallStack.Select(frame => frame.FunctionIndex));
    }

    private static WasmException OnThisMachine(byte[] module, uint stackBytes) => Assert.Throws<WasmException>(() =>
    {
        using NanoRuntime runtime = new(64 << 10);
        runtime.LoadModule(module).Instantiate(new() { StackBytes = stackBytes }).GetFunction("run").Call(0);
    });

    private static byte[] Module(Opcode trap)
    {
        const int outside = -4;
        ModuleBuilder m = new();
        m.Memory(1, pageOfOneByte: true);
        m.Table(2);
        uint nothing = m.Type(":");
        Code code = trap switch
        {
            Opcode.Unreachable => new Code().Op(trap),
            Opcode.I32DivU => new Code().I32(1).Get(0).Op(trap).Op(Opcode.Drop),
            Opcode.I32DivS => new Code().I32(int.MinValue).I32(-1).Op(trap).Op(Opcode.Drop),
            Opcode.I64RemU => new Code().I64(1).I64(0).Op(trap).Op(Opcode.Drop),
            Opcode.I32Load => new Code().I32(outside).Op(trap, 0, 0).Op(Opcode.Drop),
            Opcode.I64Store => new Code().I32(outside).I64(7).Op(trap, 0, 0),
            Opcode.I32TruncF64S => new Code().F64(1e10).Op(trap).Op(Opcode.Drop),
            Opcode.CallIndirect => new Code().I32(1).Op(trap, nothing, 0),
            _ => new Code().Get(0).Call(0), // endless recursion
        };
        uint inner = m.Function("i:", code);
        m.Function("i:", new Code().Get(0).Call(inner), export: "run");
        return m.Build();
    }
}
