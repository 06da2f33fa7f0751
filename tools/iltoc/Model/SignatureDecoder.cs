// SPDX-License-Identifier: MIT
// Signatures of the metadata (ECMA-335 II.23.2) to IlType. A volatile modifier is dropped: the volatile. prefix says the same.
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace Wamr.Nano.IlToC;

/// <summary>The current type arguments: those of the generic struct whose member is read, and those of a generic method.</summary>
internal sealed record TypeArguments(IReadOnlyList<IlType> OfType, IReadOnlyList<IlType> OfMethod)
{
    internal static readonly TypeArguments None = new([], []);
}

internal sealed class SignatureDecoder(AssemblyModel model) : ISignatureTypeProvider<IlType, TypeArguments>
{
    public IlType GetPrimitiveType(PrimitiveTypeCode code) => code switch
    {
        PrimitiveTypeCode.Void => PrimType.Void,
        PrimitiveTypeCode.Boolean or PrimitiveTypeCode.Byte => PrimType.U1,
        PrimitiveTypeCode.SByte => PrimType.I1,
        PrimitiveTypeCode.Char or PrimitiveTypeCode.UInt16 => PrimType.U2,
        PrimitiveTypeCode.Int16 => PrimType.I2,
        PrimitiveTypeCode.Int32 => PrimType.I4,
        PrimitiveTypeCode.UInt32 => PrimType.U4,
        PrimitiveTypeCode.Int64 => PrimType.I8,
        PrimitiveTypeCode.UInt64 => PrimType.U8,
        PrimitiveTypeCode.IntPtr => PrimType.I,
        PrimitiveTypeCode.UIntPtr => PrimType.U,
        PrimitiveTypeCode.Single => PrimType.R4,
        PrimitiveTypeCode.Double => PrimType.R8,
        _ => new ForeignType(code.ToString()),
    };

    public IlType GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => model.TypeOf(handle, []);
    public IlType GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
    {
        var reference = reader.GetTypeReference(handle);
        return new ForeignType(reader.GetString(reference.Namespace) + "." + reader.GetString(reference.Name));
    }

    public IlType GetTypeFromSpecification(MetadataReader reader, TypeArguments context, TypeSpecificationHandle handle,
        byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, context);

    public IlType GetPointerType(IlType elementType) => new PointerType(elementType);
    public IlType GetByReferenceType(IlType elementType) => new PointerType(elementType);
    public IlType GetPinnedType(IlType elementType) => elementType;
    public IlType GetModifiedType(IlType modifier, IlType unmodifiedType, bool isRequired) => unmodifiedType;

    public IlType GetFunctionPointerType(MethodSignature<IlType> signature) =>
        new FunctionType(signature.ReturnType, signature.ParameterTypes);

    public IlType GetGenericInstantiation(IlType genericType, ImmutableArray<IlType> typeArguments) =>
        genericType is StructType s ? model.TypeOf(s.Definition, typeArguments) : genericType;

    public IlType GetGenericTypeParameter(TypeArguments context, int index) =>
        index < context.OfType.Count ? context.OfType[index] : new ForeignType("type parameter " + index);

    public IlType GetGenericMethodParameter(TypeArguments context, int index) =>
        index < context.OfMethod.Count ? context.OfMethod[index] : new ForeignType("method type parameter " + index);

    public IlType GetSZArrayType(IlType elementType) => new ForeignType(elementType.Key + "[]");
    public IlType GetArrayType(IlType elementType, ArrayShape shape) => new ForeignType(elementType.Key + "[,]");
}
