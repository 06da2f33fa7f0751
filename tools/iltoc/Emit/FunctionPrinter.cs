// SPDX-License-Identifier: MIT
// One C function: its head, its locals, its statements with #line.
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Wamr.Nano.IlToC;

internal sealed class FunctionPrinter
{
    private const int Width = 130;

    private readonly CTypes types;
    private readonly Function function;
    private readonly ExprPrinter printer;
    private readonly StringBuilder text = new();
    private readonly DispatchLoop? loop;
    private readonly List<Stmt> body;
    private readonly HashSet<Variable> unassigned;
    private readonly LineWriter lines;

    internal FunctionPrinter(CTypes types, Function function, bool withLines)
    {
        this.types = types;
        this.function = function;
        printer = new ExprPrinter(types);
        lines = new LineWriter(text, withLines, Width);
        loop = function.Method.IsDispatchLoop ? DispatchLoop.Find(function) : null;
        unassigned = DefiniteAssignment.MaybeUnassigned(function);
        body = Ternaries.Fold(Structure.Of(function, loop));
    }

    internal static string Head(CTypes types, Method method)
    {
        string parameters = method.Parameters.Count == 0 ? "void"
            : string.Join(", ", method.Parameters.Select((t, i) => types.Declare(t, CNames.Identifier(method.ParameterNames[i]))));
        string kind = method.Import is not null ? "extern " : method.IsPublic ? ""
            : method.AlwaysInline ? (method.IsPartOfLoop ? "IL_INLINE " : "IL_SPEEDUP ")
            : method.NeverInline ? "static IL_NOINLINE "
            : "static ";
        return kind + types.Declare(method.Result, $"{method.CName}({parameters})");
    }

    internal string Print()
    {
        var first = function.Statements.Select(s => s.Source).FirstOrDefault(SourcePoint.Unknown);
        text.Append($"\n/* {function.Method.FullName}{(first.Line > 0 ? $": {first.File}" : "")} */\n");
        lines.Begin(first);
        text.Append(loop is not null ? "IL_LOOP " : "").Append(DefinitionHead()).Append("\n{\n");
        Locals();
        if (loop is not null) LoopHead(loop);
        lines.Reset();
        Print(body, 1);
        lines.End();
        text.Append("}\n").Append(loop is not null ? "#undef IL_NEXT\n" : "");
        return text.ToString();
    }

    /// <summary>Parameters under the names the body uses.</summary>
    private string DefinitionHead()
    {
        string head = Head(types, function.Method);
        string parameters = string.Join(", ", function.Parameters.Select(p => types.Declare(p.Type, p.Name)));
        return head[..(head.IndexOf(function.Method.CName + "(", System.StringComparison.Ordinal) + function.Method.CName.Length)]
            + "(" + (parameters.Length == 0 ? "void" : parameters) + ")";
    }

    private void Locals()
    {
        var all = body.SelectMany(s => s.All()).ToList();
        var used = all.SelectMany(s => s.Exprs).SelectMany(e => e.All()).OfType<VariableExpr>().Select(v => v.Variable)
            .Concat(all.OfType<StackAllocStmt>().Select(s => s.Pointer))
            .Concat(loop is null ? []
            : loop.Head.Statements.SelectMany(s => s.Exprs).SelectMany(e => e.All()).OfType<VariableExpr>().Select(v => v.Variable))
            .ToHashSet();
        foreach (var local in function.Locals.Where(used.Contains))
        {
            bool clear = unassigned.Contains(local) && (function.InitLocals || !local.IsExposed) && !IsUnion(local.Type);
            string value = !clear ? "" : local.Type.Kind == StackKind.Struct ? " = { 0 }" : " = 0";
            text.Append($"    {types.Declare(local.Type, local.Name)}{value};\n");
        }
        foreach (var alloc in function.Statements.OfType<StackAllocStmt>())
            text.Append($"    IL_ALIGN8 u8 {alloc.Buffer}[{printer.Print(alloc.Size)}];\n");
        foreach (var local in function.Locals.Where(v =>
            used.Contains(v) && unassigned.Contains(v) && IsUnion(v.Type) && function.InitLocals))
            text.Append($"    il_memset(&{local.Name}, 0, sizeof {local.Name});\n");
        foreach (var parameter in function.Parameters.Where(p => !used.Contains(p))) text.Append($"    (void){parameter.Name};\n");
    }

    private bool IsUnion(IlType type) => type is StructType s && types.IsExplicit(s);

    // ---- the dispatch loop

    private void LoopHead(DispatchLoop dispatch)
    {
        text.Append($"#if IL_THREADED\n    static const void *const handlers[{dispatch.TableSize}] = {{\n");
        foreach (var row in dispatch.Table.Chunk(8)) text.Append("        " + string.Join(", ", row.Select(b => "&&" + Name(b))) + ",\n");
        // After the barrier, gcc regards the table's address as a variable, and keeps it in a register.
        text.Append("    };\n    const void *const *table = handlers;\n    __asm__(\"\" : \"+r\"(table));\n#define IL_NEXT do { \\\n");
        foreach (var statement in dispatch.Head.Statements.Where(s => s is not SwitchStmt)) text.Append($"        {Text(statement)}; \\\n");
        text.Append($"        goto *table[{printer.Print(dispatch.Switch.Value)}]; \\\n    }} while (0)\n");
        text.Append($"#else\n#define IL_NEXT goto {Name(dispatch.Head.Block)}\n#endif\n");
    }

    /// <summary>Every value of the operand has its case, so compilers leave the range check out here too.</summary>
    private void PrintLoopHead(DispatchLoop dispatch)
    {
        lines.End();
        text.Append("#if IL_THREADED\n    IL_NEXT;\n#else\n");
        text.Append($"{Name(dispatch.Head.Block)}:\n");
        foreach (var statement in dispatch.Head.Statements.Where(s => s is not SwitchStmt)) Print(statement, 1);
        lines.End();
        text.Append($"    switch ({printer.Print(dispatch.Switch.Value)}) {{\n");
        Cases([.. dispatch.Table], 1);
        text.Append("    default: IL_UNREACHABLE;\n    }\n#endif\n");
        lines.Reset();
    }

    // ---- statements

    private static string Name(Block block) => "L" + block.Index;

    private void Print(List<Stmt> list, int depth)
    {
        foreach (var statement in list) Print(statement, depth);
        if (list is [.., LabelStmt]) lines.Simple(";", SourcePoint.Unknown, depth);
    }

    private void Print(Stmt statement, int depth)
    {
        switch (statement)
        {
            case DispatchStmt: PrintLoopHead(loop!); break;
            case LabelStmt label: lines.Raw(Name(label.Block) + ":"); break;
            case SwitchStmt s: Switch(s, depth); break;
            case IfStmt choice: If(choice, depth); break;
            case LoopStmt { AtEnd: true } l:
                lines.Alone("do {", l.Body.Count > 0 ? l.Body[0].Source : l.Source, depth);
                Print(l.Body, depth + 1);
                lines.Alone($"}} while ({printer.Print(l.Condition)});", l.Source, depth);
                break;
            case LoopStmt l:
                lines.Alone($"while ({printer.Print(l.Condition)}) {{", l.Source, depth);
                Print(l.Body, depth + 1);
                lines.Alone("}", SourcePoint.Unknown, depth);
                break;
            case BranchStmt: lines.Alone(Text(statement) + ";", statement.Source, depth); break;
            default: lines.Simple(Text(statement) + ";", statement.Source, depth); break;
        }
    }

    private void If(IfStmt choice, int depth)
    {
        string head = $"if ({printer.Print(choice.Condition)})";
        if (choice is { Then: [GotoStmt or ReturnStmt or BreakStmt or ContinueStmt or AssignStmt or EvalStmt], Else: [] }
            && choice.Then[0].Source == choice.Source
            && Text(choice.Then[0]) is var only && head.Length + only.Length + depth * 4 < Width)
        {
            lines.Alone($"{head} {only};", choice.Source, depth);
            return;
        }
        lines.Alone(head + " {", choice.Source, depth);
        Print(choice.Then, depth + 1);
        while (choice.Else is [IfStmt next])
        {
            lines.Alone($"}} else if ({printer.Print(next.Condition)}) {{", next.Source, depth);
            Print(next.Then, depth + 1);
            choice = next;
        }
        if (choice.Else.Count > 0)
        {
            lines.Alone("} else {", SourcePoint.Unknown, depth);
            Print(choice.Else, depth + 1);
        }
        lines.Alone("}", SourcePoint.Unknown, depth);
    }

    private string Jump(Block target) => loop is not null && target == loop.Head.Block ? "IL_NEXT" : "goto " + Name(target);

    private string Text(Stmt statement)
    {
        switch (statement)
        {
            case AssignStmt { Value: ZeroExpr { Type: StructType z } } a when types.IsExplicit(z):
                return $"il_memset(&{printer.Print(a.Place)}, 0, sizeof({types.Name(z)}))";
            case AssignStmt a: return printer.UnalignedStore(a.Place, a.Value) ?? $"{printer.Print(a.Place)} = {printer.Print(a.Value)}";
            case EvalStmt e when e.Value.Type.IsVoid: return printer.Print(e.Value);
            case EvalStmt e: return printer.Print(new CastExpr(e.Value, PrimType.Void));
            case ReturnStmt r: return r.Value is null ? "return" : "return " + printer.Print(r.Value);
            case GotoStmt g: return Jump(g.Target);
            case BranchStmt b: return $"if ({printer.Print(b.Condition)}) {Jump(b.Target)}";
            case BreakStmt: return "break";
            case ContinueStmt: return "continue";
            case StackAllocStmt alloc:
                string clear = alloc.Zeroed ? $"il_memset({alloc.Buffer}, 0, sizeof {alloc.Buffer}); " : "";
                return $"{clear}{alloc.Pointer.Name} = {alloc.Buffer}";
            default: throw new System.InvalidOperationException(statement.GetType().Name);
        }
    }

    private void Switch(SwitchStmt s, int depth)
    {
        lines.Alone($"switch ({printer.Print(s.Value)}) {{", s.Source, depth);
        lines.End();
        Cases([.. s.Targets.Select(t => t == s.Default ? null : t)], depth);
        string indent = new(' ', depth * 4);
        text.Append($"{indent}default: {Jump(s.Default)};\n{indent}}}\n");
        lines.Reset();
    }

    /// <summary>One line for each run of values that go to the same block; null goes to the default.</summary>
    private void Cases(List<Block?> targets, int depth)
    {
        for (int first = 0, last; first < targets.Count; first = last + 1)
        {
            last = first;
            while (last + 1 < targets.Count && targets[last + 1] == targets[first]) last++;
            if (targets[first] is { } target)
                text.Append(' ', depth * 4)
                    .Append(string.Concat(Enumerable.Range(first, last - first + 1).Select(c => $"case {c}: ")) + Jump(target) + ";\n");
        }
    }
}
