// SPDX-License-Identifier: MIT
// Single names: of functions and types, of constructors, operators and what has none.
using System.Collections.Generic;

namespace Wamr.Nano.Mangling;

internal sealed partial class CppName
{
    /// <summary>Inside of the parameters of a closure: those of its own template have no arguments.</summary>
    private bool _isInClosure;

    private CppNode Unqualified(NameFacts? facts, CppNode? scope)
    {
        // Not seen outside of its file.
        Take('L');
        CppNode name = Peek() switch
        {
            'U' => Unnamed(),
            >= '1' and <= '9' => Source(),
            'D' when Peek(1) == 'C' => Binding(),
            'C' or 'D' when scope != null => Constructor(facts, scope),
            _ => Operator(facts),
        };
        return Tags(name);
    }

    private CppText Source()
    {
        string name = SourceName();
        return new(name.StartsWith("_GLOBAL_", System.StringComparison.Ordinal) && name.Length > 9 && name[9] == 'N'
            ? "(anonymous namespace)"
            : name);
    }

    private CppText Binding()
    {
        At += 2;
        List<string> names = [];
        do names.Add(SourceName());
        while (!Failed && !Take('E'));
        return new($"[{string.Join(", ", names)}]");
    }

    private CppNode Constructor(NameFacts? facts, CppNode scope)
    {
        if (facts != null) facts.HasNoResult = true;
        bool isDestructor = Next() == 'D';
        bool isInherited = !isDestructor && Take('I');
        if (Next() is < '0' or > '5') Fail();
        if (isInherited) Type();
        string name = scope.BaseName;
        return name.Length == 0 ? Bad() : new CppText(isDestructor ? "~" + name : name);
    }

    private CppNode Unnamed()
    {
        Next();
        if (Take('t')) return Tagless($"{{unnamed type#{Ordinal() + 1}}}");
        if (!Take('l')) return Bad();
        List<CppNode> parameters = [];
        bool outer = _isInClosure;
        _isInClosure = true;
        if (Take('v')) Expect('E');
        else while (!Failed && !Take('E')) parameters.Add(Type());
        _isInClosure = outer;
        return new CppClosure(parameters, Ordinal() + 1);
    }

    private static CppText Tagless(string text) => new(text);

    private sealed class CppClosure(IReadOnlyList<CppNode> parameters, int number) : CppNode
    {
        internal override string BaseName => "{lambda";

        internal override void Left(ReadableText text)
        {
            text.Add("{lambda");
            CppFunctionType.Parameters(text, parameters);
            text.Add($"#{number}}}");
        }
    }

    private CppNode Operator(NameFacts? facts)
    {
        if (Take("cv")) return Conversion(facts);
        if (Take("li")) return new CppText("operator\"\" " + SourceName());
        if (Peek() == 'v' && char.IsAsciiDigit(Peek(1)))
        {
            At += 2;
            return new CppText("operator " + SourceName());
        }
        if (CppOperator.Named(Peek(), Peek(1)) is not { IsFunction: true } known) return Bad();
        At += 2;
        string sign = known.Text.TrimEnd();
        return new CppText(char.IsAsciiLetter(sign[0]) ? "operator " + sign : "operator" + sign);
    }

    /// <summary>Its type may name parameters whose arguments follow.</summary>
    private CppNode Conversion(NameFacts? facts)
    {
        (bool mayTemplate, bool mayForward) = (_mayHaveArguments, _mayForward);
        (_mayHaveArguments, _mayForward) = (false, mayForward || facts != null);
        CppNode type = Type();
        (_mayHaveArguments, _mayForward) = (mayTemplate, mayForward);
        if (facts != null) facts.HasNoResult = true;
        return new CppAround("operator ", type);
    }
}
