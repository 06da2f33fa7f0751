// SPDX-License-Identifier: MIT
// Names with their scopes: nested ones, local ones, and references back to what was read.

namespace Wamr.Nano.Mangling;

internal sealed partial class CppName
{
    /// <param name="facts">Of the name of a function; null for that of a type.</param>
    private CppNode Name(NameFacts? facts)
    {
        CppNode node = Enter() ? NameInside(facts) : Bad();
        Leave();
        return node;
    }

    private CppNode NameInside(NameFacts? facts)
    {
        switch (Peek())
        {
            case 'N': return Nested(facts);
            case 'Z': return Local(facts);
            case 'S' when Peek(1) != 't':
                CppNode known = Substitution();
                if (Peek() != 'I') return Bad();
                return Templated(known, facts);
            default:
                CppNode name = Unscoped(facts);
                if (Peek() != 'I') return name;
                Know(name);
                return Templated(name, facts);
        }
    }

    private CppNode Templated(CppNode name, NameFacts? facts)
    {
        CppNode arguments = TemplateArguments(ofFunction: facts != null);
        if (facts != null) facts.EndsWithArguments = true;
        return new CppTemplated(name, arguments);
    }

    private CppNode Unscoped(NameFacts? facts) =>
        Take("St") ? new CppScoped(new CppText("std"), Unqualified(facts, null)) : Unqualified(facts, null);

    private CppNode Nested(NameFacts? facts)
    {
        Expect('N');
        string qualifiers = CvQualifiers();
        qualifiers += Take('R') ? " &" : Take('O') ? " &&" : "";
        CppNode? sofar = null;
        while (!Failed && !Take('E'))
        {
            if (facts != null) facts.EndsWithArguments = false;
            if (Peek() == 'S' && sofar == null)
            {
                sofar = Take("St") ? new CppText("std") : Substitution(beforeConstructor: true);
                continue;
            }
            sofar = NestedPart(sofar, facts);
            Know(sofar);
            // A closure in the initializer of a member.
            Take('M');
        }
        if (sofar == null || _known.Count == 0) return Bad();
        // The whole is known by the type it is, if it is one.
        _known.RemoveAt(_known.Count - 1);
        _knownParameters.Remove(_known.Count);
        if (facts != null) facts.Qualifiers = qualifiers;
        return sofar;
    }

    private CppNode NestedPart(CppNode? scope, NameFacts? facts)
    {
        switch (Peek())
        {
            case 'T' when scope == null: return TemplateParameter();
            case 'I' when scope != null: return Templated(scope, facts);
            case 'D' when scope == null && Peek(1) is 't' or 'T': return Decltype();
            default:
                CppNode name = Unqualified(facts, scope);
                return scope == null ? name : new CppScoped(scope, name);
        }
    }

    private CppNode Local(NameFacts? facts)
    {
        Expect('Z');
        CppNode function = Encoding();
        Expect('E');
        if (Take('s'))
        {
            Discriminator();
            return new CppLocal(function, new CppText("string literal"));
        }
        if (Take('d'))
        {
            int number = Ordinal() + 1;
            return new CppLocal(function, new CppAround($"{{default arg#{number}}}::", Name(facts)));
        }
        CppNode name = Name(facts);
        Discriminator();
        return new CppLocal(function, name);
    }

    /// <summary>Tells apart what has the same name in a function; nobody is shown it.</summary>
    private void Discriminator()
    {
        if (Peek() != '_') return;
        if (Peek(1) == '_')
        {
            At += 2;
            While(char.IsAsciiDigit);
            Expect('_');
        }
        else if (char.IsAsciiDigit(Peek(1))) At += 2;
    }

    private string CvQualifiers() => (Take('r') ? " __restrict" : "") is var restricted && (Take('V') ? " volatile" : "") is var isVolatile
        ? (Take('K') ? " const" : "") + isVolatile + restricted : "";

    private static CppText FullString { get; } =
        new("std::basic_string<char, std::char_traits<char>, std::allocator<char> >", "basic_string");

    /// <summary>Something that was read before, or one of the names that are known from the beginning.</summary>
    private CppNode Substitution(bool beforeConstructor = false)
    {
        Expect('S');
        if (char.IsAsciiLetterLower(Peek()))
        {
            char letter = Next();
            CppNode known = letter switch
            {
                'a' => new CppText("std::allocator", "allocator"),
                'b' => new CppText("std::basic_string", "basic_string"),
                's' => beforeConstructor && Peek() is 'C' or 'D' ? FullString : new CppText("std::string", "basic_string"),
                'i' => beforeConstructor && Peek() is 'C' or 'D' ? Stream("istream") : new CppText("std::istream", "basic_istream"),
                'o' => beforeConstructor && Peek() is 'C' or 'D' ? Stream("ostream") : new CppText("std::ostream", "basic_ostream"),
                'd' => beforeConstructor && Peek() is 'C' or 'D' ? Stream("iostream") : new CppText("std::iostream", "basic_iostream"),
                _ => Bad(),
            };
            return Tagged(known);
        }
        int index = SequenceNumber();
        if (index >= _known.Count) return Bad();
        return _knownParameters.TryGetValue(index, out int parameter) ? TemplateParameter(parameter) ?? _known[index] : _known[index];
    }

    private static CppText Stream(string kind) => new($"std::basic_{kind}<char, std::char_traits<char> >", $"basic_{kind}");

    private CppNode Tagged(CppNode name)
    {
        if (Peek() != 'B') return name;
        CppNode tagged = Tags(name);
        Know(tagged);
        return tagged;
    }

    private CppNode Tags(CppNode name)
    {
        while (Take('B')) name = new CppTag(name, SourceName());
        return name;
    }

    private string SourceName() => Chars(Count());

    private sealed class CppTag(CppNode name, string tag) : CppNode
    {
        internal override string BaseName => name.BaseName;

        internal override void Left(ReadableText text) => text.Add(name).Add($"[abi:{tag}]");
    }
}
