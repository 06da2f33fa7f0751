// SPDX-License-Identifier: MIT
// One method: walks its blocks, simulates the evaluation stack and rebuilds statements (ECMA-335 III). Here: order and control flow.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection.Metadata;

namespace Wamr.Nano.IlToC;

internal sealed partial class MethodTranslator
{
    private readonly AssemblyModel model;
    private readonly Method method;
    private readonly MethodBodyBlock body;
    private readonly FlowGraph graph;
    private readonly VariableMap variables;
    private readonly IReadOnlyList<(int Offset, SourcePoint Point)> points;
    private readonly HashSet<string>? exposed;
    private readonly Dictionary<Block, List<Variable>> entryStacks = [];
    private readonly List<BlockBody> done = [];
    private List<Expr> stack = [];
    private List<Stmt> statements = [];
    private SourcePoint source;
    private Block block;
    private bool volatilePrefix, unalignedPrefix;

    private MethodTranslator(AssemblyModel model, Method method, HashSet<string>? exposed)
    {
        this.model = model;
        this.method = method;
        this.exposed = exposed;
        points = model.Sources.Points(method.Handle);
        source = points.Count > 0 ? points[0].Point : SourcePoint.Unknown;
        body = model.Body(method);
        var code = IlDecoder.Decode(body.GetILReader());
        graph = new FlowGraph(code);
        block = graph.Blocks[0];
        variables = new VariableMap(method, model.Locals(body, method.Arguments), model.Sources.LocalNames(method.Handle), code);
    }

    /// <summary>
    /// Translates twice: which variables have their address taken is known only once the first translation has shown
    /// which addresses were merely the way to a field.
    /// </summary>
    internal static Function Translate(AssemblyModel model, Method method, Action<Refusal> refuse)
    {
        var first = new MethodTranslator(model, method, null).Run(refuse);
        if (first is null) return new Function(method, [], [], [], false);
        var exposed = first.Exprs.OfType<AddressExpr>().Select(a => AddressExpr.Root(a.Place)).OfType<VariableExpr>()
            .Select(v => v.Variable.Name).ToHashSet(StringComparer.Ordinal);
        return new MethodTranslator(model, method, exposed).Run(refuse)!;
    }

    private Function? Run(Action<Refusal> refuse)
    {
        try
        {
            if (body.ExceptionRegions.Length > 0) throw new RefusedException(Rule.Exception, "try, catch and finally are not allowed");
            foreach (var type in method.Parameters.Append(method.Result)) model.Rules.Check(type);
            foreach (var next in graph.Blocks) TranslateBlock(next);
            foreach (var variable in variables.Locals) model.Rules.Check(variable.Type);
        }
        catch (RefusedException e)
        {
            refuse(new Refusal(e.Rule, e.Message, method.FullName, source));
            return null;
        }
        return new Function(method, variables.Parameters, variables.Locals, done, body.LocalVariablesInitialized);
    }

    private void TranslateBlock(Block next)
    {
        block = next;
        statements = [];
        stack = entryStacks.TryGetValue(block, out var entry) ? [.. entry.Select(v => new VariableExpr(v))] : [];
        foreach (var i in block.Code)
        {
            if (points.LastOrDefault(p => p.Offset <= i.Offset).Point is { Line: > 0 } point) source = point;
            Step(i);
        }
        if (!block.Last.EndsBlock) FallThrough(block.Last.Next);
        done.Add(new BlockBody(block, statements));
    }

    private void Step(Instruction i)
    {
        if (Prefix(i) || Load(i) || Store(i) || Arithmetic(i) || Memory(i) || Call(i) || Branch(i)) return;
        throw i.Op == ILOpCode.Ldnull && NextOp(i) == ILOpCode.Throw ? new(Rule.Exception, "throw is not allowed: errors are return values")
            : Refuse(i);
    }

    private static RefusedException Refuse(Instruction i) => i.Op switch
    {
        ILOpCode.Newarr or ILOpCode.Ldlen or >= ILOpCode.Ldelem_i1 and <= ILOpCode.Ldelem_ref
            or >= ILOpCode.Stelem_i and <= ILOpCode.Stelem_ref or ILOpCode.Ldelem or ILOpCode.Stelem or ILOpCode.Ldelema =>
            new(Rule.Array, Name(i) + " is not allowed: arrays live on a garbage-collected heap"),
        ILOpCode.Box or ILOpCode.Unbox or ILOpCode.Unbox_any =>
            new(Rule.Boxing, Name(i) + " is not allowed: boxes live on a garbage-collected heap"),
        ILOpCode.Throw or ILOpCode.Rethrow => new(Rule.Exception, Name(i) + " is not allowed: errors are return values"),
        ILOpCode.Ldnull or ILOpCode.Isinst or ILOpCode.Castclass =>
            new(Rule.ObjectCreation, Name(i) + " is not allowed: there are no object references"),
        ILOpCode.Ldstr => new(Rule.String, "ldstr is not allowed: use a ReadOnlySpan<byte> literal (\"...\"u8)"),
        ILOpCode.Callvirt or ILOpCode.Ldvirtftn or ILOpCode.Constrained =>
            new(Rule.VirtualCall, Name(i) + " is not allowed: use a delegate*"),
        ILOpCode.Stsfld or ILOpCode.Ldsfld or ILOpCode.Ldsflda =>
            new(Rule.StaticField, Name(i) + " is not allowed: there are no mutable statics"),
        >= ILOpCode.Conv_ovf_i1_un and <= ILOpCode.Conv_ovf_u_un or >= ILOpCode.Conv_ovf_i1 and <= ILOpCode.Conv_ovf_u8
            or ILOpCode.Conv_ovf_i or ILOpCode.Conv_ovf_u or >= ILOpCode.Add_ovf and <= ILOpCode.Sub_ovf_un =>
            new(Rule.CheckedArithmetic, Name(i) + " is not allowed: checked arithmetic throws"),
        _ => new(Rule.Instruction, Name(i) + " is not allowed"),
    };

    private static string Name(Instruction i) => i.Op.ToString().ToLowerInvariant().Replace('_', '.');

    // ---- the evaluation stack

    private Expr Pop()
    {
        var top = stack[^1];
        stack.RemoveAt(stack.Count - 1);
        return top;
    }

    /// <summary>
    /// C leaves the order inside an expression open, so an expression never holds an effect beside anything the effect could touch:
    /// what is already on the stack moves to temporaries first.
    /// </summary>
    private void Push(Expr e)
    {
        if (e.ReadsMemory || e.HasEffect) Spill(x => x.HasEffect);
        if (e.HasEffect) Spill(x => x.ReadsMemory);
        stack.Add(e);
    }

    private void Spill(Func<Expr, bool> which)
    {
        for (int k = 0; k < stack.Count; k++)
        {
            if (!which(stack[k])) continue;
            var temporary = variables.Temporary(stack[k].Type);
            statements.Add(new AssignStmt(new VariableExpr(temporary), stack[k], source));
            stack[k] = new VariableExpr(temporary);
        }
    }

    private void Emit(Stmt statement, bool writesMemory)
    {
        Spill(x => x.HasEffect);
        if (writesMemory || statement.Exprs.Any(e => e.HasEffect)) Spill(x => x.ReadsMemory);
        statements.Add(statement);
    }

    private void Assign(Expr place, Expr value)
    {
        var root = AddressExpr.Root(place);
        bool local = root is VariableExpr { Variable.IsExposed: false };
        if (root is VariableExpr v) Spill(x => x.Reads(v.Variable));
        Emit(new AssignStmt(place, Conversion.ToPlace(value, place.Type), source), !local);
    }

    // ---- control flow

    private bool Branch(Instruction i)
    {
        switch (i.Op)
        {
            case ILOpCode.Br or ILOpCode.Br_s:
                FallThrough(i.Target);
                return true;
            case ILOpCode.Brtrue or ILOpCode.Brtrue_s:
                BranchIf(Compare.Truth(Pop()), i);
                return true;
            case ILOpCode.Brfalse or ILOpCode.Brfalse_s:
                BranchIf(Compare.Not(Compare.Truth(Pop())), i);
                return true;
            case ILOpCode.Switch:
                Switch(i);
                return true;
            case ILOpCode.Ret:
                Emit(new ReturnStmt(method.Result.IsVoid ? null : Conversion.ToPlace(Pop(), method.Result), source), false);
                return true;
        }
        if (ConditionOf(i.Op) is not { } condition) return false;
        var right = Pop();
        BranchIf(Compare.Of(condition.Op, Pop(), right, condition.Un), i);
        return true;
    }

    private static (string Op, bool Un)? ConditionOf(ILOpCode op) => op switch
    {
        ILOpCode.Beq or ILOpCode.Beq_s => ("==", false),
        ILOpCode.Bne_un or ILOpCode.Bne_un_s => ("!=", true),
        ILOpCode.Bge or ILOpCode.Bge_s => (">=", false),
        ILOpCode.Bge_un or ILOpCode.Bge_un_s => (">=", true),
        ILOpCode.Bgt or ILOpCode.Bgt_s => (">", false),
        ILOpCode.Bgt_un or ILOpCode.Bgt_un_s => (">", true),
        ILOpCode.Ble or ILOpCode.Ble_s => ("<=", false),
        ILOpCode.Ble_un or ILOpCode.Ble_un_s => ("<=", true),
        ILOpCode.Blt or ILOpCode.Blt_s => ("<", false),
        ILOpCode.Blt_un or ILOpCode.Blt_un_s => ("<", true),
        _ => null,
    };

    private void FallThrough(int offset)
    {
        var target = graph.At(offset);
        HandOver(target);
        stack.Clear();
        Emit(new GotoStmt(target, source), false);
    }

    private void BranchIf(Expr condition, Instruction i)
    {
        var target = graph.At(i.Target);
        var next = graph.At(i.Next);
        if (stack.Count > 0) condition = Keep(condition);
        Spill(e => e.HasEffect);
        HandOver(target);
        HandOver(next);
        Emit(new BranchStmt(condition, target, source), false);
        statements.Add(new GotoStmt(next, source));
    }

    private void Switch(Instruction i)
    {
        var value = Arith.AsUnsigned(Pop(), StackKind.Int32);
        if (stack.Count > 0) throw new RefusedException(Rule.Instruction, "switch with values left on the evaluation stack");
        Emit(new SwitchStmt(value, [.. i.Targets.Select(graph.At)], graph.At(i.Next), source), false);
    }

    /// <summary>The condition was evaluated last: when the stack beneath is handed over first, it must not see that.</summary>
    private VariableExpr Keep(Expr condition)
    {
        var temporary = variables.Temporary(PrimType.I4);
        statements.Add(new AssignStmt(new VariableExpr(temporary), condition, source));
        return new VariableExpr(temporary);
    }

    /// <summary>At the end of a block, the values on the stack go to the variables with which the next block starts.</summary>
    private void HandOver(Block target)
    {
        if (stack.Count == 0) return;
        if (!entryStacks.TryGetValue(target, out var entry))
            entryStacks[target] = entry = [.. stack.Select(e => variables.Temporary(EntryType(e.Type)))];
        for (int k = 0; k < stack.Count; k++)
            statements.Add(new AssignStmt(new VariableExpr(entry[k]), Conversion.ToPlace(stack[k], entry[k].Type), source));
    }

    private static IlType EntryType(IlType type) => type.Kind == StackKind.Int32 && type.FixedSize < 4 ? PrimType.I4 : type;
}
