// SPDX-License-Identifier: MIT
// Statements of a translated method, in order, each with its C# line.
using System.Collections.Generic;
using System.Linq;

namespace Wamr.Nano.IlToC;

internal abstract record Stmt(SourcePoint Source)
{
    internal virtual IReadOnlyList<Expr> Exprs => [];
}

internal sealed record AssignStmt(Expr Place, Expr Value, SourcePoint Source) : Stmt(Source)
{
    internal override IReadOnlyList<Expr> Exprs => [Place, Value];
}

internal sealed record EvalStmt(Expr Value, SourcePoint Source) : Stmt(Source)
{
    internal override IReadOnlyList<Expr> Exprs => [Value];
}

internal sealed record ReturnStmt(Expr? Value, SourcePoint Source) : Stmt(Source)
{
    internal override IReadOnlyList<Expr> Exprs => Value is null ? [] : [Value];
}

/// <summary><c>stackalloc</c>: a buffer of the function's frame and the pointer to it.</summary>
internal sealed record StackAllocStmt(Variable Pointer, string Buffer, Expr Size, bool Zeroed, SourcePoint Source) : Stmt(Source)
{
    internal override IReadOnlyList<Expr> Exprs => [Size];
}

internal sealed record GotoStmt(Block Target, SourcePoint Source) : Stmt(Source);

internal sealed record BranchStmt(Expr Condition, Block Target, SourcePoint Source) : Stmt(Source)
{
    internal override IReadOnlyList<Expr> Exprs => [Condition];
}

internal sealed record SwitchStmt(Expr Value, IReadOnlyList<Block> Targets, Block Default, SourcePoint Source) : Stmt(Source)
{
    internal override IReadOnlyList<Expr> Exprs => [Value];
}

/// <summary>A block with its statements.</summary>
internal sealed record BlockBody(Block Block, List<Stmt> Statements);

/// <summary>A method ready to be printed.</summary>
internal sealed class Function(Method method, IReadOnlyList<Variable> parameters, IReadOnlyList<Variable> locals,
    IReadOnlyList<BlockBody> blocks, bool initLocals)
{
    internal Method Method { get; } = method;
    internal IReadOnlyList<Variable> Parameters { get; } = parameters;
    internal IReadOnlyList<Variable> Locals { get; } = locals;
    internal IReadOnlyList<BlockBody> Blocks { get; } = blocks;
    internal bool InitLocals { get; } = initLocals;

    internal IEnumerable<Stmt> Statements => Blocks.SelectMany(b => b.Statements);
    internal IEnumerable<Expr> Exprs => Statements.SelectMany(s => s.Exprs).SelectMany(e => e.All());
}
