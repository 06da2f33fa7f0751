// SPDX-License-Identifier: MIT
// Functions of up to 1,000 parameters on every emulated board: interpreted, from bytecode and as native code.
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tool.Build;
using Wamr.Nano.Tool.Flash;
using Wamr.Nano.Xip;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Boards;

[Trait("Category", "Boards")]
public class ManyParametersOnBoardsTests
{
    /// <summary>Native code has arguments on the native stack: 4 to 8 bytes each.</summary>
    private const uint NativeStack = 64 << 10;

    public static TheoryData<string> Large => BoardKit.Names(board => BoardKit.HasPool(board, 256 << 10));

    [BoardTheory]
    [MemberData(nameof(Large))]
    public void Each_parameter_arrives_in_every_engine(string board)
    {
        foreach ((int count, int shift) in new[] { (251, 251), (1000, 255) })
        {
            byte[] binary = ManyParameters.Module(ManyParameters.Types(count, shift));
            AppPlan plan = new() { ModuleFile = BoardKit.FileOf(binary), StackBytes = 24 << 10, NativeStackBytes = NativeStack };
            string expected = $"0x{ManyParameters.Sum(count):x}:i64";
            byte pointer = ImageTargets.Of(BoardKit.Tree.Board(board)).PointerBytes;
            AppPlan bytecode = plan with { ModuleFile = BoardKit.FileOf(ImageCompiler.CompileBytecode(binary, new(), pointer)) };
            bool hasNative = BoardKit.TargetOf(BoardKit.Tree.Board(board)) != null;
            AppPlan native = hasNative ? BoardKit.Compiled(board, plan) : plan;
            foreach (string way in (string[])["call", "tail"])
            {
                Assert.Equal((count, shift, way, expected), (count, shift, way, Result(plan with { Export = way })));
                Assert.Equal((count, shift, way, expected), (count, shift, way, Result(bytecode with { Export = way })));
                if (hasNative) Assert.Equal((count, shift, way, expected), (count, shift, way, Result(native with { Export = way })));
            }
        }

        string? Result(AppPlan plan) => BoardKit.Run(board, plan).Result.Report("result");
    }

    /// <summary>A native stack that is too small for so many arguments is a trap, and nothing else.</summary>
    [BoardTheory]
    [MemberData(nameof(Large))]
    public void Native_stack_without_room_for_them_is_a_trap(string board)
    {
        if (BoardKit.TargetOf(BoardKit.Tree.Board(board)) == null || !BoardKit.Tree.Board(board).IsFreestanding) return;
        byte[] binary = ManyParameters.Module(ManyParameters.Types(1000, 0));
        AppPlan plan =
            BoardKit.Compiled(board, new() { ModuleFile = BoardKit.FileOf(binary), Export = "call", NativeStackBytes = 4 << 10 });
        Assert.Equal("5011", BoardKit.Run(board, plan).Result.Report("trap")?.Split(' ')[0]);
    }
}
