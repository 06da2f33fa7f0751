// SPDX-License-Identifier: MIT
// The attributes that mean something to the translator, read from their blobs (ECMA-335 II.23.3).
using System;
using System.Reflection.Metadata;

namespace Wamr.Nano.IlToC;

internal readonly record struct MethodMarks(string? Export, bool IsDispatchLoop, bool AllowsRecursion);

internal sealed class AttributeReader(MetadataReader reader)
{
    internal MethodMarks Of(MethodDefinition method)
    {
        string? export = null;
        bool loop = false, recursion = false;
        foreach (var handle in method.GetCustomAttributes())
        {
            var attribute = reader.GetCustomAttribute(handle);
            switch (NameOf(attribute))
            {
                case "UnmanagedCallersOnlyAttribute": export = NamedString(attribute, "EntryPoint"); break;
                case "DispatchLoopAttribute": loop = true; break;
                case "AllowRecursionAttribute": recursion = true; break;
            }
        }
        return new MethodMarks(export, loop, recursion);
    }

    private string NameOf(CustomAttribute attribute)
    {
        if (attribute.Constructor.Kind == HandleKind.MethodDefinition)
        {
            var type = reader.GetMethodDefinition((MethodDefinitionHandle)attribute.Constructor).GetDeclaringType();
            return reader.GetString(reader.GetTypeDefinition(type).Name);
        }
        var parent = reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent;
        return parent.Kind == HandleKind.TypeReference ? reader.GetString(reader.GetTypeReference((TypeReferenceHandle)parent).Name) : "";
    }

    /// <summary>The value of a named string field of an attribute without constructor arguments; null if it is not set.</summary>
    private string? NamedString(CustomAttribute attribute, string name)
    {
        const byte field = 0x53, text = 0x0E, array = 0x1D, type = 0x50;
        var blob = reader.GetBlobReader(attribute.Value);
        blob.ReadUInt16();
        for (int left = blob.ReadUInt16(); left > 0; left--)
        {
            if (blob.ReadByte() != field) return null;
            byte kind = blob.ReadByte();
            if (kind == array) kind = blob.ReadByte() == type ? array : throw new BadImageFormatException("an attribute's array");
            string? key = blob.ReadSerializedString();
            if (kind == text)
            {
                string? value = blob.ReadSerializedString();
                if (key == name) return value;
            }
            else if (kind == array)
                for (int items = blob.ReadInt32(); items > 0; items--) blob.ReadSerializedString();
            else return null;
        }
        return null;
    }
}
