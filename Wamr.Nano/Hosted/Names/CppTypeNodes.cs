// SPDX-License-Identifier: MIT
// Types of C++, which stand around what they are the type of: int (*name)(char).
using System.Collections.Generic;

namespace Wamr.Nano.Mangling;

/// <summary>A type with something behind it: const, _Complex.</summary>
internal sealed class CppQualified(CppNode type, string behind) : CppNode(type)
{
    internal override string BaseName => type.BaseName;

    /// <summary>Of an array its elements are const.</summary>
    internal override CppNode Actual(ReadableText text) => type.Actual(text) is CppArray array ? array : this;

    internal override bool HasRight(ReadableText text) => type.HasRight(text);

    /// <summary>What is const already does not become it twice.</summary>
    internal override void Left(ReadableText text) =>
        text.Left(type).Add(type.Actual(text) is CppQualified inner && inner.Behind == behind ? "" : behind);

    private string Behind => behind;

    internal override void Right(ReadableText text) => text.Right(type);
}

/// <summary>A pointer or a reference.</summary>
internal sealed class CppPointer(CppNode to, string sign) : CppNode(to)
{
    private const string Reference = "&", Temporary = "&&";

    internal override bool HasRight(ReadableText text) => Target(text).To.HasRight(text);

    internal override void Left(ReadableText text)
    {
        (CppNode target, string shown) = Target(text);
        CppNode actual = target.Actual(text);
        text.Left(target);
        // Functions leave a space behind their result.
        if (actual is CppArray) text.Add(" ");
        if (actual is CppArray or CppFunctionType) text.Add("(");
        text.Add(shown);
    }

    internal override void Right(ReadableText text)
    {
        (CppNode target, _) = Target(text);
        if (target.Actual(text) is CppArray or CppFunctionType) text.Add(")");
        text.Right(target);
    }

    /// <summary>A reference to a reference is one.</summary>
    private (CppNode To, string Sign) Target(ReadableText text)
    {
        CppNode target = to;
        string shown = sign;
        for (int levels = 0; sign is Reference or Temporary && levels < 100; levels++)
        {
            if (target.Actual(text) is not CppPointer inner || !inner.IsReference) break;
            if (inner.Sign == Reference) shown = Reference;
            target = inner.To;
        }
        return (target, shown);
    }

    private CppNode To => to;

    private string Sign => sign;

    private bool IsReference => sign is Reference or Temporary;
}

internal sealed class CppMemberPointer(CppNode scope, CppNode member) : CppNode(scope, member)
{
    internal override bool HasRight(ReadableText text) => member.HasRight(text);

    internal override void Left(ReadableText text)
    {
        text.Left(member);
        text.Add(member.Actual(text) switch { CppFunctionType => "(", CppArray => " (", _ => " " }).Add(scope).Add("::*");
    }

    internal override void Right(ReadableText text)
    {
        if (member.Actual(text) is CppArray or CppFunctionType) text.Add(")");
        text.Right(member);
    }
}

internal sealed class CppArray(CppNode element, CppNode? size) : CppNode(element, size)
{
    internal override bool HasRight(ReadableText text) => true;

    internal override void Left(ReadableText text) => text.Left(element);

    internal override void Right(ReadableText text)
    {
        text.Add(text.Last == ']' ? "[" : " [");
        if (size != null) text.Add(size);
        text.Add("]").Right(element);
    }
}

internal sealed class CppFunctionType(CppNode result, IReadOnlyList<CppNode> parameters, string qualifiers)
    : CppNode([result, .. parameters])
{
    internal override bool HasRight(ReadableText text) => true;

    internal override void Left(ReadableText text)
    {
        text.Left(result);
        if (!result.HasRight(text)) text.Add(" ");
    }

    internal override void Right(ReadableText text)
    {
        Parameters(text, parameters);
        text.Right(result).Add(qualifiers);
    }

    internal static void Parameters(ReadableText text, IReadOnlyList<CppNode> parameters)
    {
        text.Add("(");
        CppArguments.List(text, parameters);
        text.Add(")");
    }
}
