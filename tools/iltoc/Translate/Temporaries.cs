// SPDX-License-Identifier: MIT
// A temporary that is set once and used once, in the very next statement, goes back into that statement.
using System.Collections.Generic;
using System.Linq;

namespace Wamr.Nano.IlToC;

internal static class Temporaries
{
    /// <returns>Whether anything went back.</returns>
    internal static bool Inline(IReadOnlyList<List<Stmt>> lists)
    {
        var statements = lists.SelectMany(l => l).ToList();
        var reads = Count(statements.SelectMany(s => s.Exprs).SelectMany(e => e.All()).OfType<VariableExpr>());
        var writes = Count(statements.OfType<AssignStmt>().Select(a => a.Place).OfType<VariableExpr>());
        // A plain assignment's place was counted among the reads as well.
        bool Once(Variable v) => v.IsTemporary && !v.IsExposed && writes.GetValueOrDefault(v) == 1 && reads.GetValueOrDefault(v) == 2;
        bool any = false;
        foreach (var list in lists)
            for (int i = list.Count - 2; i >= 0; i--)
            {
                if (i + 1 >= list.Count || list[i] is not AssignStmt { Place: VariableExpr { Variable: var v } } set || !Once(v)) continue;
                if (Replace(list[i + 1], v, set.Value) is not { } merged) continue;
                list[i] = merged;
                list.RemoveAt(i + 1);
                any = true;
            }
        return any;
    }

    private static Dictionary<Variable, int> Count(IEnumerable<VariableExpr> variables) =>
        variables.GroupBy(v => v.Variable).ToDictionary(g => g.Key, g => g.Count());

    /// <summary>
    /// The next statement with the value in the temporary's stead; null if C's open order of evaluation could tell the difference.
    /// </summary>
    private static Stmt? Replace(Stmt next, Variable variable, Expr value)
    {
        if (!next.Exprs.Any(e => e.Reads(variable)) || next is StackAllocStmt or LoopStmt) return null;
        var others = Evaluated(next).SelectMany(e => e.All())
            .Where(e => e is DerefExpr or CallExpr or PointerCallExpr or HelperExpr or VariableExpr { Variable.IsExposed: true }).ToList();
        if (others.Any(e => !e.Reads(variable) && (value.HasEffect || e.HasEffect && value.ReadsMemory))) return null;
        if (others.Count > 1 && others.Any(e => e.Reads(variable) && e is CallExpr or PointerCallExpr)
            && (value.ReadsMemory || value.HasEffect))
            return null;
        if (value.HasEffect && next.Exprs.SelectMany(e => e.All()).Any(e => IsConditional(e, variable))) return null;
        Expr Swap(Expr e) => Substitute.In(e, variable, value);
        return next switch
        {
            AssignStmt a when !a.Place.Reads(variable) => a with { Value = Conversion.ToPlace(Swap(a.Value), a.Place.Type) },
            EvalStmt e => e with { Value = Swap(e.Value) },
            ReturnStmt { Value: not null } r => r with { Value = Swap(r.Value) },
            BranchStmt b => b with { Condition = Swap(b.Condition) },
            IfStmt c => c with { Condition = Swap(c.Condition) },
            SwitchStmt s => s with { Value = Swap(s.Value) },
            _ => null,
        };
    }

    /// <summary>The expressions that a statement evaluates; for a place that is stored to, only the address.</summary>
    private static IEnumerable<Expr> Evaluated(Stmt statement) => statement is AssignStmt a
        ? AddressExpr.Root(a.Place) is DerefExpr d ? [d.Pointer, a.Value] : [a.Value]
        : statement.Exprs;

    /// <summary>The variable stands where it is not always evaluated.</summary>
    private static bool IsConditional(Expr e, Variable variable) => e switch
    {
        ConditionalExpr c => c.Yes.Reads(variable) || c.No.Reads(variable),
        BinaryExpr { Op: "&&" or "||" } b => b.Right.Reads(variable),
        _ => false,
    };
}
