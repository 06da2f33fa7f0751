// SPDX-License-Identifier: MIT
// conv.* and the conversions on the way into a variable, an argument or memory.
namespace Wamr.Nano.IlToC;

internal static class Conversion
{
    /// <summary>conv.i1 ... conv.u8, conv.i, conv.u. From floats they saturate and take NaN to 0, as .NET does since version 9.</summary>
    internal static Expr ToInteger(Expr e, PrimType to)
    {
        if (e.Type.IsFloat) return FromFloat(e, to);
        if (e.Type.IsPointer) return to.Kind == StackKind.Native ? e : ToInteger(Arith.AsUnsigned(e, StackKind.Native), to);
        if (e is IntExpr c && to.Kind != StackKind.Native) return new IntExpr(Fold(c.Value, c.Type, to), to);
        var kind = e.Type.Kind;
        switch (to.Prim)
        {
            case Prim.I1 or Prim.U1 or Prim.I2 or Prim.U2:
                return e.Type.Equals(to) ? e : new CastExpr(StripSign(e), to);
            case Prim.I4 or Prim.U4:
                return kind == StackKind.Int32 ? to.Prim == Prim.I4 ? Arith.AsSigned(e, kind) : Arith.AsUnsigned(e, kind) : Narrow(e, to);
            case Prim.I8:
                return kind == StackKind.Int64 ? Arith.Retype(e, to) : new CastExpr(Arith.AsSigned(e, kind), to);
            case Prim.U8:
                return kind == StackKind.Int64 ? Arith.Retype(e, to) : new CastExpr(Arith.AsUnsigned(e, kind), to);
            default:
                return ToNative(e, to, kind);
        }
    }

    private static Expr ToNative(Expr e, PrimType to, StackKind kind)
    {
        if (kind == StackKind.Native) return Arith.Retype(e, to);
        if (e is IntExpr c) return new IntExpr(to == PrimType.U && kind == StackKind.Int32 ? (uint)c.Value : c.Value, to);
        if (kind == StackKind.Int64) return NarrowIndex(e, to);
        if (e is SizeOfExpr size) return size with { Type = to };
        return new CastExpr(to == PrimType.I ? Arith.AsSigned(e, kind) : Arith.AsUnsigned(e, kind), to);
    }

    /// <summary>An index Roslyn widened to 64 bits to scale it: as the address is taken modulo its width, the scaling can be too.</summary>
    private static Expr NarrowIndex(Expr e, PrimType to)
    {
        switch (e)
        {
            case CastExpr { Type: PrimType { Prim: Prim.I8 or Prim.U8 } } cast
                when cast.Operand.Type.Kind is StackKind.Int32 or StackKind.Native:
                return ToInteger(cast.Operand, cast.Type.IsUnsigned ? PrimType.U : PrimType.I);
            case CastExpr { Operand.Type.Kind: StackKind.Int64 } cast:
                return NarrowIndex(cast.Operand, to);
            case BinaryExpr { Op: "*" or "+" or "-" } op when op.Type.Kind == StackKind.Int64:
                return new BinaryExpr(op.Op, Arith.AsUnsigned(NarrowIndex(op.Left, PrimType.U), StackKind.Native),
                    Arith.AsUnsigned(NarrowIndex(op.Right, PrimType.U), StackKind.Native), PrimType.U);
            case IntExpr c:
                return c with { Type = to };
            default:
                return new CastExpr(e, to);
        }
    }

    private static Expr Narrow(Expr e, PrimType to) =>
        e is CastExpr { Operand.Type: PrimType { Kind: StackKind.Int32 } } wide && wide.Type.Kind is StackKind.Int64
            ? ToInteger(wide.Operand, to) : new CastExpr(StripSign(e), to);

    /// <summary>A truncation does not see the sign its operand was given.</summary>
    private static Expr StripSign(Expr e) =>
        e is CastExpr c && c.Type.IsInteger && c.Operand.Type.IsInteger && c.Type.Kind == c.Operand.Type.Kind && c.Type.FixedSize is 4 or 8
            && c.Operand.Type.FixedSize == c.Type.FixedSize ? c.Operand : e;

    private static long Fold(long value, IlType from, PrimType to)
    {
        if (from.Kind == StackKind.Int32 && to.Prim == Prim.U8) return (uint)value;
        return to.Prim switch
        {
            Prim.I1 => (sbyte)value, Prim.U1 => (byte)value, Prim.I2 => (short)value, Prim.U2 => (ushort)value,
            Prim.I4 => (int)value, Prim.U4 => (uint)value, _ => value,
        };
    }

    private static Expr FromFloat(Expr e, PrimType to)
    {
        string from = e.Type.Equals(PrimType.R4) ? "f32" : "f64";
        return to.Prim switch
        {
            Prim.I1 or Prim.U1 or Prim.I2 or Prim.U2 => new CastExpr(new HelperExpr($"il_{from}_to_i32", [e], PrimType.I4, false), to),
            Prim.I or Prim.U => new HelperExpr($"il_{from}_to_{to.Key}", [e], to, false),
            _ => new HelperExpr($"il_{from}_to_{to.Key}", [e], to, false),
        };
    }

    /// <summary>conv.r4, conv.r8: integers are taken signed.</summary>
    internal static Expr ToFloat(Expr e, PrimType to)
    {
        if (e.Type.IsFloat) return e.Type.Equals(to) ? e : new CastExpr(e, to);
        return new CastExpr(Arith.AsSigned(e, e.Type.Kind), to);
    }

    /// <summary>conv.r.un, with the conv.r4 that may follow taken in: <c>(float)x</c> of an unsigned x rounds once.</summary>
    internal static Expr UnsignedToFloat(Expr e, PrimType to) =>
        e.Type.IsFloat ? ToFloat(e, to) : new CastExpr(Arith.AsUnsigned(e, e.Type.Kind), to);

    /// <summary>
    /// The value as it is stored into a place of type <paramref name="to"/>; C's own conversion is left unsaid where it does the same.
    /// </summary>
    internal static Expr ToPlace(Expr e, IlType to)
    {
        if (e.Type.Equals(to) || to.IsVoid) return e;
        if (to is PointerType { Target.IsVoid: true } && e.Type is PointerType
            || to is PointerType && e.Type is PointerType { Target.IsVoid: true })
            return e;
        if (to.IsPointer) return ToPointer(e, to);
        if (e.Type.IsPointer) return new CastExpr(Arith.AsUnsigned(e, StackKind.Native), to);
        if (to.IsFloat && e.Type.IsFloat) return e is FloatExpr f ? f with { Type = to } : new CastExpr(e, to);
        if (!to.IsInteger || !e.Type.IsInteger) return e;
        if (to.Kind == StackKind.Native && e.Type.Kind == StackKind.Int32)
            return e is IntExpr k ? k with { Type = to } : new CastExpr(Arith.AsSigned(e, StackKind.Int32), to);
        if (e is IntExpr c) return to.Kind == e.Type.Kind ? ToInteger(c, (PrimType)to) : c;
        if (to.Kind != e.Type.Kind) return e;
        return StripForPlace(e, to);
    }

    private static Expr StripForPlace(Expr e, IlType to)
    {
        if (e is CastExpr c && c.Type.IsInteger && c.Operand.Type.IsInteger && c.Type.Kind == to.Kind)
        {
            // A byte made signed is another number once it is widened, so the place must be no wider.
            bool keepsBits = c.Type.Kind == c.Operand.Type.Kind && c.Operand.Type.FixedSize == c.Type.FixedSize
                && to.FixedSize <= c.Type.FixedSize;
            bool narrowsAsPlace = c.Type.FixedSize != 0 && c.Type.FixedSize >= to.FixedSize && to.FixedSize is 1 or 2
                && c.Operand.Type.Kind == StackKind.Int32;
            if (keepsBits || narrowsAsPlace) return StripForPlace(c.Operand, to);
        }
        return e;
    }

    internal static Expr ToPointer(Expr e, IlType to)
    {
        if (e is IntExpr { Value: 0 } or CastExpr { Operand: IntExpr { Value: 0 } }) return new IntExpr(0, to);
        if (e is CastExpr { Type: var t } c && t.IsPointer && c.Operand.Type.Kind == StackKind.Native) return ToPointer(c.Operand, to);
        if (e.Type.Equals(to)) return e;
        return new CastExpr(e.Type.Kind == StackKind.Native ? e : Arith.AsUnsigned(e, StackKind.Native), to);
    }
}
