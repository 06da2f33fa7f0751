// SPDX-License-Identifier: MIT
// An if whose two sides set one temporary was a ?: (or && and || for a value) in C#, and becomes one again.
using System.Collections.Generic;
using System.Linq;

namespace Wamr.Nano.IlToC;

internal static class Ternaries
{
    internal static List<Stmt> Fold(List<Stmt> body)
    {
        while (FoldOnce(body) | Temporaries.Inline(Lists(body))) { }
        return body;
    }

    private static List<List<Stmt>> Lists(List<Stmt> body) => [body, .. body.SelectMany(s => s.All()).SelectMany(s => s.Bodies)];

    private static bool FoldOnce(List<Stmt> list)
    {
        bool any = false;
        for (int i = 0; i < list.Count; i++)
        {
            foreach (var inner in list[i].Bodies) any |= FoldOnce(inner);
            if (list[i] is not IfStmt { Then: [AssignStmt yes], Else: [AssignStmt no] } choice) continue;
            if (yes.Place is not VariableExpr { Variable: { IsTemporary: true, IsExposed: false } v } || no.Place is not VariableExpr other
                || other.Variable != v)
                continue;
            if (v.Type.Kind == StackKind.Struct) continue;
            list[i] =
                new AssignStmt(yes.Place,
                    Choose(choice.Condition, Substitute.AsStored(yes.Value, v.Type), Substitute.AsStored(no.Value, v.Type), v.Type),
                    choice.Source);
            any = true;
        }
        return any;
    }

    private static Expr Choose(Expr condition, Expr yes, Expr no, IlType type) => (yes, no) switch
    {
        (IntExpr { Value: 1, Type.IsPointer: false }, IntExpr { Value: 0 }) => condition,
        (IntExpr { Value: 0 }, IntExpr { Value: 1, Type.IsPointer: false }) => Compare.Not(condition),
        _ => new ConditionalExpr(condition, yes, no, type),
    };
}
