// SPDX-License-Identifier: MIT
// Integer and float operators with C#'s meaning: wrapping is done in unsigned arithmetic, signs are cast where they decide.
namespace Wamr.Nano.IlToC;

internal static class Arith
{
    internal static PrimType Unsigned(StackKind kind) => kind switch
    {
        StackKind.Int64 => PrimType.U8,
        StackKind.Native => PrimType.U,
        _ => PrimType.U4,
    };

    internal static PrimType Signed(StackKind kind) => kind switch
    {
        StackKind.Int64 => PrimType.I8,
        StackKind.Native => PrimType.I,
        _ => PrimType.I4,
    };

    /// <summary>The common kind of two operands: an int32 beside a native int is widened (ECMA-335 III.1.5, table 2).</summary>
    internal static StackKind Common(Expr a, Expr b) =>
        a.Type.Kind == StackKind.Native || b.Type.Kind == StackKind.Native ? StackKind.Native : a.Type.Kind;

    /// <summary>The value as the signed number of its kind.</summary>
    internal static Expr AsSigned(Expr e, StackKind kind)
    {
        var type = Signed(kind);
        if (e is IntExpr c && (c.Type.Kind == kind || kind == StackKind.Native)) return c with { Type = type };
        if (kind == StackKind.Native && e is SizeOfExpr size) return size with { Type = type };
        if (kind == StackKind.Native && e.Type.Kind == StackKind.Int32) return new CastExpr(AsSigned(e, StackKind.Int32), type);
        if (kind == StackKind.Int32 && (e.Type.FixedSize < 4 || e.Type.Equals(type))) return e;
        return Retype(e, type);
    }

    /// <summary>The bits of the value as the unsigned number of its kind.</summary>
    internal static Expr AsUnsigned(Expr e, StackKind kind)
    {
        var type = Unsigned(kind);
        if (kind == StackKind.Native && e.Type.Kind == StackKind.Int32)
            return AsSigned(e, kind) is CastExpr { Operand: var inner } && IsSmallUnsigned(inner) ? new CastExpr(inner, type)
                : Retype(AsSigned(e, kind), type);
        return Retype(e, type);
    }

    /// <summary>The same bits under another type of the same size; a cast beneath that only changed the sign goes away.</summary>
    internal static Expr Retype(Expr e, IlType type)
    {
        if (e.Type.Equals(type)) return e;
        if (e is IntExpr c) return new IntExpr(type.FixedSize == 4 ? type.IsUnsigned ? (uint)c.Value : (int)c.Value : c.Value, type);
        if (e is SizeOfExpr size && type.IsInteger) return size with { Type = type };
        if (e is CastExpr inner && SameSize(inner.Type, type) && SameSize(inner.Operand.Type, type)) return Retype(inner.Operand, type);
        // Widened from a number that has no sign: the way it was widened does not matter.
        if (e is CastExpr wide && SameSize(wide.Type, type) && IsSmallUnsigned(wide.Operand)) return new CastExpr(wide.Operand, type);
        return new CastExpr(e, type);
    }

    private static bool IsSmallUnsigned(Expr e) => e.Type.IsUnsigned && e.Type.FixedSize is 1 or 2;

    private static bool SameSize(IlType a, IlType b) =>
        a.FixedSize != 0 ? a.FixedSize == b.FixedSize && a.IsInteger && b.IsInteger
        : a.Kind == StackKind.Native && b.Kind == StackKind.Native;

    /// <summary>add, sub, mul.</summary>
    internal static Expr Wrapping(string op, Expr a, Expr b)
    {
        if (a.Type.IsFloat) return new BinaryExpr(op, a, b, Float(a, b));
        if (op != "*" && a.Type.IsPointer | b.Type.IsPointer) return PointerArith(op, a, b);
        var kind = Common(a, b);
        if (kind == StackKind.Int32 && op != "*" && IsSmall(a) && IsSmall(b)) return new BinaryExpr(op, a, b, PrimType.I4);
        if (op == "*" && IsOne(b)) return a;
        Expr sum = new BinaryExpr(op, AsUnsigned(a, kind), AsUnsigned(b, kind), Unsigned(kind));
        return YieldsUnsigned(a, b) ? sum : new CastExpr(sum, Signed(kind));
    }

    /// <summary>Both so small that C's int holds the sum and the difference.</summary>
    private static bool IsSmall(Expr e) => e is IntExpr { Value: > -0x10000 and < 0x10000 } || e.Type.FixedSize is 1 or 2;

    private static bool IsOne(Expr e) => e is IntExpr { Value: 1 };

    private static bool YieldsUnsigned(Expr a, Expr b) =>
        a.Type.IsUnsigned && a.Type.FixedSize is not (1 or 2) && (b.Type.IsUnsigned || b is IntExpr)
        || b.Type.IsUnsigned && b.Type.FixedSize is not (1 or 2) && (a.Type.IsUnsigned || a is IntExpr);

    /// <summary>Addresses are numbers: going past an object is C#'s right and would be undefined on C pointers.</summary>
    private static Expr PointerArith(string op, Expr a, Expr b)
    {
        if (b is IntExpr { Value: 0 }) return a;
        Expr sum = new BinaryExpr(op, AsUnsigned(a, StackKind.Native), AsUnsigned(b, StackKind.Native), PrimType.U);
        if (a.Type.IsPointer && b.Type.IsPointer) return op == "-" ? new CastExpr(sum, PrimType.I) : sum;
        return new CastExpr(sum, a.Type.IsPointer ? a.Type : b.Type);
    }

    private static PrimType Float(Expr a, Expr b) => a.Type.Equals(PrimType.R4) && b.Type.Equals(PrimType.R4) ? PrimType.R4 : PrimType.R8;

    internal static Expr Divide(string op, Expr a, Expr b, bool unsigned)
    {
        if (a.Type.IsFloat)
        {
            var type = Float(a, b);
            return op == "/" ? new BinaryExpr(op, a, b, type)
                : new HelperExpr(type == PrimType.R4 ? "il_fmodf" : "il_fmod", [a, b], type, false);
        }
        var kind = Common(a, b);
        if (op == "/" && IsOne(b)) return unsigned ? AsUnsigned(a, kind) : AsSigned(a, kind);
        return unsigned
            ? new BinaryExpr(op, AsUnsigned(a, kind), AsUnsigned(b, kind), Unsigned(kind))
            : new BinaryExpr(op, AsSigned(a, kind), AsSigned(b, kind), Signed(kind));
    }

    internal static Expr Bits(string op, Expr a, Expr b)
    {
        var kind = Common(a, b);
        bool unsigned = YieldsUnsigned(a, b) || a.Type.IsPointer || b.Type.IsPointer
            || IsWideUnsigned(a) != IsWideUnsigned(b) && a is not IntExpr && b is not IntExpr;
        return unsigned
            ? new BinaryExpr(op, AsUnsigned(a, kind), AsUnsigned(b, kind), Unsigned(kind))
            : new BinaryExpr(op, AsSigned(a, kind), AsSigned(b, kind), Signed(kind));
    }

    private static bool IsWideUnsigned(Expr e) => e.Type.IsUnsigned && e.Type.FixedSize is not (1 or 2);

    internal static Expr Shift(string op, Expr a, Expr count, bool unsigned)
    {
        var kind = a.Type.Kind;
        var bits = Mask(count, kind);
        if (op == "<<")
        {
            Expr left = new BinaryExpr(op, AsUnsigned(a, kind), bits, Unsigned(kind));
            return IsWideUnsigned(a) ? left : new CastExpr(left, Signed(kind));
        }
        return unsigned
            ? new BinaryExpr(op, AsUnsigned(a, kind), bits, Unsigned(kind))
            : new BinaryExpr(op, AsSigned(a, kind), bits, Signed(kind));
    }

    /// <summary>Roslyn masks a count it does not know; any other count is masked here, so that none reaches the width.</summary>
    private static Expr Mask(Expr count, StackKind kind)
    {
        int width = kind == StackKind.Int64 ? 64 : 32;
        if (count is IntExpr c && c.Value >= 0 && c.Value < width) return c with { Type = PrimType.I4 };
        if (count is BinaryExpr { Op: "&" } and && (InRange(and.Right, width, kind) || InRange(and.Left, width, kind))) return count;
        if (kind == StackKind.Native)
            return new BinaryExpr("&", count,
                new BinaryExpr("-", new BinaryExpr("*", new SizeOfExpr(PrimType.I, PrimType.U4), new IntExpr(8, PrimType.U4), PrimType.U4),
                new IntExpr(1, PrimType.U4), PrimType.U4), PrimType.U4);
        return new BinaryExpr("&", AsSigned(count, StackKind.Int32), new IntExpr(width - 1, PrimType.I4), PrimType.I4);
    }

    private static bool InRange(Expr mask, int width, StackKind kind) =>
        mask is IntExpr c && c.Value >= 0 && c.Value < width
        || kind == StackKind.Native && mask is CastExpr or BinaryExpr { Op: "-" };

    internal static Expr Negate(Expr e)
    {
        if (e.Type.IsFloat) return new UnaryExpr("-", e, e.Type);
        if (e is IntExpr c) return new IntExpr(c.Type.Kind == StackKind.Int32 ? -(int)c.Value : -c.Value, Signed(c.Type.Kind));
        var kind = e.Type.Kind;
        return new CastExpr(new BinaryExpr("-", new IntExpr(0, Unsigned(kind)), AsUnsigned(e, kind), Unsigned(kind)), Signed(kind));
    }

    internal static Expr Complement(Expr e)
    {
        var kind = e.Type.Kind;
        return IsWideUnsigned(e) ? new UnaryExpr("~", e, e.Type) : new UnaryExpr("~", AsSigned(e, kind), Signed(kind));
    }
}
