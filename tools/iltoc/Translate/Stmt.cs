// SPDX-License-Identifier: MIT
// Statements of a translated method, in order, each with its C# line.
using System.Collections.Generic;
using System.Linq;

namespace Wamr.Nano.IlToC;

internal abstract record Stmt(SourcePoint Source)
{
    internal virtual IReadOnlyList<Expr> Exprs => [];

    /// <summary>Lists of statements inside this one.</summary>
    internal virtual IReadOnlyList<List<Stmt>> Bodies => [];

    /// <summary>This statement and all inside it.</summary>
    internal IEnumerable<Stmt> All() => Bodies.SelectMany(b => b).SelectMany(s => s.All()).Prepend(this);
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

// ---- what the flow of blocks is rebuilt into

internal sealed record LabelStmt(Block Block, SourcePoint Source) : Stmt(Source);

internal sealed record IfStmt(Expr Condition, List<Stmt> Then, List<Stmt> Else, SourcePoint Source) : Stmt(Source)
{
    internal override IReadOnlyList<Expr> Exprs => [Condition];
    internal override IReadOnlyList<List<Stmt>> Bodies => [Then, Else];
}

/// <summary>
/// <c>while</c>; with <paramref name="AtEnd"/> <c>do while</c>; with a constant 1 for its condition it runs until something leaves it.
/// </summary>
internal sealed record LoopStmt(Expr Condition, List<Stmt> Body, bool AtEnd, SourcePoint Source) : Stmt(Source)
{
    internal override IReadOnlyList<Expr> Exprs => [Condition];
    internal override IReadOnlyList<List<Stmt>> Bodies => [Body];
}

internal sealed record BreakStmt(SourcePoint Source) : Stmt(Source);

internal sealed record ContinueStmt(SourcePoint Source) : Stmt(Source);

/// <summary>The head of a dispatch loop, printed by rules of its own.</summary>
internal sealed record DispatchStmt(SourcePoint Source) : Stmt(Source);

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
