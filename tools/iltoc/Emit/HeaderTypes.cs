// SPDX-License-Identifier: MIT
// Types as the header spells them: stdint's names, structs by tag, function pointers as void * (their types are the C file's own).
using System;
using System.Collections.Generic;
using System.Text;

namespace Wamr.Nano.IlToC;

internal sealed class HeaderTypes(AssemblyModel model, CTypes types)
{
    private readonly SortedDictionary<string, StructType> named = new(StringComparer.Ordinal);

    internal void Use(IlType type)
    {
        if (type is PointerType p) Use(p.Target);
        if (type is StructType s) named.TryAdd(s.Key, s);
    }

    /// <summary>Structs are opaque: C code holds pointers to them. One that is passed by value is refused.</summary>
    internal string Declarations()
    {
        var text = new StringBuilder();
        foreach (var s in named.Values) text.Append($"{types.Tag(s)}; /* {model.FullName(s.Definition)} */\n");
        return text.Append(named.Count > 0 ? "\n" : "").ToString();
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
