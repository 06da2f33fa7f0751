// SPDX-License-Identifier: MIT
// C types: which structs and function types a translation uses, and their definitions in an order C accepts.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text;

namespace Wamr.Nano.IlToC;

internal sealed class CTypes(AssemblyModel model)
{
    private readonly SortedDictionary<string, StructType> structs = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, FunctionType> functions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> spellings = new(StringComparer.Ordinal);

    /// <summary>Notes a type and all it is made of.</summary>
    internal void Use(IlType type)
    {
        switch (type)
        {
            case PointerType p: Use(p.Target); break;
            case FunctionType f:
                if (!functions.TryAdd(FunctionName(f), f)) break;
                Use(f.Result);
                foreach (var p in f.Parameters) Use(p);
                break;
            case StructType s:
                if (!structs.TryAdd(s.Key, s)) break;
                foreach (var field in Fields(s)) Use(field.Type);
                break;
        }
    }

    internal string Name(IlType type) => type switch
    {
        PointerType p => Name(p.Target) is var target && target.EndsWith('*') ? target + "*" : target + " *",
        FunctionType f => FunctionName(f),
        StructType s => StructName(s),
        _ => type.Key,
    };

    /// <summary><c>type name</c> as C writes a declaration.</summary>
    internal string Declare(IlType type, string name) => Name(type) is var t && t.EndsWith('*') ? t + name : t + " " + name;

    private static string FunctionName(FunctionType type) => CNames.Mangled(type);

    private string StructName(StructType type)
    {
        if (spellings.TryGetValue(type.Key, out string? known)) return known;
        string name = CNames.Type(model, type), unique = name;
        for (int n = 2; names.ContainsKey(unique); n++) unique = name + "_" + n;
        names[unique] = type.Key;
        return spellings[type.Key] = unique;
    }

    private List<Field> Fields(StructType type) => model.InstanceFields(type);

    internal bool IsExplicit(StructType type) =>
        (model.Reader.GetTypeDefinition(type.Definition).Attributes & TypeAttributes.LayoutMask) == TypeAttributes.ExplicitLayout;

    /// <summary>The struct that the compiler makes for <c>fixed T name[n]</c>: one field, and a size from which n follows.</summary>
    internal bool IsFixedBuffer(IlType type) => type is StructType s && Fields(s) is [{ Name: "FixedElementField" }];

    /// <summary>Forward declarations, function types and definitions.</summary>
    internal string Definitions()
    {
        var text = new StringBuilder();
        foreach (var s in structs.Values) text.Append($"typedef {Tag(s)} {Name(s)};\n");
        foreach (var (name, f) in functions)
        {
            string parameters = f.Parameters.Count == 0 ? "void" : string.Join(", ", f.Parameters.Select(Name));
            text.Append($"typedef {Declare(f.Result, $"(*{name})")}({parameters});\n");
        }
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var s in structs.Values) Define(s, done, text);
        return text.ToString();
    }

    internal string Tag(StructType type) => (IsExplicit(type) ? "union " : "struct ") + Name(type);

    private void Define(StructType type, HashSet<string> done, StringBuilder text)
    {
        if (!done.Add(type.Key)) return;
        foreach (var field in Fields(type))
            if (field.Type is StructType inner) Define(inner, done, text);
        text.Append('\n').Append(Definition(type));
    }

    private string Definition(StructType type)
    {
        var layout = model.Reader.GetTypeDefinition(type.Definition).GetLayout();
        var fields = Fields(type);
        bool isExplicit = IsExplicit(type), packed = layout.PackingSize is 1 or 2 or 4 && !isExplicit && !IsFixedBuffer(type);
        var text = new StringBuilder();
        if (packed) text.Append($"#pragma pack(push, {layout.PackingSize})\n");
        text.Append($"{(isExplicit ? "union" : "struct")} IL_ALIAS {Name(type)} {{\n");
        if (IsFixedBuffer(type))
            text.Append($"    {Declare(fields[0].Type, "FixedElementField")}[{layout.Size / fields[0].Type.FixedSize}];\n");
        else if (isExplicit) ExplicitFields(fields, layout.Size, text);
        else SequentialFields(fields, layout.Size, text);
        text.Append("};\n");
        if (packed) text.Append("#pragma pack(pop)\n");
        return text.ToString();
    }

    private void SequentialFields(List<Field> fields, int size, StringBuilder text)
    {
        foreach (var field in fields) text.Append($"    {Declare(field.Type, CNames.Identifier(field.Name))};\n");
        if (fields.Count == 0) text.Append($"    {Name(PrimType.U1)} empty[{Math.Max(size, 1)}];\n");
    }

    /// <summary>A union of the fields, each after its padding.</summary>
    private void ExplicitFields(List<Field> fields, int size, StringBuilder text)
    {
        foreach (var field in fields)
        {
            string declared = Declare(field.Type, CNames.Identifier(field.Name));
            text.Append(field.Offset == 0 ? $"    {declared};\n"
                : $"    struct {{ {Name(PrimType.U1)} pad_{CNames.Identifier(field.Name)}[{field.Offset}]; {declared}; }};\n");
        }
        if (size > 0) text.Append($"    {Name(PrimType.U1)} bytes_[{size}];\n");
    }
}
