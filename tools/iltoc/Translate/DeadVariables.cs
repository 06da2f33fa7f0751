// SPDX-License-Identifier: MIT
// Drops variables that are never read (Roslyn's clearing of pinned locals, unused results), but keeps the side effects of their values.
using System.Collections.Generic;
using System.Linq;

namespace Wamr.Nano.IlToC;

internal static class DeadVariables
{
    internal static Function Remove(Function function)
    {
        while (true)
        {
            var read = Read(function);
            bool IsDead(Stmt s) => s is AssignStmt { Place: VariableExpr { Variable: var v } } && !v.IsParameter && !read.Contains(v);
            if (!function.Statements.Any(IsDead))
            {
                var locals = function.Locals.Where(v => read.Contains(v)).ToList();
                return new Function(function.Method, function.Parameters, locals, function.Blocks, function.InitLocals);
            }
            foreach (var block in function.Blocks)
            {
                var kept = block.Statements.Where(s => !IsDead(s) || ((AssignStmt)s).Value.HasEffect)
                    .Select(s => IsDead(s) ? new EvalStmt(((AssignStmt)s).Value, s.Source) : s).ToList();
                block.Statements.Clear();
                block.Statements.AddRange(kept);
            }
        }
    }

    /// <summary>The variables whose value or address is used. A plain assignment does not count.</summary>
    internal static HashSet<Variable> Read(Function function)
    {
        var read = new HashSet<Variable>();
        foreach (var statement in function.Statements)
        {
            if (statement is StackAllocStmt alloc) read.Add(alloc.Pointer);
            foreach (var e in statement.Exprs)
            {
                if (statement is AssignStmt { Place: VariableExpr } a && ReferenceEquals(e, a.Place)) continue;
                read.UnionWith(e.All().OfType<VariableExpr>().Select(v => v.Variable));
            }
        }
        return read;
    }
}
