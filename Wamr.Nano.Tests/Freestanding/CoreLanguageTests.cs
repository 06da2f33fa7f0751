// SPDX-License-Identifier: MIT
// The language of the core (docs/LANGUAGE.md), checked where it matters: in the IL of every method. What compiles may still allocate.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Xunit;

namespace Wamr.Nano.Tests.Freestanding;

public class CoreLanguageTests
{
    private static bool IsCore(string? name) =>
        name == "Wamr.Nano.Core" || name?.StartsWith("Wamr.Nano.Core.", StringComparison.Ordinal) == true;

    /// <summary>Instructions that need a heap, an exception or text; newobj is looked at by what it makes.</summary>
    private static readonly HashSet<string> Refused =
        ["newarr", "box", "unbox", "unbox.any", "throw", "rethrow", "ldstr", "stsfld", "ldvirtftn", "callvirt", "isinst", "castclass"];

    [Fact]
    public void Core_methods_neither_allocate_nor_throw_nor_keep_state()
    {
        using FileStream file = File.OpenRead(typeof(ModuleLoader).Assembly.Location);
        using PEReader pe = new(file);
        MetadataReader reader = pe.GetMetadataReader();
        List<string> found = [];
        int methods = 0;
        foreach (TypeDefinitionHandle handle in reader.TypeDefinitions)
        {
            TypeDefinition type = reader.GetTypeDefinition(handle);
            if (!IsCore(NamespaceOf(reader, type)) || IsAttribute(reader, type)) continue;
            foreach (MethodDefinition method in type.GetMethods().Select(reader.GetMethodDefinition))
            {
                if (method.RelativeVirtualAddress == 0) continue;
                methods++;
                string name = reader.GetString(type.Name) + "." + reader.GetString(method.Name);
                found.AddRange(Offences(reader, pe.GetMethodBody(method.RelativeVirtualAddress).GetILBytes()!).Select(o => $"{name}: {o}"));
            }
        }
        Assert.Empty(found);
        // The scan sees the core: a namespace that was renamed must not make it pass.
        Assert.True(methods > 500, $"{methods} methods looked at");
    }

    [Fact]
    public void Core_has_no_static_fields_but_constants()
    {
        IEnumerable<string> fields = typeof(ModuleLoader).Assembly.GetTypes().Where(t => IsCore(t.Namespace))
            .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(f => !f.IsLiteral).Select(f => $"{f.DeclaringType!.Name}.{f.Name}");
        Assert.Empty(fields);
    }

    private static string NamespaceOf(MetadataReader reader, TypeDefinition type) =>
        type.IsNested ? NamespaceOf(reader, reader.GetTypeDefinition(type.GetDeclaringType())) : reader.GetString(type.Namespace);

    /// <summary>Attributes are classes, but are read by compilers, not run.</summary>
    private static bool IsAttribute(MetadataReader reader, TypeDefinition type) =>
        reader.GetString(type.Name).EndsWith("Attribute", StringComparison.Ordinal);

    private static IEnumerable<string> Offences(MetadataReader reader, byte[] il)
    {
        foreach (IlInstruction i in IlInstruction.All(il))
        {
            if (Refused.Contains(i.Op.Name!)) yield return $"{i.Op.Name} at IL {i.At:X4}";
            if (i.Op == OpCodes.Newobj && !MakesStruct(reader, BitConverter.ToInt32(il, i.Operand)))
                yield return $"newobj of a class at IL {i.At:X4}";
        }
    }

    /// <summary>Constructors that core code may call: of structs, which are spans over constant data.</summary>
    private static bool MakesStruct(MetadataReader reader, int token)
    {
        EntityHandle handle = MetadataTokens.EntityHandle(token);
        EntityHandle parent = handle.Kind == HandleKind.MemberReference
            ? reader.GetMemberReference((MemberReferenceHandle)handle).Parent
            : reader.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType();
        if (parent.Kind != HandleKind.TypeSpecification) return false;
        BlobReader blob = reader.GetBlobReader(reader.GetTypeSpecification((TypeSpecificationHandle)parent).Signature);
        return blob.ReadSignatureTypeCode() == SignatureTypeCode.GenericTypeInstance
            && blob.ReadByte() == (byte)SignatureTypeKind.ValueType;
    }
}
