// SPDX-License-Identifier: MIT
// Expressions rebuilt from the evaluation stack, close to C: each node knows its C type and what its evaluation depends on.
using System.Collections.Generic;
using System.Linq;

namespace Wamr.Nano.IlToC;

internal abstract record Expr(IlType Type)
{
    internal virtual IReadOnlyList<Expr> Children => [];

    /// <summary>The value depends on memory, so a store or a call may not come between.</summary>
    internal virtual bool ReadsMemory => Children.Any(c => c.ReadsMemory);

    /// <summary>Evaluating it is an event whose order counts: a call, a volatile access.</summary>
    internal virtual bool HasEffect => Children.Any(c => c.HasEffect);

    internal bool Reads(Variable variable) => this is VariableExpr v ? v.Variable == variable : Children.Any(c => c.Reads(variable));

    internal IEnumerable<Expr> All() => Children.SelectMany(c => c.All()).Prepend(this);
}

/// <summary>A C local or parameter.</summary>
internal sealed class Variable(string name, IlType type, bool isParameter)
{
    internal string Name { get; set; } = name;
    internal IlType Type { get; set; } = type;
    internal bool IsParameter { get; } = isParameter;

    /// <summary>Made by a compiler: it has no name in C#.</summary>
    internal bool IsTemporary { get; init; }

    /// <summary>Its address is used other than to name a field: reads and writes of it are reads and writes of memory.</summary>
    internal bool IsExposed { get; set; }
}

internal sealed record IntExpr(long Value, IlType Type) : Expr(Type);

internal sealed record FloatExpr(double Value, IlType Type) : Expr(Type);

internal sealed record VariableExpr(Variable Variable) : Expr(Variable.Type)
{
    internal override bool ReadsMemory => Variable.IsExposed;
}

internal sealed record FieldExpr(Expr Object, Field Field) : Expr(Field.Type)
{
    internal override IReadOnlyList<Expr> Children => [Object];
}

internal sealed record DerefExpr(Expr Pointer, IlType Type, bool IsVolatile, bool IsUnaligned) : Expr(Type)
{
    internal override IReadOnlyList<Expr> Children => [Pointer];
    internal override bool ReadsMemory => true;
    internal override bool HasEffect => IsVolatile || Pointer.HasEffect;
}

internal sealed record AddressExpr(Expr Place) : Expr(new PointerType(Place.Type))
{
    internal override IReadOnlyList<Expr> Children => [Place];

    /// <summary>An address is not a read; only what leads to the place is.</summary>
    internal override bool ReadsMemory => Root(Place) is DerefExpr d && d.Pointer.ReadsMemory;

    internal static Expr Root(Expr place) => place is FieldExpr f ? Root(f.Object) : place;
}

internal sealed record CastExpr(Expr Operand, IlType Type) : Expr(Type)
{
    internal override IReadOnlyList<Expr> Children => [Operand];
}

/// <summary>A C prefix operator: <c>-</c>, <c>~</c> or <c>!</c>.</summary>
internal sealed record UnaryExpr(string Op, Expr Operand, IlType Type) : Expr(Type)
{
    internal override IReadOnlyList<Expr> Children => [Operand];
}

/// <summary>A C infix operator; operands already have the type that gives it C#'s meaning.</summary>
internal sealed record BinaryExpr(string Op, Expr Left, Expr Right, IlType Type) : Expr(Type)
{
    internal override IReadOnlyList<Expr> Children => [Left, Right];
    internal bool IsComparison => Op is "==" or "!=" or "<" or "<=" or ">" or ">=";

    /// <summary>The value is 0 or 1.</summary>
    internal bool IsTruth => IsComparison || Op is "&&" or "||";
}

internal sealed record CallExpr(Method Method, IReadOnlyList<Expr> Arguments) : Expr(Method.Result)
{
    internal override IReadOnlyList<Expr> Children => Arguments;
    internal override bool HasEffect => true;
}

internal sealed record PointerCallExpr(FunctionType Signature, Expr Function, IReadOnlyList<Expr> Arguments) : Expr(Signature.Result)
{
    internal override IReadOnlyList<Expr> Children => [Function, .. Arguments];
    internal override bool HasEffect => true;
}

/// <summary>A function or macro of the prelude, or a compiler builtin.</summary>
internal sealed record HelperExpr(string Name, IReadOnlyList<Expr> Arguments, IlType Type, bool TouchesMemory) : Expr(Type)
{
    internal override IReadOnlyList<Expr> Children => Arguments;
    internal override bool ReadsMemory => TouchesMemory || base.ReadsMemory;
}

internal sealed record FunctionExpr(Method Method) : Expr(Method.Type);

internal sealed record SizeOfExpr(IlType Of, IlType Type) : Expr(Type);

internal sealed record DataExpr(ConstantData Data) : Expr(new PointerType(PrimType.U1));

/// <summary>A struct built from its fields in order: <c>(T){ a, b }</c>.</summary>
internal sealed record StructExpr(IReadOnlyList<Expr> Fields, IlType Type) : Expr(Type)
{
    internal override IReadOnlyList<Expr> Children => Fields;
}

internal sealed record ZeroExpr(IlType Type) : Expr(Type);

internal sealed record ConditionalExpr(Expr Condition, Expr Yes, Expr No, IlType Type) : Expr(Type)
{
    internal override IReadOnlyList<Expr> Children => [Condition, Yes, No];
}
