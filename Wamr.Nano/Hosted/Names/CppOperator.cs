// SPDX-License-Identifier: MIT
// The operators of C++: two letters in names, signs in text.
using System.Collections.Generic;

namespace Wamr.Nano.Mangling;

/// <summary>How an operator stands in an expression.</summary>
internal enum CppForm
{
    /// <summary>Only as the name of a function, or as something of its own.</summary>
    Name,
    Prefix,
    Binary,

    /// <summary>In front of a type in parentheses.</summary>
    OfType,

    /// <summary>With a type in angle brackets.</summary>
    Cast,
}

/// <param name="Text">Its sign.</param>
/// <param name="Form">How it stands in an expression.</param>
/// <param name="IsFunction">Whether there are functions of this name.</param>
internal sealed record CppOperator(string Text, CppForm Form, bool IsFunction = true)
{
    private static readonly Dictionary<string, CppOperator> s_all = Make();

    internal static CppOperator? Named(char first, char second) => s_all.GetValueOrDefault($"{first}{second}");

    private static Dictionary<string, CppOperator> Make()
    {
        Dictionary<string, CppOperator> all = new()
        {
            ["cl"] = new("()", CppForm.Name), ["ix"] = new("[]", CppForm.Name), ["qu"] = new("?", CppForm.Name),
            ["nw"] = new("new", CppForm.Name),
            ["na"] = new("new[]", CppForm.Name), ["pp"] = new("++", CppForm.Name), ["mm"] = new("--", CppForm.Name),
            ["dl"] = new("delete ", CppForm.Prefix), ["da"] = new("delete[] ", CppForm.Prefix), ["aw"] = new("co_await ", CppForm.Prefix),
            ["sz"] = new("sizeof ", CppForm.Prefix, false), ["az"] = new("alignof ", CppForm.Prefix, false),
            ["te"] = new("typeid ", CppForm.Prefix, false),
            ["tw"] = new("throw ", CppForm.Prefix, false), ["nx"] = new("noexcept", CppForm.Prefix, false),
            ["st"] = new("sizeof ", CppForm.OfType, false), ["at"] = new("alignof ", CppForm.OfType, false),
            ["ti"] = new("typeid ", CppForm.OfType, false),
            ["cc"] = new("const_cast", CppForm.Cast, false), ["dc"] = new("dynamic_cast", CppForm.Cast, false),
            ["rc"] = new("reinterpret_cast", CppForm.Cast, false), ["sc"] = new("static_cast", CppForm.Cast, false),
            ["ds"] = new(".*", CppForm.Binary, false), ["dt"] = new(".", CppForm.Binary, false), ["pt"] = new("->", CppForm.Binary),
        };
        foreach (string row in "ad& de* ng- ps+ nt! co~".Split(' ')) all[row[..2]] = new(row[2..], CppForm.Prefix);
        foreach (string row in (
            "aN&= aS= aa&& an& cm, dV/= dv/ eO^= eo^ eq== ge>= gt> lS<<= le<= ls<< lt< mI-= mL*= mi- ml* ne!= oR|= oo|| or| " +
            "pL+= pl+ pm->* rM%= rS>>= rm% rs>> ss<=>").Split(' ')) all[row[..2]] = new(row[2..], CppForm.Binary);
        return all;
    }
}
