// SPDX-License-Identifier: MIT
// An interpreter's loop in C: the block of the switch is repeated at each jump back to it and ends in a computed goto there.
using System.Collections.Generic;
using System.Linq;

namespace Wamr.Nano.IlToC;

/// <summary>The head of a [DispatchLoop] method: a block that ends in a switch and that the handlers jump back to.</summary>
internal sealed record DispatchLoop(BlockBody Head, SwitchStmt Switch, int TableSize)
{
    private const int MostBits = 10;

    internal static DispatchLoop Find(Function function)
    {
        var head = function.Blocks.Where(b => b.Statements.Any(s => s is SwitchStmt))
            .MaxBy(b => b.Statements.OfType<SwitchStmt>().Single().Targets.Count)
            ?? throw new RefusedException(Rule.DispatchLoop, "a dispatch loop needs a dense switch");
        if (!function.Statements.Any(s => s is GotoStmt g && g.Target == head.Block || s is BranchStmt b && b.Target == head.Block))
            throw new RefusedException(Rule.DispatchLoop, "no handler jumps back to the switch: it must be the first thing in the loop");
        var choice = head.Statements.OfType<SwitchStmt>().Single();
        int size = Range(choice.Value)
            ?? throw new RefusedException(Rule.DispatchLoop,
                $"the switch's operand must be a byte or masked to at most {MostBits} bits, and its cases start at 0");
        return new DispatchLoop(head, choice, size);
    }

    /// <summary>
    /// Table entries that cover every value of the operand, so that no range check is needed; null if there are too many.
    /// </summary>
    private static int? Range(Expr value) => value switch
    {
        CastExpr c when c.Operand.Type.IsInteger && c.Type.FixedSize >= 4 => Range(c.Operand),
        BinaryExpr { Op: "&", Right: IntExpr { Value: >= 0 and < 1 << MostBits } mask } => RoundUp((int)mask.Value + 1),
        BinaryExpr { Op: ">>", Left: var left, Right: IntExpr shift } when left.Type.Equals(PrimType.U2) && shift.Value >= 6 =>
            1 << (16 - (int)shift.Value),
        _ => value.Type.Equals(PrimType.U1) ? 256 : null,
    };

    private static int RoundUp(int n)
    {
        int power = 1;
        while (power < n) power <<= 1;
        return power;
    }

    internal IEnumerable<Block> Table =>
        Enumerable.Range(0, TableSize).Select(i => i < Switch.Targets.Count ? Switch.Targets[i] : Switch.Default);
}
