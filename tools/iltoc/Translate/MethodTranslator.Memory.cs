// SPDX-License-Identifier: MIT
// Loads, stores, fields, blocks of memory, constant data.
using System.Linq;
using System.Reflection.Metadata;

namespace Wamr.Nano.IlToC;

internal sealed partial class MethodTranslator
{
    private bool Memory(Instruction i)
    {
        if (Indirect(i.Op) is { } type) return LoadOrStore(i.Op, type);
        switch (i.Op)
        {
            case ILOpCode.Ldobj: Push(At(Pop(), model.Type(i.Token, method.Arguments))); return true;
            case ILOpCode.Stobj:
                var value = Pop();
                Assign(At(Pop(), model.Type(i.Token, method.Arguments)), value);
                return true;
            case ILOpCode.Cpobj:
                var from = At(Pop(), model.Type(i.Token, method.Arguments));
                Assign(At(Pop(), from.Type), from);
                return true;
            case ILOpCode.Initobj:
                var place = At(Pop(), model.Type(i.Token, method.Arguments));
                Assign(place, Zero(place.Type));
                return true;
            case ILOpCode.Cpblk: BlockCall("il_copy"); return true;
            case ILOpCode.Initblk: BlockCall("il_fill"); return true;
            case ILOpCode.Localloc: StackAlloc(); return true;
            case ILOpCode.Ldfld: Push(FieldOf(Pop(), model.Field(i.Token, method.Arguments))); return true;
            case ILOpCode.Ldflda: Push(new AddressExpr(FieldOf(Pop(), model.Field(i.Token, method.Arguments)))); return true;
            case ILOpCode.Stfld:
                var stored = Pop();
                Assign(FieldOf(Pop(), model.Field(i.Token, method.Arguments)), stored);
                return true;
            case ILOpCode.Ldsflda or ILOpCode.Ldsfld or ILOpCode.Stsfld or ILOpCode.Ldtoken: return StaticField(i);
            default: return false;
        }
    }

    private static IlType? Indirect(ILOpCode op) => op switch
    {
        ILOpCode.Ldind_i1 or ILOpCode.Stind_i1 => PrimType.I1,
        ILOpCode.Ldind_u1 => PrimType.U1,
        ILOpCode.Ldind_i2 or ILOpCode.Stind_i2 => PrimType.I2,
        ILOpCode.Ldind_u2 => PrimType.U2,
        ILOpCode.Ldind_i4 or ILOpCode.Stind_i4 => PrimType.I4,
        ILOpCode.Ldind_u4 => PrimType.U4,
        ILOpCode.Ldind_i8 or ILOpCode.Stind_i8 => PrimType.I8,
        ILOpCode.Ldind_i or ILOpCode.Stind_i => PrimType.I,
        ILOpCode.Ldind_r4 or ILOpCode.Stind_r4 => PrimType.R4,
        ILOpCode.Ldind_r8 or ILOpCode.Stind_r8 => PrimType.R8,
        _ => null,
    };

    private bool LoadOrStore(ILOpCode op, IlType type)
    {
        bool store = op is >= ILOpCode.Stind_i1 and <= ILOpCode.Stind_r8 or ILOpCode.Stind_i;
        var value = store ? Pop() : null;
        var pointer = Pop();
        var place = At(pointer, PointeeOr(pointer.Type, type));
        if (value is null) Push(place);
        else Assign(place, value);
        return true;
    }

    /// <summary>
    /// IL's stores and its native and 64-bit loads do not tell the sign or a pointer's target: the C# type of the pointer does.
    /// </summary>
    private static IlType PointeeOr(IlType pointer, IlType type) =>
        pointer is PointerType { Target: var t } && !t.IsVoid && t is not ForeignType && t.Kind == type.Kind
            && (t.FixedSize == type.FixedSize || t.IsPointer) ? t : type;

    /// <summary>The place a pointer leads to; of an address that was just taken, the place itself.</summary>
    private Expr At(Expr pointer, IlType type)
    {
        model.Rules.Check(type);
        bool isVolatile = volatilePrefix, isUnaligned = unalignedPrefix;
        volatilePrefix = unalignedPrefix = false;
        if (pointer is AddressExpr { Place: var place } && place.Type.Equals(type) && !isVolatile) return place;
        if (isUnaligned && type.Kind == StackKind.Struct)
            throw new RefusedException(Rule.Instruction, "an unaligned access to a struct is not allowed");
        return new DerefExpr(Conversion.ToPointer(pointer, new PointerType(type)), type, isVolatile, isUnaligned);
    }

    private Expr FieldOf(Expr target, Field field)
    {
        if (field.IsStatic) throw new RefusedException(Rule.StaticField, $"static field {field.Name} is not allowed");
        bool isVolatile = volatilePrefix;
        volatilePrefix = false;
        var place = target.Type.Kind == StackKind.Struct ? target : At(target, field.Owner);
        var result = new FieldExpr(place, field);
        return isVolatile ? new DerefExpr(new AddressExpr(result), field.Type, true, false) : result;
    }

    private static Expr Zero(IlType type) => type.Kind switch
    {
        StackKind.Struct => new ZeroExpr(type),
        StackKind.Float => new FloatExpr(0, type),
        _ => new IntExpr(0, type),
    };

    /// <summary>cpblk and initblk. They promise nothing about alignment here, and cpblk nothing about overlap.</summary>
    private void BlockCall(string helper)
    {
        var arguments = Enumerable.Range(0, 3).Select(_ => Pop()).Reverse().ToList();
        volatilePrefix = unalignedPrefix = false;
        Emit(new EvalStmt(new HelperExpr(helper, arguments, PrimType.Void, true), source), true);
    }

    private void StackAlloc()
    {
        var size = Pop();
        if (!size.All().All(e => e is IntExpr or SizeOfExpr or CastExpr or BinaryExpr))
            throw new RefusedException(Rule.StackAlloc, "stackalloc of a size that is not constant is not allowed");
        if (InLoop(block)) throw new RefusedException(Rule.StackAlloc, "stackalloc in a loop is not allowed");
        var pointer = variables.Temporary(new PointerType(PrimType.U1));
        Emit(new StackAllocStmt(pointer, variables.Buffer(), size, body.LocalVariablesInitialized, source), false);
        Push(new VariableExpr(pointer));
    }

    private static bool InLoop(Block start)
    {
        var seen = new System.Collections.Generic.HashSet<Block>();
        var work = new System.Collections.Generic.Stack<Block>(start.Successors);
        while (work.TryPop(out var next))
        {
            if (next == start) return true;
            if (seen.Add(next))
                foreach (var successor in next.Successors) work.Push(successor);
        }
        return false;
    }

    /// <summary>Only constant data of the assembly may be named; it goes to .rodata.</summary>
    private bool StaticField(Instruction i)
    {
        if (i.Token.Kind is not (HandleKind.FieldDefinition or HandleKind.MemberReference))
            throw new RefusedException(Rule.Instruction, Name(i) + " of anything but constant data is not allowed");
        var field = model.Field(i.Token, method.Arguments);
        if (field.Rva == 0 || i.Op is ILOpCode.Stsfld)
            throw new RefusedException(Rule.StaticField, $"static field {field.Name} is not allowed: there are no mutable statics");
        var data = new DataExpr(model.Constant(field));
        if (i.Op == ILOpCode.Ldsfld) Push(At(data, field.Type));
        else Push(data);
        return true;
    }
}
