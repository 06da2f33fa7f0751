// SPDX-License-Identifier: MIT
// Which locals may be read before anything was stored: only those are cleared at the start of the C function.
using System.Collections.Generic;
using System.Linq;

namespace Wamr.Nano.IlToC;

internal static class DefiniteAssignment
{
    internal static HashSet<Variable> MaybeUnassigned(Function function)
    {
        var result = new HashSet<Variable>();
        var assignedAt = new Dictionary<Block, HashSet<Variable>>();
        var bodies = function.Blocks.ToDictionary(b => b.Block);
        var work = new Queue<Block>();
        if (function.Blocks.Count == 0) return result;
        assignedAt[function.Blocks[0].Block] = [];
        work.Enqueue(function.Blocks[0].Block);
        while (work.TryDequeue(out var block))
        {
            var assigned = new HashSet<Variable>(assignedAt[block]);
            foreach (var statement in bodies[block].Statements) Step(statement, assigned, result);
            foreach (var next in block.Successors)
            {
                if (!assignedAt.TryGetValue(next, out var known)) assignedAt[next] = [.. assigned];
                else if (known.IsSubsetOf(assigned)) continue;
                else known.IntersectWith(assigned);
                work.Enqueue(next);
            }
        }
        return result;
    }

    private static void Step(Stmt statement, HashSet<Variable> assigned, HashSet<Variable> unassigned)
    {
        foreach (var e in statement.Exprs)
        {
            if (statement is AssignStmt { Place: VariableExpr } a && ReferenceEquals(e, a.Place)) continue;
            foreach (var read in e.All().OfType<VariableExpr>())
                if (!read.Variable.IsParameter && !assigned.Contains(read.Variable)) unassigned.Add(read.Variable);
        }
        if (statement is AssignStmt { Place: VariableExpr { Variable: var v } }) assigned.Add(v);
        if (statement is StackAllocStmt alloc) assigned.Add(alloc.Pointer);
    }
}
