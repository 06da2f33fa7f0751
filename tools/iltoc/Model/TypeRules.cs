// SPDX-License-Identifier: MIT
// The types that the subset allows, and the struct layouts that C can reproduce.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;

namespace Wamr.Nano.IlToC;

internal sealed class TypeRules(AssemblyModel model)
{
    internal const string SpanName = "System.ReadOnlySpan`1";

    private readonly HashSet<string> accepted = new(StringComparer.Ordinal);

    /// <exception cref="RefusedException">The type, or one it is made of, is outside the subset.</exception>
    internal void Check(IlType type)
    {
        if (type is PrimType || !accepted.Add(type.Key)) return;
        try
        {
            CheckNew(type);
        }
        catch (RefusedException)
        {
            accepted.Remove(type.Key);
            throw;
        }
    }

    private void CheckNew(IlType type)
    {
        switch (type)
        {
            case PointerType p: Check(p.Target); break;
            case FunctionType f:
                foreach (var part in f.Parameters.Append(f.Result)) Check(part);
                break;
            case StructType { Arguments.Count: > 0 } s when s.Name != SpanName:
                throw new RefusedException(Rule.Generic, $"generic type {s.Key} is not allowed; only ReadOnlySpan is");
            case StructType s: CheckStruct(s); break;
            case ForeignType { Key:
                "System.String" or "String" }: throw new RefusedException(Rule.String, "a string is not allowed: use \"...\"u8");
            case ForeignType f when f.Key.EndsWith(']'): throw new RefusedException(Rule.Array, $"an array ({f.Key}) is not allowed");
            case ForeignType f:
                throw new RefusedException(Rule.Type, $"type {f.Key} is not allowed: not a number, pointer or unmanaged struct");
        }
    }

    private void CheckStruct(StructType type)
    {
        var definition = model.Reader.GetTypeDefinition(type.Definition);
        var layout = (definition.Attributes & TypeAttributes.LayoutMask) switch
        {
            TypeAttributes.ExplicitLayout => "explicit",
            TypeAttributes.AutoLayout => throw new RefusedException(Rule.Layout, $"{type.Name}: automatic layout is not allowed"),
            _ => "sequential",
        };
        var fields = model.InstanceFields(type);
        foreach (var field in fields)
        {
            Check(field.Type);
            if (layout == "explicit") CheckOffset(type, field);
        }
        bool fixedBuffer = fields is [{ Name: "FixedElementField" }];
        if (layout == "sequential" && definition.GetLayout().Size > 1 && fields.Count > 0 && !fixedBuffer)
            throw new RefusedException(Rule.Layout, $"{type.Name}: a size on a sequential struct is not allowed; use an explicit layout");
    }

    /// <summary>A field must lie at a multiple of its alignment (8 where the target decides), or C would move it.</summary>
    private static void CheckOffset(StructType type, Field field)
    {
        int align = field.Type.FixedSize != 0 ? field.Type.FixedSize : 8;
        if (field.Offset % align != 0)
            throw new RefusedException(Rule.Layout, $"{type.Name}.{field.Name} at offset {field.Offset} is not aligned to {align}");
    }
}
