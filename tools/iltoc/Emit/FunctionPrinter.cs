// SPDX-License-Identifier: MIT
// One C function: its head, its locals, its statements with labels and #line.
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Wamr.Nano.IlToC;

internal sealed class FunctionPrinter(CTypes types, Function function, bool withLines)
{
    private readonly ExprPrinter printer = new(types);
    private readonly StringBuilder text = new();
    private readonly DispatchLoop? loop = function.Method.IsDispatchLoop ? DispatchLoop.Find(function) : null;
    private SourcePoint current = SourcePoint.Unknown;
    private readonly HashSet<Block> labelled = [];

    internal static string Head(CTypes types, Method method)
    {
        string parameters = method.Parameters.Count == 0 ? "void"
            : string.Join(", ", method.Parameters.Select((t, i) => types.Declare(t, CNames.Identifier(method.ParameterNames[i]))));
        string kind = method.Import is not null ? "extern " : method.IsPublic ? ""
            : method.AlwaysInline ? "IL_INLINE " : method.NeverInline ? "static IL_NOINLINE " : "static ";
        return kind + types.Declare(method.Result, $"{method.CName}({parameters})");
    }

    internal string Print()
    {
        var first = function.Statements.Select(s => s.Source).FirstOrDefault(SourcePoint.Unknown);
        text.Append($"\n/* {function.Method.FullName}{(first.Line > 0 ? $": {first.File}" : "")} */\n");
        Line(first);
        if (loop is not null) text.Append("IL_LOOP ");
        text.Append(DefinitionHead()).Append("\n{\n");
        Locals();
        if (loop is not null) LoopHead(loop);
        var blocks = function.Blocks;
        Label(blocks);
        for (int i = 0; i < blocks.Count; i++) Print(blocks[i], i + 1 < blocks.Count ? blocks[i + 1].Block : null);
        text.Append("}\n");
        if (loop is not null) text.Append("#undef IL_NEXT\n");
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
        var unassigned = DefiniteAssignment.MaybeUnassigned(function);
        foreach (var local in function.Locals)
        {
            bool clear = unassigned.Contains(local) && (function.InitLocals || !local.IsExposed);
            bool union = local.Type is StructType s && types.IsExplicit(s);
            text.Append($"    {types.Declare(local.Type, local.Name)}{(!clear || union ? "" : local.Type.Kind == StackKind.Struct ? " = { 0 }" : " = 0")};\n");
        }
        foreach (var alloc in function.Statements.OfType<StackAllocStmt>())
            text.Append($"    IL_ALIGN8 u8 {alloc.Buffer}[{printer.Print(alloc.Size)}];\n");
        foreach (var local in function.Locals.Where(v => unassigned.Contains(v) && v.Type is StructType s && types.IsExplicit(s) && function.InitLocals))
            text.Append($"    il_memset(&{local.Name}, 0, sizeof {local.Name});\n");
        var read = DeadVariables.Read(function);
        foreach (var parameter in function.Parameters.Where(p => !read.Contains(p))) text.Append($"    (void){parameter.Name};\n");
    }

    // ---- the dispatch loop

    private void LoopHead(DispatchLoop dispatch)
    {
        text.Append($"#if IL_THREADED\n    static const void *const handlers[{dispatch.TableSize}] = {{\n");
        foreach (var row in dispatch.Table.Chunk(8)) text.Append("        " + string.Join(", ", row.Select(b => "&&" + Name(b))) + ",\n");
        // Behind the barrier gcc takes the table's address for a variable and keeps it in a register.
        text.Append("    };\n    const void *const *table = handlers;\n    __asm__(\"\" : \"+r\"(table));\n#define IL_NEXT do { \\\n");
        foreach (var statement in dispatch.Head.Statements.Where(s => s is not SwitchStmt)) text.Append($"        {Text(statement)}; \\\n");
        text.Append($"        goto *table[{printer.Print(dispatch.Switch.Value)}]; \\\n    }} while (0)\n");
        text.Append($"#else\n#define IL_NEXT goto {Name(dispatch.Head.Block)}\n#endif\n");
    }

    /// <summary>Every value of the operand has its case, so compilers leave the range check out here too.</summary>
    private void PrintLoopHead(DispatchLoop dispatch)
    {
        text.Append("#if IL_THREADED\n    IL_NEXT;\n#else\n");
        text.Append($"{Name(dispatch.Head.Block)}:\n");
        foreach (var statement in dispatch.Head.Statements.Where(s => s is not SwitchStmt)) Print(statement, null);
        text.Append($"    switch ({printer.Print(dispatch.Switch.Value)}) {{\n");
        Cases([.. dispatch.Table]);
        text.Append("    default: IL_UNREACHABLE;\n    }\n#endif\n");
        current = SourcePoint.Unknown;
    }

    // ---- blocks and statements

    private static string Name(Block block) => "L" + block.Index;

    private void Label(IReadOnlyList<BlockBody> blocks)
    {
        for (int i = 0; i < blocks.Count; i++)
        {
            var next = i + 1 < blocks.Count ? blocks[i + 1].Block : null;
            foreach (var statement in Shown(blocks[i], next))
                switch (statement)
                {
                    case GotoStmt g: labelled.Add(g.Target); break;
                    case BranchStmt b: labelled.Add(b.Target); break;
                    case SwitchStmt s:
                        labelled.UnionWith(s.Targets.Append(s.Default));
                        break;
                }
        }
    }

    /// <summary>The block's statements without jumps to what follows anyway; a branch over a jump is turned round.</summary>
    private static List<Stmt> Shown(BlockBody body, Block? next)
    {
        List<Stmt> shown = [.. body.Statements];
        if (shown is [.., BranchStmt branch, GotoStmt jump] && branch.Target == next)
            shown[^2..].ToList().ForEach(_ => shown.RemoveAt(shown.Count - 1));
        else if (shown is [.., GotoStmt last] && last.Target == next)
        {
            shown.RemoveAt(shown.Count - 1);
            return shown;
        }
        else return shown;
        var (b, j) = ((BranchStmt)body.Statements[^2], (GotoStmt)body.Statements[^1]);
        if (j.Target != next) shown.Add(new BranchStmt(Compare.Not(b.Condition), j.Target, b.Source));
        return shown;
    }

    private void Print(BlockBody body, Block? next)
    {
        if (loop is not null && body == loop.Head)
        {
            PrintLoopHead(loop);
            return;
        }
        // A dispatch table may need fewer labels than the switch it stands for.
        if (labelled.Contains(body.Block)) text.Append(Name(body.Block)).Append(loop is null ? ":\n" : ": IL_UNUSED;\n");
        var shown = Shown(body, next);
        foreach (var statement in shown) Print(statement, next);
        if (shown.Count == 0 && labelled.Contains(body.Block) && loop is null) text.Append("    ;\n");
    }

    private void Print(Stmt statement, Block? next)
    {
        Line(statement.Source);
        if (statement is SwitchStmt s) Switch(s, next);
        else
        {
            text.Append($"    {Text(statement)};\n");
            current = current with { Line = current.Line + 1 };
        }
    }

    private string Jump(Block target) => loop is not null && target == loop.Head.Block ? "IL_NEXT" : "goto " + Name(target);

    private string Text(Stmt statement)
    {
        switch (statement)
        {
            case AssignStmt { Value: ZeroExpr { Type: StructType z } } a when types.IsExplicit(z):
                return $"il_memset(&{printer.Print(a.Place)}, 0, sizeof({types.Name(z)}))";
            case AssignStmt a: return printer.UnalignedStore(a.Place, a.Value) ?? $"{printer.Print(a.Place)} = {printer.Print(a.Value)}";
            case EvalStmt { Value: CallExpr or PointerCallExpr or HelperExpr } e when e.Value.Type.IsVoid: return printer.Print(e.Value);
            case EvalStmt e: return "(void)" + printer.Print(new CastExpr(e.Value, PrimType.Void))[6..];
            case ReturnStmt r: return r.Value is null ? "return" : "return " + printer.Print(r.Value);
            case GotoStmt g: return Jump(g.Target);
            case BranchStmt b: return $"if ({printer.Print(b.Condition)}) {Jump(b.Target)}";
            case StackAllocStmt alloc:
                string clear = alloc.Zeroed ? $"il_memset({alloc.Buffer}, 0, sizeof {alloc.Buffer}); " : "";
                return $"{clear}{alloc.Pointer.Name} = {alloc.Buffer}";
            default: throw new System.InvalidOperationException(statement.GetType().Name);
        }
    }

    private void Switch(SwitchStmt s, Block? next)
    {
        text.Append($"    switch ({printer.Print(s.Value)}) {{\n");
        Cases([.. s.Targets.Select(t => t == s.Default ? null : t)]);
        text.Append($"    default: {Jump(s.Default)};\n    }}\n");
        current = SourcePoint.Unknown;
    }

    /// <summary>One line for each run of values that go to the same block; null goes to the default.</summary>
    private void Cases(List<Block?> targets)
    {
        for (int first = 0, last; first < targets.Count; first = last + 1)
        {
            last = first;
            while (last + 1 < targets.Count && targets[last + 1] == targets[first]) last++;
            if (targets[first] is { } target)
                text.Append("    " + string.Concat(Enumerable.Range(first, last - first + 1).Select(c => $"case {c}: ")) + Jump(target) + ";\n");
        }
    }

    /// <summary>Says the C# line unless the compiler already counts to it.</summary>
    private void Line(SourcePoint source)
    {
        if (!withLines || source.Line == 0 || source == current) return;
        text.Append(source.File == current.File ? $"#line {source.Line}\n" : $"#line {source.Line} \"{source.File}\"\n");
        current = source;
    }
}
