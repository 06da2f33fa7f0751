// SPDX-License-Identifier: MIT
// Types as the header spells them: stdint's names, structs by tag and opaque, function types under the C file's names.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Wamr.Nano.IlToC;

internal sealed class HeaderTypes(AssemblyModel model, CTypes types)
{
    private readonly SortedDictionary<string, StructType> structs = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, FunctionType> functions = new(StringComparer.Ordinal);

    internal void Use(IlType type)
    {
        switch (type)
        {
            case PointerType p: Use(p.Target); break;
            case StructType s: structs.TryAdd(s.Key, s); break;
            case FunctionType f:
                if (!functions.TryAdd(types.Name(f), f)) break;
                foreach (var part in f.Parameters.Append(f.Result)) Use(part);
                break;
        }
    }

    /// <summary>Structs are opaque: C code holds pointers to them.</summary>
    internal string Declarations()
    {
        var text = new StringBuilder();
        foreach (var s in structs.Values) text.Append($"{types.Tag(s)}; /* {model.FullName(s.Definition)} */\n");
        foreach (var (name, f) in functions)
        {
            string parameters = f.Parameters.Count == 0 ? "void" : string.Join(", ", f.Parameters.Select(Name));
            text.Append($"typedef {Declare(f.Result, $"(*{name})")}({parameters});\n");
        }
        return text.Append(structs.Count + functions.Count > 0 ? "\n" : "").ToString();
    }

    internal string Declare(IlType type, string name) => Name(type) is var t && t.EndsWith('*') ? t + name : t + " " + name;

    private string Name(IlType type) => type switch
    {
        PointerType p => Name(p.Target) is var target && target.EndsWith('*') ? target + "*" : target + " *",
        FunctionType f => types.Name(f),
        StructType s => types.Tag(s),
        PrimType { Prim: Prim.I } => "intptr_t",
        PrimType { Prim: Prim.U } => "uintptr_t",
        PrimType { Prim: Prim.R4 } => "float",
        PrimType { Prim: Prim.R8 } => "double",
        PrimType { FixedSize: > 0 } number => $"{(number.IsUnsigned ? "uint" : "int")}{number.FixedSize * 8}_t",
        _ => type.Key,
    };
}
