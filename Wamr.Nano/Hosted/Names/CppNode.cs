// SPDX-License-Identifier: MIT
// Parts of a C++ name: scopes, names, functions, template arguments and packs. Types are in CppTypeNodes.
using System.Collections.Generic;
using System.Linq;

namespace Wamr.Nano.Mangling;

/// <summary>A part. Types stand around the name of their variable, all else on its left.</summary>
/// <param name="parts">What it is made of.</param>
internal abstract class CppNode(params CppNode?[] parts)
{
    /// <summary>Levels of parts. Names refer back to what they have said, so that these may be far more than those of the name.</summary>
    internal int Height { get; } = 1 + parts.Max(part => part?.Height) ?? 1;

    internal abstract void Left(ReadableText text);

    internal virtual void Right(ReadableText text)
    {
    }

    /// <summary>What this stands for: a parameter of a template is its argument.</summary>
    internal virtual CppNode Actual(ReadableText text) => this;

    /// <summary>Whether something stands on the right, as with functions and arrays.</summary>
    internal virtual bool HasRight(ReadableText text) => false;

    /// <summary>The word a constructor of this class repeats.</summary>
    internal virtual string BaseName => "";
}

internal sealed class CppText(string shown, string? baseName = null) : CppNode
{
    internal override string BaseName => baseName ?? shown;

    internal override void Left(ReadableText text) => text.Add(shown);
}

/// <summary>Text, a part, more text.</summary>
internal sealed class CppAround(string before, CppNode part, string behind = "") : CppNode(part)
{
    internal override string BaseName => part.BaseName;

    internal override void Left(ReadableText text) => text.Add(before).Add(part).Add(behind);
}

/// <summary>Parts one behind the other.</summary>
internal sealed class CppSequence(params CppNode[] parts) : CppNode([.. parts])
{
    internal override void Left(ReadableText text)
    {
        foreach (CppNode part in parts) text.Add(part);
    }
}

internal sealed class CppScoped(CppNode scope, CppNode name) : CppNode(scope, name)
{
    internal override string BaseName => name.BaseName;

    internal override void Left(ReadableText text) => text.Add(scope).Add("::").Add(name);
}

/// <summary>A name inside a function. The function is shown without its result.</summary>
internal sealed class CppLocal(CppNode function, CppNode name) : CppNode(function, name)
{
    internal override string BaseName => name.BaseName;

    internal override void Left(ReadableText text)
    {
        if (function is CppFunction known) known.WithoutResult(text);
        else text.Add(function);
        text.Add("::").Add(name);
    }
}

/// <summary>A template with its arguments.</summary>
internal sealed class CppTemplated(CppNode name, CppNode arguments) : CppNode(name, arguments)
{
    internal override string BaseName => name.BaseName;

    internal override void Left(ReadableText text)
    {
        text.Add(name);
        // operator< and an angle bracket are not operator<<.
        if (text.Last == '<') text.Add(" ");
        text.Add(arguments);
    }
}

internal sealed class CppArguments(IReadOnlyList<CppNode> arguments) : CppNode([.. arguments])
{
    internal override void Left(ReadableText text)
    {
        text.Add("<");
        List(text, arguments);
        text.Add(text.Last == '>' ? " >" : ">");
    }

    /// <summary>With commas between those that are something: packs may be empty.</summary>
    internal static void List(ReadableText text, IEnumerable<CppNode> nodes)
    {
        bool isFirst = true;
        foreach (CppNode node in nodes)
        {
            int before = text.Length;
            if (!isFirst) text.Add(", ");
            int start = text.Length;
            text.Add(node);
            if (text.Length == start && !text.Failed) text.CutTo(before);
            else isFirst = false;
        }
    }
}

/// <summary>An argument that is a list of them.</summary>
internal sealed class CppArgumentPack(IReadOnlyList<CppNode> elements) : CppNode([.. elements])
{
    internal IReadOnlyList<CppNode> Elements => elements;

    internal override void Left(ReadableText text) => CppArguments.List(text, elements);
}

/// <summary>A parameter that stands for a list: inside of an expansion for one element at a time.</summary>
internal sealed class CppPack(IReadOnlyList<CppNode> elements) : CppNode([.. elements])
{
    internal IReadOnlyList<CppNode> Elements => elements;

    internal override CppNode Actual(ReadableText text)
    {
        if (text.PackCount < 0) (text.PackIndex, text.PackCount) = (0, elements.Count);
        return text.PackIndex < elements.Count ? elements[text.PackIndex].Actual(text) : this;
    }

    internal override bool HasRight(ReadableText text) => Actual(text) is var actual && actual != this && actual.HasRight(text);

    internal override void Left(ReadableText text)
    {
        if (Actual(text) is var actual && actual != this) text.Left(actual);
    }

    internal override void Right(ReadableText text)
    {
        if (Actual(text) is var actual && actual != this) text.Right(actual);
    }
}

/// <summary>A pattern that is repeated for each element of the packs in it.</summary>
internal sealed class CppExpansion(CppNode pattern) : CppNode(pattern)
{
    internal override void Left(ReadableText text)
    {
        (int index, int count) = (text.PackIndex, text.PackCount);
        (text.PackIndex, text.PackCount) = (-1, -1);
        int start = text.Length;
        text.Add(pattern);
        if (text.PackCount < 0) text.Add("...");
        else if (text.PackCount == 0 && !text.Failed) text.CutTo(start);
        for (int n = 1; n < text.PackCount && !text.Failed; n++)
        {
            text.PackIndex = n;
            text.Add(", ").Add(pattern);
        }
        (text.PackIndex, text.PackCount) = (index, count);
    }
}

/// <summary>A template's parameter that is named before its argument is: in the type of a conversion operator.</summary>
internal sealed class CppForward(int index) : CppNode
{
    private CppNode? _argument;
    private bool _isInside;

    /// <summary>Whether there is such an argument.</summary>
    internal bool Resolve(IReadOnlyList<CppNode> arguments)
    {
        if (index < arguments.Count) _argument = arguments[index];
        return _argument != null;
    }

    internal override CppNode Actual(ReadableText text) => _argument == null || _isInside ? this : Inside(() => _argument.Actual(text));

    internal override bool HasRight(ReadableText text) => _argument != null && !_isInside && Inside(() => _argument.HasRight(text));

    internal override void Left(ReadableText text)
    {
        if (_argument != null && !_isInside) Inside(() => text.Left(_argument));
    }

    internal override void Right(ReadableText text)
    {
        if (_argument != null && !_isInside) Inside(() => text.Right(_argument));
    }

    /// <summary>The argument may be made of this.</summary>
    private T Inside<T>(System.Func<T> work)
    {
        _isInside = true;
        T result = work();
        _isInside = false;
        return result;
    }
}
