// SPDX-License-Identifier: MIT
// Calls: direct, through delegate*, constructors of structs, the members of ReadOnlySpan, intrinsics.
using System.Collections.Generic;
using System.Linq;
using System.Reflection.Metadata;

namespace Wamr.Nano.IlToC;

internal sealed partial class MethodTranslator
{
    private bool Call(Instruction i)
    {
        switch (i.Op)
        {
            case ILOpCode.Call: CallMethod(model.Method(i.Token, method.Arguments)); return true;
            case ILOpCode.Callvirt:
                var target = model.Method(i.Token, method.Arguments);
                if (target.IsVirtual || target.Owner is not StructType) return false;
                CallMethod(target);
                return true;
            case ILOpCode.Newobj: New(model.Method(i.Token, method.Arguments)); return true;
            case ILOpCode.Calli: CallPointer(model.CallSite((StandaloneSignatureHandle)i.Token, method.Arguments)); return true;
            case ILOpCode.Ldftn:
                var function = model.Method(i.Token, method.Arguments);
                if (function.IsInstance) throw new RefusedException(Rule.VirtualCall, "the address of an instance method is not allowed");
                CheckMethod(function);
                Push(new FunctionExpr(function));
                return true;
            default: return false;
        }
    }

    private List<Expr> PopArguments(IReadOnlyList<IlType> types)
    {
        var arguments = new Expr[types.Count];
        for (int k = types.Count - 1; k >= 0; k--) arguments[k] = Conversion.ToPlace(Pop(), types[k]);
        return [.. arguments];
    }

    private void Yield(Expr call)
    {
        if (call.Type.IsVoid) Emit(new EvalStmt(call, source), true);
        else Push(call);
    }

    private void CheckMethod(Method target)
    {
        if (target.Arguments.OfMethod.Count > 0)
            throw new RefusedException(Rule.Generic, $"generic method {target.FullName} is not allowed");
        if (target.IsInstance && target.Owner is not StructType)
            throw new RefusedException(Rule.ObjectCreation, $"{target.FullName} is a method of a class instance");
        foreach (var type in target.Parameters.Append(target.Result)) model.Rules.Check(type);
        if (target.BodyAddress == 0 && target.Import is null)
            throw new RefusedException(Rule.NoBody, $"{target.FullName} has no body and is no [DllImport]");
    }

    private void CallMethod(Method target)
    {
        if (target.FullName == "System.Runtime.CompilerServices.RuntimeHelpers.CreateSpan")
        {
            CreateSpan(target);
            return;
        }
        CheckMethod(target);
        if (target.Owner is StructType { Name: TypeRules.SpanName } span && Span(target, span)) return;
        if (Intrinsics.TryGet(target, out var intrinsic))
        {
            var call =
                new HelperExpr(intrinsic.Helper, PopArguments(target.Parameters), target.Result, intrinsic.Reads || intrinsic.Writes);
            if (intrinsic.Writes) Emit(new EvalStmt(call, source), true);
            else Push(call);
            return;
        }
        if (target.Parameters.Count == 0 && ConstantSpan(target) is { } constant) Push(constant);
        else Yield(new CallExpr(target, PopArguments(target.Parameters)));
    }

    private void CallPointer(FunctionType signature)
    {
        model.Rules.Check(signature);
        var function = Conversion.ToPlace(Pop(), signature);
        Yield(new PointerCallExpr(signature, function, PopArguments(signature.Parameters)));
    }

    private void New(Method constructor)
    {
        if (constructor.Owner is not StructType type)
            throw new RefusedException(Rule.ObjectCreation,
                $"new {constructor.OwnerName} is not allowed: there is no garbage-collected heap");
        model.Rules.Check(type);
        if (type.Name == TypeRules.SpanName)
        {
            Push(SpanOf(constructor, type, PopArguments([.. constructor.Parameters.Skip(1)])));
            return;
        }
        var arguments = PopArguments([.. constructor.Parameters.Skip(1)]);
        var made = new VariableExpr(variables.Temporary(type));
        made.Variable.IsExposed = true;
        Assign(made, Zero(type));
        Emit(new EvalStmt(new CallExpr(constructor, [new AddressExpr(made), .. arguments]), source), true);
        Push(made);
    }

    // ---- ReadOnlySpan: a pointer and a length

    private (Field First, Field Length) SpanFields(StructType span)
    {
        var fields = model.InstanceFields(span);
        return (fields[0], fields[1]);
    }

    private StructExpr SpanOf(Method constructor, StructType span, List<Expr> arguments)
    {
        if (arguments.Count != 2) throw new RefusedException(Rule.Array, $"{constructor.FullName} from an array is not allowed");
        return new StructExpr([Conversion.ToPlace(arguments[0], SpanFields(span).First.Type), arguments[1]], span);
    }

    /// <summary>The members of a span, in line: none is a call in C.</summary>
    private bool Span(Method target, StructType span)
    {
        var (first, length) = SpanFields(span);
        switch (target.Name)
        {
            case "get_Length": Push(FieldOf(Pop(), length)); return true;
            case "GetPinnableReference": Push(FieldOf(Pop(), first)); return true;
            case "get_Item":
                var index = Pop();
                Expr scaled =
                    Arith.Wrapping("*", Conversion.ToInteger(index, PrimType.I),
                        Conversion.ToInteger(SizeOf(span.Arguments[0]), PrimType.I));
                Push(Arith.Wrapping("+", FieldOf(Pop(), first), scaled));
                return true;
            case ".ctor":
                var arguments = PopArguments([.. target.Parameters.Skip(1)]);
                Assign(At(Pop(), span), SpanOf(target, span, arguments));
                return true;
            default: return false;
        }
    }

    /// <summary>A property whose whole body is a span over constant data is that data.</summary>
    private StructExpr? ConstantSpan(Method target)
    {
        if (target.BodyAddress == 0 || target.Result is not StructType { Name: TypeRules.SpanName } span) return null;
        var code = IlDecoder.Decode(model.Body(target).GetILReader());
        if (code.Count != 4 || code[0].Op != ILOpCode.Ldsflda || code[2].Op != ILOpCode.Newobj || code[3].Op != ILOpCode.Ret) return null;
        var field = model.Field(code[0].Token, target.Arguments);
        long length = code[1].Op is >= ILOpCode.Ldc_i4_0 and <= ILOpCode.Ldc_i4_8 ? code[1].Op - ILOpCode.Ldc_i4_0 : code[1].Operand;
        return field.Rva == 0 ? null : DataSpan(span, field, length, target);
    }

    private StructExpr DataSpan(StructType span, Field field, long length, Method owner)
    {
        var data = model.Constant(field);
        if (data.CName.Length == 0) data.CName = CNames.Data(owner);
        return new StructExpr([Conversion.ToPointer(new DataExpr(data), SpanFields(span).First.Type), new IntExpr(length, PrimType.I4)],
            span);
    }

    private void CreateSpan(Method target)
    {
        if (Pop() is not DataExpr data || target.Result is not StructType span)
            throw new RefusedException(Rule.Array, "a span over anything but constant data is not allowed");
        if (data.Data.CName.Length == 0) data.Data.CName = CNames.Data(method);
        long length = data.Data.Bytes.Length / span.Arguments[0].FixedSize;
        Push(new StructExpr([Conversion.ToPointer(data, SpanFields(span).First.Type), new IntExpr(length, PrimType.I4)], span));
    }
}
