// SPDX-License-Identifier: MIT
// Expressions as C text, with the parentheses C's precedence needs and those its compilers ask for.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Wamr.Nano.IlToC;

internal sealed class ExprPrinter(CTypes types)
{
    private const int Postfix = 15, Prefix = 14, Loosest = 0;

    internal string Print(Expr e) => Print(e, Loosest);

    private string Print(Expr e, int least)
    {
        var (text, level) = Text(e);
        return level < least ? "(" + text + ")" : text;
    }

    private (string Text, int Level) Text(Expr e) => e switch
    {
        IntExpr c => Integer(c),
        FloatExpr f => Float(f),
        VariableExpr v => (v.Variable.Name, Postfix),
        FieldExpr f => (FieldText(f), Postfix),
        DerefExpr d => Deref(d),
        AddressExpr { Place: DerefExpr { IsVolatile: false } d } => Text(d.Pointer),
        AddressExpr a => ("&" + Print(a.Place, Prefix), Prefix),
        CastExpr c => ($"({types.Name(c.Type)}){Print(c.Operand, Prefix)}", Prefix),
        UnaryExpr { Op: "!" } u => ("!" + Print(u.Operand, Prefix), 9),
        UnaryExpr u => (u.Op + Print(u.Operand, Postfix), Prefix),
        BinaryExpr b => Binary(b),
        CallExpr c => ($"{c.Method.CName}({List(c.Arguments)})", Postfix),
        PointerCallExpr c => ($"{Print(c.Function, Postfix)}({List(c.Arguments)})", Postfix),
        HelperExpr h => ($"{h.Name}({List(h.Arguments)})", Postfix),
        FunctionExpr f => (f.Method.CName, Postfix),
        SizeOfExpr { Type.Kind: StackKind.Native } s when s.Type.IsUnsigned => ($"sizeof({types.Name(s.Of)})", Prefix),
        SizeOfExpr s => ($"({s.Type.Key})sizeof({types.Name(s.Of)})", Prefix),
        DataExpr d => ($"({types.Name(d.Type)}){d.Data.CName}", Prefix),
        StructExpr s => ($"({types.Name(s.Type)}){{ {List(s.Fields)} }}", Postfix),
        ZeroExpr z => ($"({types.Name(z.Type)}){{ 0 }}", Postfix),
        ConditionalExpr c => ($"{Print(c.Condition, 4)} ? {Print(c.Yes, 4)} : {Print(c.No, 3)}", 3),
        _ => throw new InvalidOperationException(e.GetType().Name),
    };

    private string List(IReadOnlyList<Expr> items) => string.Join(", ", items.Select(e => Print(e)));

    private string FieldText(FieldExpr f)
    {
        string name = CNames.Identifier(f.Field.Name) + (f.Field.Name == "FixedElementField" ? "[0]" : "");
        return f.Object is DerefExpr { IsVolatile: false } d ? $"{Print(d.Pointer, Postfix)}->{name}"
            : $"{Print(f.Object, Postfix)}.{name}";
    }

    private (string, int) Deref(DerefExpr d)
    {
        if (d.IsUnaligned) return (UnalignedLoad(d), Postfix);
        if (d.IsVolatile) return ($"*(volatile {types.Name(d.Type)} *){Print(d.Pointer, Prefix)}", Prefix);
        return ("*" + Print(d.Pointer, Prefix), Prefix);
    }

    private string UnalignedLoad(DerefExpr d)
    {
        string pointer = Print(d.Pointer);
        if (d.Type.IsFloat)
            return d.Type.FixedSize == 4 ? $"il_u32_bits_f32(il_load32({pointer}))" : $"il_u64_bits_f64(il_load64({pointer}))";
        return d.Type.FixedSize switch
        {
            1 => $"(*{Print(d.Pointer, Prefix)})",
            0 => throw new RefusedException(Rule.Instruction, "an unaligned access to a pointer or native integer is not allowed"),
            int n => $"(({d.Type.Key})il_load{n * 8}({pointer}))",
        };
    }

    /// <summary>A store to an unaligned place; null if the place is an ordinary one.</summary>
    internal string? UnalignedStore(Expr place, Expr value)
    {
        if (place is not DerefExpr { IsUnaligned: true, Type.FixedSize: > 1 } d) return null;
        string number = Print(value);
        string bits = !d.Type.IsFloat ? number : d.Type.FixedSize == 4 ? $"il_f32_bits_u32({number})" : $"il_f64_bits_u64({number})";
        return $"il_store{d.Type.FixedSize * 8}({Print(d.Pointer)}, {bits})";
    }

    private static int Level(string op) => op switch
    {
        "*" or "/" or "%" => 13,
        "+" or "-" => 12,
        "<<" or ">>" => 11,
        "<" or "<=" or ">" or ">=" => 10,
        "==" or "!=" => 9,
        "&" => 8,
        "^" => 7,
        _ => 6,
    };

    private (string, int) Binary(BinaryExpr b)
    {
        int level = Level(b.Op);
        bool bitwise = b.Op is "<<" or ">>" or "&" or "|" or "^";
        if (b.Op is "&&" or "||")
            return ($"{Print(b.Left, OperandOf(b, b.Left))} {b.Op} {Print(b.Right, OperandOf(b, b.Right))}", b.Op == "&&" ? 5 : 4);
        int left = bitwise ? b.Left is BinaryExpr l && l.Op == b.Op ? level : Prefix : b.IsComparison ? 11 : level;
        int right = bitwise ? Prefix : b.IsComparison ? 11 : level + 1;
        return ($"{LeftText(b, left)} {b.Op} {Print(b.Right, right)}", level);
    }

    private static int OperandOf(BinaryExpr logic, Expr operand) => operand is BinaryExpr b && b.Op == logic.Op ? 4 : 6;

    /// <summary>The width of a shift is its left operand's: a native constant must say it.</summary>
    private string LeftText(BinaryExpr b, int least) =>
        b.Op is "<<" or ">>" && b.Left is IntExpr { Type.Kind: StackKind.Native } ? $"({b.Left.Type.Key}){Print(b.Left, Prefix)}"
        : Print(b.Left, least);

    private static (string, int) Integer(IntExpr c)
    {
        if (c.Type.IsPointer) return c.Value == 0 ? ("0", Postfix) : throw new InvalidOperationException("a pointer constant");
        if (c.Type.Kind == StackKind.Int64) return Wide(c);
        if (c.Type.Kind == StackKind.Native && c.Value is < int.MinValue or > int.MaxValue)
            return c.Value is > 0 and <= uint.MaxValue ? ($"0x{c.Value:X}u", Postfix) : ($"({c.Type.Key})0x{c.Value:X}ull", Prefix);
        if (c.Type.Equals(PrimType.U) && c.Value < 0) return ($"(uptr){c.Value}", Prefix);
        if (c.Type.FixedSize == 4 && c.Type.IsUnsigned) return Unsigned((uint)c.Value, "u");
        if (c.Value == int.MinValue) return ("-2147483647 - 1", 12);
        string text = c.Value.ToString(CultureInfo.InvariantCulture) + (c.Type.Equals(PrimType.U) ? "u" : "");
        return (text, c.Value < 0 ? Prefix : Postfix);
    }

    private static (string, int) Wide(IntExpr c)
    {
        if (c.Type.IsUnsigned) return Unsigned((ulong)c.Value, "ull");
        if (c.Value == long.MinValue) return ("-9223372036854775807ll - 1", 12);
        return (c.Value.ToString(CultureInfo.InvariantCulture) + "ll", c.Value < 0 ? Prefix : Postfix);
    }

    private static (string, int) Unsigned(ulong value, string suffix) =>
        (value < 0x1000 ? value.ToString(CultureInfo.InvariantCulture) + suffix : $"0x{value:X}{suffix}", Postfix);

    private static (string, int) Float(FloatExpr f)
    {
        bool single = f.Type.Equals(PrimType.R4);
        if (!double.IsFinite(f.Value))
            return single
                ? ($"il_u32_bits_f32(0x{BitConverter.SingleToUInt32Bits((float)f.Value):X8}u)", Postfix)
                : ($"il_u64_bits_f64(0x{BitConverter.DoubleToUInt64Bits(f.Value):X16}ull)", Postfix);
        string text = Math.Abs(f.Value) < 1e9 && f.Value == Math.Floor(f.Value)
            ? f.Value.ToString("0.0", CultureInfo.InvariantCulture) : HexFloat(f.Value);
        if (f.Value == 0 && double.IsNegative(f.Value)) text = "-0.0";
        return (text + (single ? "f" : ""), text[0] == '-' ? Prefix : Postfix);
    }

    /// <summary>The exact value: 0x1.8p+3.</summary>
    private static string HexFloat(double value)
    {
        ulong bits = BitConverter.DoubleToUInt64Bits(value);
        int exponent = (int)(bits >> 52 & 0x7FF);
        ulong fraction = bits & 0xFFFFFFFFFFFFF;
        string sign = value < 0 ? "-" : "", digits = fraction.ToString("x13", CultureInfo.InvariantCulture).TrimEnd('0');
        return $"{sign}0x{(exponent == 0 ? 0 : 1)}{(digits.Length > 0 ? "." + digits : "")}p{(exponent == 0 ? -1022 : exponent - 1023)}";
    }
}
