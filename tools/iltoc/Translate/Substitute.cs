// SPDX-License-Identifier: MIT
// An expression with one variable replaced by its value; the value keeps the type the variable gave it.
using System.Linq;

namespace Wamr.Nano.IlToC;

internal static class Substitute
{
    internal static Expr In(Expr e, Variable variable, Expr value)
    {
        Expr Go(Expr x) => In(x, variable, value);
        return e switch
        {
            VariableExpr v when v.Variable == variable => AsStored(value, variable.Type),
            FieldExpr f => f with { Object = Go(f.Object) },
            DerefExpr d => d with { Pointer = Go(d.Pointer) },
            AddressExpr a => new AddressExpr(Go(a.Place)),
            CastExpr c => new CastExpr(Go(c.Operand), c.Type),
            UnaryExpr u => u with { Operand = Go(u.Operand) },
            BinaryExpr b => b with { Left = Go(b.Left), Right = Go(b.Right) },
            CallExpr c => c with { Arguments = [.. c.Arguments.Select(Go)] },
            PointerCallExpr c => c with { Function = Go(c.Function), Arguments = [.. c.Arguments.Select(Go)] },
            HelperExpr h => h with { Arguments = [.. h.Arguments.Select(Go)] },
            StructExpr s => s with { Fields = [.. s.Fields.Select(Go)] },
            ConditionalExpr c => c with { Condition = Go(c.Condition), Yes = Go(c.Yes), No = Go(c.No) },
            _ => e,
        };
    }

    /// <summary>What a store to the variable and a load from it would have done to the value.</summary>
    internal static Expr AsStored(Expr value, IlType type) =>
        value.Type.Equals(type) ? value
        : type is PrimType number && type.IsInteger ? Conversion.ToInteger(value, number)
        : type.IsPointer ? Conversion.ToPointer(value, type)
        : new CastExpr(value, type);
}
