// SPDX-License-Identifier: MIT
// Expressions in C++ names: template arguments that are values, and types given by an expression.
using System.Collections.Generic;

namespace Wamr.Nano.Mangling;

internal sealed partial class CppName
{
    private CppNode Expression()
    {
        CppNode expression = Enter() ? ExpressionInside() : Bad();
        Leave();
        return expression;
    }

    private CppNode ExpressionInside()
    {
        char c = Peek();
        if (c == 'L') return Literal();
        if (c == 'T') return TemplateParameter();
        if (c == 'f' && Peek(1) is 'p' or 'L') return Parameter();
        if (c == 'f') return Fold();
        if (char.IsAsciiDigit(c)) return WithArguments(Source());
        return Take("gs") ? new CppAround("::", Expression())
            : Take("sr") ? Resolved()
            : Take("sZ") ? PackSize()
            : Take("sp") ? new CppExpansion(Operand())
            : Take("cv") ? Cast()
            : Take("cl") ? Call()
            : Take("ix") ? Index()
            : Take("qu") ? new CppSequence(Operand(), new CppText("?"), Operand(), new CppText(" : "), Operand())
            : Take("tl") ? new CppSequence(Type(), Braces())
            : Take("il") ? Braces()
            : Take("tr") ? new CppText("throw")
            : Take("on") ? WithArguments(Operator(null))
            : Take("pp") ? Stepped("++")
            : Take("mm") ? Stepped("--")
            : ByOperator();
    }

    private CppNode ByOperator()
    {
        if (CppOperator.Named(Peek(), Peek(1)) is not CppOperator known) return Bad();
        At += 2;
        switch (known.Form)
        {
            case CppForm.Prefix when known.Text == "&": return AddressOf();
            case CppForm.Prefix when known.Text == "noexcept": return new CppAround("noexcept(", Expression(), ")");
            case CppForm.Prefix: return new CppAround(known.Text, Operand());
            case CppForm.OfType: return new CppAround($"{known.Text}(", Type(), ")");
            case CppForm.Cast:
                CppNode type = Type();
                return new CppSequence(new CppText(known.Text + "<"), type, new CppText(">("), Expression(), new CppText(")"));
            case CppForm.Binary:
                CppNode sequence = new CppSequence(Operand(), new CppText(known.Text), Operand());
                // Or it would end the list it stands in.
                return known.Text == ">" ? new CppAround("(", sequence, ")") : sequence;
            default: return Bad();
        }
    }

    /// <summary>In parentheses unless it is a name.</summary>
    private CppNode Operand() => InParentheses(Expression());

    private static CppNode InParentheses(CppNode node) =>
        node is CppScoped or CppSource or CppBraces ? node : new CppAround("(", node, ")");

    /// <summary>A name that stands for itself.</summary>
    private sealed class CppSource(CppNode name) : CppNode
    {
        internal override string BaseName => name.BaseName;

        internal override void Left(ReadableText text) => text.Add(name);
    }

    /// <summary>Of a function that has a scope, without its parameters.</summary>
    private CppNode AddressOf()
    {
        CppNode operand = Expression();
        return new CppAround("&", InParentheses(operand is CppFunction { Name: CppScoped scoped } ? scoped : operand));
    }

    private CppNode WithArguments(CppNode name) =>
        Peek() == 'I' ? new CppTemplated(name, TemplateArguments(ofFunction: false)) : new CppSource(name);

    /// <summary>A name in the scope of a type.</summary>
    private CppNode Resolved()
    {
        if (char.IsAsciiDigit(Peek())) return ResolvedByName();
        CppNode scope = Type(), name = Take("on") ? Operator(null) : Unqualified(null, null);
        CppNode full = new CppScoped(scope, name);
        return Peek() == 'I' ? new CppTemplated(full, TemplateArguments(ofFunction: false)) : full;
    }

    /// <summary>Namespaces and classes up to an E, behind it what is meant.</summary>
    private CppNode ResolvedByName()
    {
        CppNode scope = ScopeWithArguments(Source());
        while (!Failed && !Take('E')) scope = ScopeWithArguments(new CppScoped(scope, Source()));
        return ScopeWithArguments(new CppScoped(scope, Take("on") ? Operator(null) : Source()));
    }

    private CppNode ScopeWithArguments(CppNode name) => Peek() == 'I' ? new CppTemplated(name, TemplateArguments(ofFunction: false)) : name;

    private CppNode PackSize()
    {
        CppNode pack = Peek() == 'f' ? Parameter() : TemplateParameter();
        return pack is CppPack known ? new CppText($"{known.Elements.Count}") : new CppAround("sizeof...(", pack, ")");
    }

    private CppNode Parameter()
    {
        Next();
        if (Take("pT")) return new CppSource(new CppText("this"));
        if (Take('L'))
        {
            While(char.IsAsciiDigit);
            Expect('p');
        }
        else Expect('p');
        CvQualifiers();
        return new CppSource(new CppText($"{{parm#{Ordinal() + 1}}}"));
    }

    private CppNode Fold()
    {
        Next();
        char kind = Next();
        CppOperator? known = CppOperator.Named(Peek(), Peek(1));
        if (known is not { Form: CppForm.Binary } || kind is not ('l' or 'r' or 'L' or 'R')) return Bad();
        At += 2;
        CppNode first = Operand();
        CppText dots = new("...");
        CppText sign = new(known.Text);
        return new CppAround("(", kind switch
        {
            'l' => new CppSequence(dots, sign, first),
            'r' => new CppSequence(first, sign, dots),
            _ => new CppSequence(first, sign, dots, sign, Operand()),
        }, ")");
    }

    private CppNode Cast()
    {
        (bool mayTemplate, _mayHaveArguments) = (_mayHaveArguments, false);
        CppNode type = Type();
        _mayHaveArguments = mayTemplate;
        CppNode operand = Take('_') ? new CppAround("(", List(), ")") : Operand();
        return new CppSequence(new CppText("("), type, new CppText(")"), operand);
    }

    private CppNode Call()
    {
        CppNode callee = Expression();
        return new CppSequence(InParentheses(callee is CppFunction function ? function.Name : callee), new CppAround("(", List(), ")"));
    }

    private CppNode Index()
    {
        CppNode array = Operand();
        return new CppSequence(array, new CppText("["), Expression(), new CppText("]"));
    }

    private CppNode Stepped(string sign) => Take('_') ? new CppAround(sign, Operand()) : new CppAround("", Operand(), sign);

    private CppArgumentPack List()
    {
        List<CppNode> all = [];
        while (!Failed && !Take('E')) all.Add(Expression());
        return new(all);
    }

    private CppBraces Braces() => new(List());

    private sealed class CppBraces(CppNode list) : CppNode
    {
        internal override void Left(ReadableText text) => text.Add("{").Add(list).Add("}");
    }

    /// <summary>A value: a function or a variable, or a number of some type.</summary>
    private CppNode Literal()
    {
        Expect('L');
        if (Take("_Z") || Peek() == 'Z')
        {
            Take('Z');
            CppNode entity = Encoding();
            Expect('E');
            return entity;
        }
        char letter = Peek();
        CppNode type = Type();
        string value = While(c => c != 'E');
        Expect('E');
        if (value.StartsWith('n')) value = "-" + value[1..];
        string? suffix = letter switch { 'i' => "", 'j' => "u", 'l' => "l", 'm' => "ul", 'x' => "ll", 'y' => "ull", _ => null };
        return letter == 'b' && value is "0" or "1" ? new CppText(value == "0" ? "false" : "true")
            : suffix != null ? new CppText(value + suffix)
            : new CppSequence(new CppText("("), type, new CppText(letter is 'f' or 'd' or 'e' or 'g' ? $")[{value}]" : ")" + value));
    }
}
