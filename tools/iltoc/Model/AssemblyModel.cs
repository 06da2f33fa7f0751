// SPDX-License-Identifier: MIT
// The assembly that is translated: its types, methods and fields by token. It must be its own core library.
using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Wamr.Nano.IlToC;

internal sealed class AssemblyModel : IDisposable
{
    private readonly PEReader pe;
    private readonly SignatureDecoder decoder;
    private readonly Dictionary<string, Method> methods = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ConstantData> constants = new(StringComparer.Ordinal);

    internal AssemblyModel(string path, string? sourceRoot)
    {
        pe = new PEReader(ImmutableArray.Create(File.ReadAllBytes(path)));
        Reader = pe.GetMetadataReader();
        decoder = new SignatureDecoder(this);
        Attributes = new AttributeReader(Reader);
        Sources = SourceMap.Load(pe, path, sourceRoot);
        FileName = Path.GetFileName(path);
        Rules = new TypeRules(this);
    }

    internal MetadataReader Reader { get; }
    internal AttributeReader Attributes { get; }
    internal SourceMap Sources { get; }
    internal TypeRules Rules { get; }
    internal string FileName { get; }

    public void Dispose()
    {
        Sources.Dispose();
        pe.Dispose();
    }

    // ---- types

    internal IlType TypeOf(TypeDefinitionHandle handle, IReadOnlyList<IlType> arguments)
    {
        string name = FullName(handle);
        if (Primitives.TryGetValue(name, out var prim)) return prim;
        var definition = Reader.GetTypeDefinition(handle);
        string parent = !definition.BaseType.IsNil && definition.BaseType.Kind == HandleKind.TypeDefinition
            ? FullName((TypeDefinitionHandle)definition.BaseType) : "";
        if (parent is "System.Enum") return EnumBase(definition);
        return parent is "System.ValueType" ? new StructType(handle, name, arguments) : new ForeignType(name);
    }

    private static readonly Dictionary<string, PrimType> Primitives = new(StringComparer.Ordinal)
    {
        ["System.Void"] = PrimType.Void, ["System.Boolean"] = PrimType.U1, ["System.Char"] = PrimType.U2,
        ["System.SByte"] = PrimType.I1, ["System.Byte"] = PrimType.U1, ["System.Int16"] = PrimType.I2, ["System.UInt16"] = PrimType.U2,
        ["System.Int32"] = PrimType.I4, ["System.UInt32"] = PrimType.U4, ["System.Int64"] = PrimType.I8, ["System.UInt64"] = PrimType.U8,
        ["System.IntPtr"] = PrimType.I, ["System.UIntPtr"] = PrimType.U, ["System.Single"] = PrimType.R4, ["System.Double"] = PrimType.R8,
    };

    private IlType EnumBase(TypeDefinition definition)
    {
        foreach (var field in definition.GetFields().Select(Reader.GetFieldDefinition))
            if (!field.Attributes.HasFlag(FieldAttributes.Static)) return field.DecodeSignature(decoder, TypeArguments.None);
        return PrimType.I4;
    }

    internal string FullName(TypeDefinitionHandle handle)
    {
        var definition = Reader.GetTypeDefinition(handle);
        string name = Reader.GetString(definition.Name);
        var outer = definition.GetDeclaringType();
        if (!outer.IsNil) return FullName(outer) + "." + name;
        string space = Reader.GetString(definition.Namespace);
        return space.Length == 0 ? name : space + "." + name;
    }

    /// <summary>Name with those of the types it is nested in, without namespace: <c>Outer_Inner</c>.</summary>
    internal string NestedName(TypeDefinitionHandle handle)
    {
        var definition = Reader.GetTypeDefinition(handle);
        var outer = definition.GetDeclaringType();
        return (outer.IsNil ? "" : NestedName(outer) + "_") + Reader.GetString(definition.Name);
    }

    /// <summary>The type a TypeDef, TypeRef or TypeSpec token names.</summary>
    internal IlType Type(EntityHandle handle, TypeArguments context) => handle.Kind switch
    {
        HandleKind.TypeDefinition => TypeOf((TypeDefinitionHandle)handle, []),
        HandleKind.TypeReference => decoder.GetTypeFromReference(Reader, (TypeReferenceHandle)handle, 0),
        HandleKind.TypeSpecification => decoder.GetTypeFromSpecification(Reader, context, (TypeSpecificationHandle)handle, 0),
        _ => new ForeignType(handle.Kind.ToString()),
    };

    // ---- methods

    /// <summary>The method a MethodDef, MemberRef or MethodSpec token names.</summary>
    internal Method Method(EntityHandle handle, TypeArguments context)
    {
        switch (handle.Kind)
        {
            case HandleKind.MethodDefinition:
                return Method((MethodDefinitionHandle)handle, TypeArguments.None);
            case HandleKind.MethodSpecification:
                var spec = Reader.GetMethodSpecification((MethodSpecificationHandle)handle);
                var arguments = spec.DecodeSignature(decoder, context);
                var generic = Method(spec.Method, context);
                return Method(generic.Handle, new TypeArguments(generic.Arguments.OfType, arguments));
            case HandleKind.MemberReference:
                var member = Reader.GetMemberReference((MemberReferenceHandle)handle);
                if (Type(member.Parent, context) is StructType owner)
                {
                    var found = FindMethod(owner, Reader.GetString(member.Name), Reader.GetBlobBytes(member.Signature));
                    if (!found.IsNil) return Method(found, new TypeArguments(owner.Arguments, []));
                }
                throw new RefusedException(Rule.NoBody, $"{Reader.GetString(member.Name)} is not defined in this assembly");
            default:
                throw new RefusedException(Rule.NoBody, "a method of kind " + handle.Kind);
        }
    }

    private MethodDefinitionHandle FindMethod(StructType owner, string name, byte[] signature) =>
        Reader.GetTypeDefinition(owner.Definition).GetMethods().FirstOrDefault(m =>
            Reader.GetString(Reader.GetMethodDefinition(m).Name) == name
            && Reader.GetBlobBytes(Reader.GetMethodDefinition(m).Signature).AsSpan().SequenceEqual(signature));

    internal Method Method(MethodDefinitionHandle handle, TypeArguments arguments)
    {
        var definition = Reader.GetMethodDefinition(handle);
        var declaring = definition.GetDeclaringType();
        string ownerName = FullName(declaring), name = Reader.GetString(definition.Name);
        string types = string.Join(",", arguments.OfType.Concat(arguments.OfMethod).Select(t => t.Key));
        string key = $"{ownerName}.{name}{(types.Length == 0 ? "" : $"<{types}>")}#{MetadataTokens.GetRowNumber(handle)}";
        if (methods.TryGetValue(key, out var known)) return known;
        var signature = definition.DecodeSignature(decoder, arguments);
        bool instance = signature.Header.IsInstance;
        var owner = TypeOf(declaring, arguments.OfType);
        var names = ParameterNames(definition, signature.ParameterTypes.Length);
        var marks = Attributes.Of(definition);
        return methods[key] = new Method(handle, key)
        {
            FullName = ownerName + "." + name, Name = name, Owner = owner, OwnerName = ownerName, Arguments = arguments,
            Result = signature.ReturnType,
            Parameters = instance ? [new PointerType(owner), .. signature.ParameterTypes] : [.. signature.ParameterTypes],
            ParameterNames = instance ? ["self", .. names] : names,
            IsInstance = instance, IsVirtual = definition.Attributes.HasFlag(MethodAttributes.Virtual) && owner is not StructType,
            BodyAddress = definition.RelativeVirtualAddress, Export = marks.Export,
            Import = definition.Attributes.HasFlag(MethodAttributes.PinvokeImpl) ? ImportName(definition, name) : null,
            AlwaysInline = (definition.ImplAttributes & MethodImplAttributes.AggressiveInlining) != 0,
            NeverInline = (definition.ImplAttributes & MethodImplAttributes.NoInlining) != 0,
            IsDispatchLoop = marks.IsDispatchLoop, AllowsRecursion = marks.AllowsRecursion,
        };
    }

    private string ImportName(MethodDefinition definition, string name)
    {
        string entry = Reader.GetString(definition.GetImport().Name);
        return entry.Length == 0 ? name : entry;
    }

    private List<string> ParameterNames(MethodDefinition definition, int count)
    {
        var names = Enumerable.Range(0, count).Select(i => "a" + i).ToList();
        foreach (var parameter in definition.GetParameters().Select(Reader.GetParameter))
            if (parameter.SequenceNumber > 0 && !parameter.Name.IsNil)
                names[parameter.SequenceNumber - 1] = Reader.GetString(parameter.Name);
        return names;
    }

    internal MethodBodyBlock Body(Method method) => pe.GetMethodBody(method.BodyAddress);

    internal IReadOnlyList<IlType> Locals(MethodBodyBlock body, TypeArguments arguments) =>
        body.LocalSignature.IsNil ? [] : Reader.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(decoder, arguments);

    /// <summary>The signature of a <c>calli</c>.</summary>
    internal FunctionType CallSite(StandaloneSignatureHandle handle, TypeArguments arguments)
    {
        var signature = Reader.GetStandaloneSignature(handle).DecodeMethodSignature(decoder, arguments);
        if (signature.Header.CallingConvention == SignatureCallingConvention.VarArgs)
            throw new RefusedException(Rule.CallingConvention, "a call with variable arguments is not allowed");
        return new FunctionType(signature.ReturnType, signature.ParameterTypes);
    }

    internal bool HasStaticConstructor(TypeDefinitionHandle handle) =>
        Reader.GetTypeDefinition(handle).GetMethods().Any(m => Reader.GetString(Reader.GetMethodDefinition(m).Name) == ".cctor");

    internal TypeDefinitionHandle DeclaringType(Method method) => Reader.GetMethodDefinition(method.Handle).GetDeclaringType();

    internal IEnumerable<Method> AllMethods() =>
        Reader.MethodDefinitions.Where(m => Reader.GetMethodDefinition(m).GetGenericParameters().Count == 0
            && Reader.GetTypeDefinition(Reader.GetMethodDefinition(m).GetDeclaringType()).GetGenericParameters().Count == 0)
            .Select(m => Method(m, TypeArguments.None));

    // ---- fields and data

    internal Field Field(EntityHandle handle, TypeArguments context)
    {
        if (handle.Kind == HandleKind.FieldDefinition) return Field((FieldDefinitionHandle)handle, context.OfType);
        var member = Reader.GetMemberReference((MemberReferenceHandle)handle);
        if (Type(member.Parent, context) is not StructType owner)
            throw new RefusedException(Rule.Type, $"field {Reader.GetString(member.Name)} is of no struct of this assembly");
        string name = Reader.GetString(member.Name);
        return Field(Reader.GetTypeDefinition(owner.Definition).GetFields()
            .First(f => Reader.GetString(Reader.GetFieldDefinition(f).Name) == name), owner.Arguments);
    }

    internal Field Field(FieldDefinitionHandle handle, IReadOnlyList<IlType> arguments)
    {
        var field = Reader.GetFieldDefinition(handle);
        return new Field(handle, Reader.GetString(field.Name), field.DecodeSignature(decoder, new TypeArguments(arguments, [])),
            TypeOf(field.GetDeclaringType(), arguments), field.Attributes.HasFlag(FieldAttributes.Static),
            field.Attributes.HasFlag(FieldAttributes.Literal), field.GetRelativeVirtualAddress()) { Offset = field.GetOffset() };
    }

    internal List<Field> InstanceFields(StructType type) =>
        [.. Reader.GetTypeDefinition(type.Definition).GetFields().Select(f => Field(f, type.Arguments)).Where(f => !f.IsStatic)];

    internal ConstantData Constant(Field field)
    {
        if (constants.TryGetValue(field.Name, out var known)) return known;
        int size = field.Type is StructType s ? Reader.GetTypeDefinition(s.Definition).GetLayout().Size : field.Type.FixedSize;
        byte[] bytes = pe.GetSectionData(field.Rva).GetContent(0, size).ToArray();
        return constants[field.Name] = new ConstantData(field.Name, bytes);
    }
}
