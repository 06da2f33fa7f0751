// SPDX-License-Identifier: MIT
// Constants, variables, operators and conversions.
using System.Reflection.Metadata;

namespace Wamr.Nano.IlToC;

internal sealed partial class MethodTranslator
{
    private bool Prefix(Instruction i)
    {
        switch (i.Op)
        {
            case ILOpCode.Volatile: volatilePrefix = true; return true;
            case ILOpCode.Unaligned: unalignedPrefix = true; return true;
            case ILOpCode.Nop or ILOpCode.Tail or ILOpCode.Readonly: return true;
            default: return false;
        }
    }

    private bool Load(Instruction i)
    {
        switch (i.Op)
        {
            case ILOpCode.Ldc_i4 or ILOpCode.Ldc_i4_s: Push(new IntExpr((int)i.Operand, PrimType.I4)); return true;
            case >= ILOpCode.Ldc_i4_m1 and <= ILOpCode.Ldc_i4_8:
                Push(new IntExpr((int)i.Op - (int)ILOpCode.Ldc_i4_0, PrimType.I4));
                return true;
            case ILOpCode.Ldc_i8: Push(new IntExpr(i.Operand, PrimType.I8)); return true;
            case ILOpCode.Ldc_r4: Push(new FloatExpr(i.Number, PrimType.R4)); return true;
            case ILOpCode.Ldc_r8: Push(new FloatExpr(i.Number, PrimType.R8)); return true;
            case >= ILOpCode.Ldarg_0 and <= ILOpCode.Ldarg_3: Push(Read(variables.Parameters[i.Op - ILOpCode.Ldarg_0])); return true;
            case ILOpCode.Ldarg or ILOpCode.Ldarg_s: Push(Read(variables.Parameters[(int)i.Operand])); return true;
            case ILOpCode.Ldarga or ILOpCode.Ldarga_s: Push(AddressOf(variables.Parameters[(int)i.Operand])); return true;
            case ILOpCode.Ldloca or ILOpCode.Ldloca_s: Push(AddressOf(variables.Local((int)i.Operand, i.Offset))); return true;
            case ILOpCode.Ldloc or ILOpCode.Ldloc_s or >= ILOpCode.Ldloc_0 and <= ILOpCode.Ldloc_3:
                Push(Read(variables.Local(VariableMap.SlotOf(i), i.Offset)));
                return true;
            case ILOpCode.Sizeof:
                Push(SizeOf(model.Type(i.Token, method.Arguments)));
                return true;
            case ILOpCode.Dup: Duplicate(); return true;
            default: return false;
        }
    }

    private VariableExpr Read(Variable variable)
    {
        variable.IsExposed = IsExposed(variable);
        return new VariableExpr(variable);
    }

    private AddressExpr AddressOf(Variable variable)
    {
        variable.IsExposed = IsExposed(variable);
        return new AddressExpr(new VariableExpr(variable));
    }

    /// <summary>In the first of the two translations every variable counts as exposed.</summary>
    private bool IsExposed(Variable variable) => exposed is null || exposed.Contains(variable.Name);

    private Expr SizeOf(IlType type)
    {
        model.Rules.Check(type);
        return type.FixedSize != 0 ? new IntExpr(type.FixedSize, PrimType.I4) : new SizeOfExpr(type, PrimType.U4);
    }

    /// <summary>
    /// Constants, plain variables and addresses of variables are copied; anything else is evaluated once, into a temporary.
    /// </summary>
    private void Duplicate()
    {
        if (stack[^1] is not (IntExpr or FloatExpr or VariableExpr { Variable.IsExposed: false } or AddressExpr { Place: VariableExpr }))
        {
            var value = Pop();
            var temporary = variables.Temporary(value.Type);
            Emit(new AssignStmt(new VariableExpr(temporary), value, source), false);
            stack.Add(new VariableExpr(temporary));
        }
        stack.Add(stack[^1]);
    }

    private bool Store(Instruction i)
    {
        switch (i.Op)
        {
            case ILOpCode.Starg or ILOpCode.Starg_s: Set(variables.Parameters[(int)i.Operand]); return true;
            case ILOpCode.Stloc or ILOpCode.Stloc_s or >= ILOpCode.Stloc_0 and <= ILOpCode.Stloc_3:
                Set(variables.Local(VariableMap.SlotOf(i), i.Offset));
                return true;
            case ILOpCode.Pop:
                var value = Pop();
                if (value.HasEffect) Emit(new EvalStmt(value, source), false);
                return true;
            default: return false;
        }
    }

    private void Set(Variable variable) => Assign(Read(variable), Pop());

    private bool Arithmetic(Instruction i)
    {
        switch (i.Op)
        {
            case ILOpCode.Neg: Push(Arith.Negate(Pop())); return true;
            case ILOpCode.Not: Push(Arith.Complement(Pop())); return true;
            case >= ILOpCode.Add and <= ILOpCode.Shr_un or >= ILOpCode.Ceq and <= ILOpCode.Clt_un:
                var right = Pop();
                Push(Binary(i.Op, Pop(), right));
                return true;
            // Roslyn's size of a stackalloc of structs: both factors are constants of the C target.
            case ILOpCode.Mul_ovf_un when NextOp(i) == ILOpCode.Localloc:
                var size = Pop();
                Push(Arith.Wrapping("*", Pop(), size));
                return true;
            case ILOpCode.Conv_r4: Push(Conversion.ToFloat(Pop(), PrimType.R4)); return true;
            case ILOpCode.Conv_r8: Push(Conversion.ToFloat(Pop(), PrimType.R8)); return true;
            case ILOpCode.Conv_r_un:
                bool single = NextOp(i) == ILOpCode.Conv_r4;
                Push(Conversion.UnsignedToFloat(Pop(), single ? PrimType.R4 : PrimType.R8));
                return true;
        }
        if (IntegerTarget(i.Op) is not { } to) return false;
        Push(Conversion.ToInteger(Pop(), to));
        return true;
    }

    private ILOpCode? NextOp(Instruction i)
    {
        int index = block.Code.IndexOf(i);
        return index + 1 < block.Code.Count ? block.Code[index + 1].Op : null;
    }

    private static PrimType? IntegerTarget(ILOpCode op) => op switch
    {
        ILOpCode.Conv_i1 => PrimType.I1,
        ILOpCode.Conv_u1 => PrimType.U1,
        ILOpCode.Conv_i2 => PrimType.I2,
        ILOpCode.Conv_u2 => PrimType.U2,
        ILOpCode.Conv_i4 => PrimType.I4,
        ILOpCode.Conv_u4 => PrimType.U4,
        ILOpCode.Conv_i8 => PrimType.I8,
        ILOpCode.Conv_u8 => PrimType.U8,
        ILOpCode.Conv_i => PrimType.I,
        ILOpCode.Conv_u => PrimType.U,
        _ => null,
    };

    private static Expr Binary(ILOpCode op, Expr a, Expr b) => op switch
    {
        ILOpCode.Add => Arith.Wrapping("+", a, b),
        ILOpCode.Sub => Arith.Wrapping("-", a, b),
        ILOpCode.Mul => Arith.Wrapping("*", a, b),
        ILOpCode.Div => Arith.Divide("/", a, b, false),
        ILOpCode.Div_un => Arith.Divide("/", a, b, true),
        ILOpCode.Rem => Arith.Divide("%", a, b, false),
        ILOpCode.Rem_un => Arith.Divide("%", a, b, true),
        ILOpCode.And => Arith.Bits("&", a, b),
        ILOpCode.Or => Arith.Bits("|", a, b),
        ILOpCode.Xor => Arith.Bits("^", a, b),
        ILOpCode.Shl => Arith.Shift("<<", a, b, false),
        ILOpCode.Shr => Arith.Shift(">>", a, b, false),
        ILOpCode.Shr_un => Arith.Shift(">>", a, b, true),
        ILOpCode.Ceq => Compare.Of("==", a, b, false),
        ILOpCode.Cgt => Compare.Of(">", a, b, false),
        ILOpCode.Cgt_un => Compare.Of(">", a, b, true),
        ILOpCode.Clt => Compare.Of("<", a, b, false),
        _ => Compare.Of("<", a, b, true),
    };
}
