// SPDX-License-Identifier: MIT
// Blocks and jumps back to if, else and loops, in the shapes Roslyn emits them. What fits none stays a label and a goto.
using System.Collections.Generic;
using System.Linq;

namespace Wamr.Nano.IlToC;

internal sealed class Structure
{
    private readonly Dictionary<Block, int> references = [];
    private readonly List<Stmt> all = [];

    private Structure(Function function, DispatchLoop? dispatch)
    {
        foreach (var (block, statements) in function.Blocks)
        {
            if (dispatch is not null && block == dispatch.Head.Block)
            {
                all.Add(new DispatchStmt(dispatch.Switch.Source));
                foreach (var target in dispatch.Table) Refer(target);
                continue;
            }
            all.Add(new LabelStmt(block, statements.Count > 0 ? statements[0].Source : SourcePoint.Unknown));
            all.AddRange(statements);
            foreach (var target in statements.SelectMany(Targets)) Refer(target);
        }
    }

    internal static List<Stmt> Of(Function function, DispatchLoop? dispatch)
    {
        var structure = new Structure(function, dispatch);
        structure.Reduce(structure.all);
        if (structure.all is [.., ReturnStmt { Value: null }]) structure.all.RemoveAt(structure.all.Count - 1);
        return structure.all;
    }

    private void Refer(Block block) => references[block] = references.GetValueOrDefault(block) + 1;

    private void Release(Block block) => references[block]--;

    private static IEnumerable<Block> Targets(Stmt statement) => statement switch
    {
        GotoStmt g => [g.Target],
        BranchStmt b => [b.Target],
        SwitchStmt s => s.Targets.Append(s.Default),
        _ => [],
    };

    /// <summary>From the end to the start, so that what is inside is found first; again until nothing changes.</summary>
    private bool Reduce(List<Stmt> list)
    {
        bool any = false, changed = true;
        while (changed)
        {
            changed = false;
            for (int i = list.Count - 1; i >= 0; i--)
                if (i < list.Count && ReduceAt(list, i)) changed = true;
            foreach (var inner in list.SelectMany(s => s.Bodies).ToList()) changed |= Reduce(inner);
            any |= changed;
        }
        return any;
    }

    private bool ReduceAt(List<Stmt> list, int i) => list[i] switch
    {
        LabelStmt label when references.GetValueOrDefault(label.Block) == 0 => Remove(list, i),
        LabelStmt label => DoWhile(list, i, label),
        GotoStmt or ReturnStmt when i + 1 < list.Count && list[i + 1] is not (LabelStmt or DispatchStmt) => Unreachable(list, i + 1),
        GotoStmt jump when i + 1 < list.Count && IsLabel(list[i + 1], jump.Target) => Skip(list, i, jump),
        GotoStmt jump => While(list, i, jump),
        BranchStmt branch => Merge(list, i, branch) || If(list, i, branch),
        IfStmt choice => Else(list, i, choice) || Both(list, i, choice),
        _ => false,
    };

    private bool Unreachable(List<Stmt> list, int i)
    {
        if (list[i].All().Any(s => s is LabelStmt)) return false;
        foreach (var target in list[i].All().SelectMany(Targets)) Release(target);
        return Remove(list, i);
    }

    private static bool IsLabel(Stmt statement, Block block) => statement is LabelStmt l && l.Block == block;

    private static bool Remove(List<Stmt> list, int i)
    {
        list.RemoveAt(i);
        return true;
    }

    private bool Skip(List<Stmt> list, int i, GotoStmt jump)
    {
        Release(jump.Target);
        if (references[jump.Target] == 0) Remove(list, i + 1);
        return Remove(list, i);
    }

    /// <summary>Nothing outside jumps into the statements.</summary>
    private bool IsClosed(List<Stmt> part)
    {
        var inside = part.SelectMany(s => s.All()).SelectMany(Targets).GroupBy(b => b).ToDictionary(g => g.Key, g => g.Count());
        return part.SelectMany(s => s.All()).OfType<LabelStmt>()
            .All(l => inside.GetValueOrDefault(l.Block) == references.GetValueOrDefault(l.Block));
    }

    // ---- if and else

    /// <summary>Branches next to each other become one condition, and a branch over a jump is turned round.</summary>
    private bool Merge(List<Stmt> list, int i, BranchStmt branch)
    {
        if (i + 1 >= list.Count) return false;
        if (list[i + 1] is BranchStmt same && same.Target == branch.Target)
        {
            list[i] = branch with { Condition = Logic("||", branch.Condition, same.Condition) };
            Release(branch.Target);
            return Remove(list, i + 1);
        }
        if (i + 2 >= list.Count || !IsLabel(list[i + 2], branch.Target)) return false;
        if (list[i + 1] is not (BranchStmt or GotoStmt)) return false;
        list[i] = list[i + 1] is BranchStmt next
            ? next with { Condition = Logic("&&", Compare.Not(branch.Condition), next.Condition), Source = branch.Source }
            : new BranchStmt(Compare.Not(branch.Condition), ((GotoStmt)list[i + 1]).Target, branch.Source);
        Release(branch.Target);
        return Remove(list, i + 1);
    }

    private static BinaryExpr Logic(string op, Expr a, Expr b) => new(op, a, b, PrimType.I4);

    private bool If(List<Stmt> list, int i, BranchStmt branch)
    {
        int end = list.FindIndex(i + 1, s => IsLabel(s, branch.Target));
        if (end < 0) return false;
        var then = list.GetRange(i + 1, end - i - 1);
        if (then.Any(s => s is DispatchStmt) || !IsClosed(then)) return false;
        list.RemoveRange(i, end - i);
        Release(branch.Target);
        if (then.Count > 0) list.Insert(i, new IfStmt(Compare.Not(branch.Condition), then, [], branch.Source));
        else if (branch.Condition.HasEffect) list.Insert(i, new EvalStmt(branch.Condition, branch.Source));
        return true;
    }

    /// <summary>A then-part that ends in a jump over what follows: that is the else-part.</summary>
    private bool Else(List<Stmt> list, int i, IfStmt choice)
    {
        if (choice.Else.Count > 0 || choice.Then is not [.., GotoStmt jump]) return false;
        int end = list.FindIndex(i + 1, s => IsLabel(s, jump.Target));
        if (end < 0) return false;
        var otherwise = list.GetRange(i + 1, end - i - 1);
        if (otherwise.Any(s => s is DispatchStmt) || !IsClosed(otherwise)) return false;
        list.RemoveRange(i, end - i);
        Release(jump.Target);
        choice.Then.RemoveAt(choice.Then.Count - 1);
        if (choice.Then.Count > 0) list.Insert(i, choice with { Else = otherwise });
        else list.Insert(i, choice with { Condition = Compare.Not(choice.Condition), Then = otherwise });
        return true;
    }

    /// <summary>An if with nothing but an if inside is one condition.</summary>
    private static bool Both(List<Stmt> list, int i, IfStmt choice)
    {
        if (choice.Else.Count > 0 || choice.Then is not [IfStmt { Else.Count: 0 } inner]) return false;
        list[i] = inner with { Condition = Logic("&&", choice.Condition, inner.Condition), Source = choice.Source };
        return true;
    }

    // ---- loops

    /// <summary>Roslyn's loop: a jump to the condition, the body, the condition, a branch back to the body.</summary>
    private bool While(List<Stmt> list, int i, GotoStmt jump)
    {
        if (i + 1 >= list.Count || list[i + 1] is not LabelStmt top) return false;
        int test = list.FindIndex(i + 2, s => IsLabel(s, jump.Target));
        int back = test < 0 ? -1 : list.FindIndex(test, s => s is BranchStmt b && b.Target == top.Block);
        if (back < 0 || references[top.Block] != 1) return false;
        var body = list.GetRange(i + 2, test - i - 2);
        var before = list.GetRange(test + 1, back - test - 1);
        var branch = (BranchStmt)list[back];
        if (before.Any(s => s is LabelStmt or DispatchStmt) || body.Any(s => s is DispatchStmt)) return false;
        Release(jump.Target);
        var label = (LabelStmt)list[test];
        if (!IsClosed([.. body, label, .. before]))
        {
            Refer(jump.Target);
            return false;
        }
        Release(top.Block);
        Replace(body, jump.Target, s => new ContinueStmt(s));
        if (references[jump.Target] > 0) body.Add(label);
        list.RemoveRange(i, back - i + 1);
        var condition = branch.Condition;
        if (before.Count > 0)
        {
            body.InsertRange(0, [.. before, new IfStmt(Compare.Not(condition), [new BreakStmt(branch.Source)], [], branch.Source)]);
            condition = new IntExpr(1, PrimType.I4);
        }
        AddLoop(list, i, new LoopStmt(condition, body, false, branch.Source));
        return true;
    }

    /// <summary>A label with one jump back to it: do while, or a loop without a condition.</summary>
    private bool DoWhile(List<Stmt> list, int i, LabelStmt top)
    {
        int back = list.FindLastIndex(s => s is BranchStmt b && b.Target == top.Block || s is GotoStmt g && g.Target == top.Block);
        if (back <= i) return false;
        var body = list.GetRange(i + 1, back - i - 1);
        bool forever = list[back] is GotoStmt;
        if (body.Any(s => s is DispatchStmt) || !forever && references[top.Block] != 1 || !IsClosed([top, .. body, list[back]]))
            return false;
        if (forever && Replaceable(body, top.Block) + 1 != references[top.Block]) return false;
        Release(top.Block);
        if (forever) Replace(body, top.Block, s => new ContinueStmt(s));
        Expr condition = list[back] is BranchStmt branch ? branch.Condition : new IntExpr(1, PrimType.I4);
        var source = list[back].Source;
        list.RemoveRange(i, back - i + 1);
        AddLoop(list, i, new LoopStmt(condition, body, !forever, source));
        return true;
    }

    private void AddLoop(List<Stmt> list, int i, LoopStmt loop)
    {
        list.Insert(i, loop);
        if (i + 1 < list.Count && list[i + 1] is LabelStmt after) Replace(loop.Body, after.Block, s => new BreakStmt(s));
        if (loop is { AtEnd: false, Body: [.., ContinueStmt] }) loop.Body.RemoveAt(loop.Body.Count - 1);
    }

    private static int Replaceable(List<Stmt> list, Block target) => list.Sum(s => s switch
    {
        GotoStmt g => g.Target == target ? 1 : 0,
        BranchStmt b => b.Target == target ? 1 : 0,
        IfStmt choice => Replaceable(choice.Then, target) + Replaceable(choice.Else, target),
        _ => 0,
    });

    /// <summary>Jumps out of a loop, or to its next round, by their C names; inner loops keep their gotos.</summary>
    private void Replace(List<Stmt> list, Block target, System.Func<SourcePoint, Stmt> make)
    {
        for (int i = 0; i < list.Count; i++)
            switch (list[i])
            {
                case GotoStmt g when g.Target == target:
                    list[i] = make(g.Source);
                    Release(target);
                    break;
                case BranchStmt b when b.Target == target:
                    list[i] = new IfStmt(b.Condition, [make(b.Source)], [], b.Source);
                    Release(target);
                    break;
                case IfStmt choice:
                    Replace(choice.Then, target, make);
                    Replace(choice.Else, target, make);
                    break;
            }
    }
}
