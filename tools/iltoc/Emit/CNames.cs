// SPDX-License-Identifier: MIT
// C identifiers: C# names kept where C lets them be, without namespaces, made unique in the order of the metadata.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Wamr.Nano.IlToC;

internal static class CNames
{
    /// <summary>Words that mean something else in the output: C's, the prelude's types, macros compilers and C libraries define.</summary>
    private static readonly HashSet<string> Reserved = new((
        "auto break case char const continue default do double else enum extern float for goto if "
        + "inline int long register restrict return short " +
        "signed sizeof static struct switch typedef union unsigned void volatile while asm typeof bool true false NULL EOF errno assert " +
        "linux unix i386 arm mips sparc sun stdin stdout stderr major minor main near far huge interrupt signals slots " +
        "i8 u8 i16 u16 i32 u32 i64 u64 iptr uptr f32 f64").Split(' '), StringComparer.Ordinal);

    internal static string Identifier(string name)
    {
        var text = new StringBuilder();
        foreach (char c in name) text.Append(char.IsAsciiLetterOrDigit(c) || c == '_' ? c : '_');
        if (text.Length == 0 || char.IsAsciiDigit(text[0])) text.Insert(0, '_');
        string clean = text.ToString();
        return Reserved.Contains(clean) || clean.StartsWith("il_", StringComparison.Ordinal)
            || clean.StartsWith("IL_", StringComparison.Ordinal)
            ? clean + "_" : clean;
    }

    /// <summary>
    /// The type's own name: <c>Outer_Inner</c>; for a fixed buffer <c>Outer_field_buffer</c>; for a span <c>ReadOnlySpan_u8</c>.
    /// </summary>
    internal static string Type(AssemblyModel model, StructType type)
    {
        string name = model.NestedName(type.Definition).Replace("e__FixedBuffer", "_buffer").Replace("<", "").Replace(">", "")
            .Split('`')[0];
        return Identifier(string.Join("_", type.Arguments.Select(Mangled).Prepend(name)));
    }

    /// <summary>A type as part of an identifier.</summary>
    internal static string Mangled(IlType type) => type switch
    {
        PointerType p => Mangled(p.Target) + "p",
        FunctionType f => "fn_" + string.Join("_", f.Parameters.Select(Mangled).Prepend(Mangled(f.Result))),
        StructType s => s.Name[(s.Name.LastIndexOf('.') + 1)..].Split('`')[0].Replace("<", "").Replace(">", ""),
        _ => type.Key,
    };

    internal static string Method(Method method)
    {
        string owner = method.OwnerName[(method.OwnerName.LastIndexOf('.') + 1)..].Split('`')[0];
        string name = method.Name.Replace(".ctor", "init", StringComparison.Ordinal);
        if (name.StartsWith("get_", StringComparison.Ordinal)) name = name[4..];
        return Identifier(string.Join("_", method.Arguments.OfType.Select(Mangled).Prepend(owner + "_" + LocalFunction(name))));
    }

    /// <summary><c>&lt;Outer&gt;g__Inner|0_0</c> is the local function Inner.</summary>
    private static string LocalFunction(string name)
    {
        int mark = name.IndexOf(">g__", StringComparison.Ordinal);
        return mark < 0 ? name : name[1..mark] + "_" + name[(mark + 4)..name.IndexOf('|')];
    }

    internal static string Data(Method owner) => Method(owner) + "_data";
}
