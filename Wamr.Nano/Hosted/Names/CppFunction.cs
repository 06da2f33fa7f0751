// SPDX-License-Identifier: MIT
// A function of C++ with its parameters.
using System.Collections.Generic;

namespace Wamr.Nano.Mangling;

/// <param name="result">Null if names do not tell.</param>
/// <param name="name">With its scope.</param>
/// <param name="parameters">Types.</param>
/// <param name="qualifiers">Of the object it is called on: const, &amp; and the like, with a space in front of each.</param>
internal sealed class CppFunction(CppNode? result, CppNode name, IReadOnlyList<CppNode> parameters, string qualifiers)
    : CppNode([result, name, .. parameters])
{
    internal CppNode Name => name;

    internal override string BaseName => name.BaseName;

    internal override void Left(ReadableText text)
    {
        if (result != null)
        {
            text.Left(result);
            if (!result.HasRight(text)) text.Add(" ");
        }
        WithoutResult(text, result);
    }

    internal void WithoutResult(ReadableText text) => WithoutResult(text, null);

    private void WithoutResult(ReadableText text, CppNode? around)
    {
        text.Add(name);
        CppFunctionType.Parameters(text, parameters);
        if (around != null) text.Right(around);
        text.Add(qualifiers);
    }
}
