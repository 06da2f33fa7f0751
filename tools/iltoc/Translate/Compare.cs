// SPDX-License-Identifier: MIT
// Comparisons and conditions. The .un forms mean unsigned for integers, "or unordered" for floats.
namespace Wamr.Nano.IlToC;

internal static class Compare
{
    internal static Expr Of(string op, Expr a, Expr b, bool un)
    {
        if (a.Type.IsFloat)
            return un && op != "!=" ? Not(new BinaryExpr(Opposite(op), a, b, PrimType.I4)) : new BinaryExpr(op, a, b, PrimType.I4);
        if (op is "==" or "!=") return Equality(op, a, b);
        if (un && op == ">" && IsZero(b)) return Equality("!=", a, b);
        var kind = Arith.Common(a, b);
        if (a.Type.IsPointer && b.Type.IsPointer) un = true;
        return un
            ? new BinaryExpr(op, Arith.AsUnsigned(a, kind), Arith.AsUnsigned(b, kind), PrimType.I4)
            : new BinaryExpr(op, Arith.AsSigned(a, kind), Arith.AsSigned(b, kind), PrimType.I4);
    }

    private static Expr Equality(string op, Expr a, Expr b)
    {
        if (IsZero(b) && IsTruth(a)) return op == "!=" ? a : Not(a);
        if (a.Type.IsPointer && (IsZero(b) || a.Type.Equals(b.Type)))
            return new BinaryExpr(op, a, IsZero(b) ? new IntExpr(0, PrimType.I4) : b, PrimType.I4);
        var kind = Arith.Common(a, b);
        bool signed = !IsWide(a) && !IsWide(b) || b is IntExpr { Value: >= 0 } && !IsWide(a) || a is IntExpr { Value: >= 0 } && !IsWide(b);
        return signed && !a.Type.IsPointer && !b.Type.IsPointer
            ? new BinaryExpr(op, Arith.AsSigned(a, kind), Arith.AsSigned(b, kind), PrimType.I4)
            : new BinaryExpr(op, Arith.AsUnsigned(a, kind), Arith.AsUnsigned(b, kind), PrimType.I4);
    }

    private static bool IsWide(Expr e) => e.Type.IsUnsigned && e.Type.FixedSize is not (1 or 2);

    private static bool IsZero(Expr e) => e is IntExpr { Value: 0 } || e is CastExpr { Operand: IntExpr { Value: 0 } };

    /// <summary>Already 0 or 1.</summary>
    private static bool IsTruth(Expr e) => e is BinaryExpr { IsTruth: true } or UnaryExpr { Op: "!" };

    /// <summary>The value as a C condition.</summary>
    internal static Expr Truth(Expr e) =>
        IsTruth(e) ? e
        : e.Type.IsFloat ? new BinaryExpr("!=", e, new FloatExpr(0, e.Type), PrimType.I4)
        : Equality("!=", e, new IntExpr(0, e.Type.IsPointer ? PrimType.I : e.Type));

    internal static Expr Not(Expr condition) => condition switch
    {
        UnaryExpr { Op: "!" } not => Truth(not.Operand),
        BinaryExpr { Op: "&&" or "||" } both => both with
        {
            Op = both.Op == "&&" ? "||" : "&&",
            Left = Not(both.Left),
            Right = Not(both.Right),
        },
        BinaryExpr { IsComparison: true } c when !c.Left.Type.IsFloat || c.Op is "==" or "!=" => c with { Op = Opposite(c.Op) },
        _ => new UnaryExpr("!", condition, PrimType.I4),
    };

    private static string Opposite(string op) => op switch { "==" => "!=", "!=" => "==", "<" => ">=", ">=" => "<", ">" => "<=", _ => ">" };
}
