// SPDX-License-Identifier: MIT
// A temporary that is set once and used once, in the very next statement, goes back into that statement.
using System.Collections.Generic;
using System.Linq;

namespace Wamr.Nano.IlToC;

internal static class Temporaries
{
    internal static void Inline(Function function)
    {
        var reads = Count(function.Exprs.OfType<VariableExpr>().Select(v => v.Variable));
        var writes = Count(function.Statements.OfType<AssignStmt>().Select(a => a.Place).OfType<VariableExpr>().Select(v => v.Variable));
        // A plain assignment's place was counted among the reads as well.
        bool Once(Variable v) => v.IsTemporary && !v.IsExposed && writes.GetValueOrDefault(v) == 1 && reads.GetValueOrDefault(v) == 2;
        foreach (var block in function.Blocks)
            for (int i = block.Statements.Count - 2; i >= 0; i--)
            {
                if (i + 1 >= block.Statements.Count || block.Statements[i] is not AssignStmt { Place: VariableExpr { Variable: var v } } set || !Once(v)) continue;
                if (Replace(block.Statements[i + 1], v, set.Value) is not { } merged) continue;
                block.Statements[i] = merged;
                block.Statements.RemoveAt(i + 1);
            }
    }

    private static Dictionary<Variable, int> Count(IEnumerable<Variable> variables) =>
        variables.GroupBy(v => v).ToDictionary(g => g.Key, g => g.Count());

    /// <summary>The next statement with the value in the temporary's stead; null where C's open order of evaluation could tell the difference.</summary>
    private static Stmt? Replace(Stmt next, Variable variable, Expr value)
    {
        if (!next.Exprs.Any(e => e.Reads(variable)) || next is StackAllocStmt) return null;
        var others = Evaluated(next).SelectMany(e => e.All()).Where(e => e is DerefExpr or CallExpr or PointerCallExpr or HelperExpr or VariableExpr { Variable.IsExposed: true });
        if (others.Any(e => !Encloses(e, variable) && (value.HasEffect || e.HasEffect && value.ReadsMemory))) return null;
        if (others.Any(e => Encloses(e, variable) && e is CallExpr or PointerCallExpr) && (value.ReadsMemory || value.HasEffect) && others.Count() > 1) return null;
        Expr Swap(Expr e) => Substitute.In(e, variable, value);
        return next switch
        {
            AssignStmt a when !a.Place.Reads(variable) => a with { Value = Conversion.ToPlace(Swap(a.Value), a.Place.Type), Source = a.Source },
            EvalStmt e => e with { Value = Swap(e.Value) },
            ReturnStmt { Value: not null } r => r with { Value = Swap(r.Value) },
            BranchStmt b => b with { Condition = Swap(b.Condition) },
            SwitchStmt s => s with { Value = Swap(s.Value) },
            _ => null,
        };
    }

    /// <summary>What a statement evaluates: of a place that is stored to, only the way there.</summary>
    private static IEnumerable<Expr> Evaluated(Stmt statement) => statement is AssignStmt a
        ? AddressExpr.Root(a.Place) is DerefExpr d ? [d.Pointer, a.Value] : [a.Value]
        : statement.Exprs;

    private static bool Encloses(Expr e, Variable variable) => e.Reads(variable);
}
