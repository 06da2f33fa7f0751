// SPDX-License-Identifier: MIT
// Types in names of C++.
using System.Collections.Generic;

namespace Wamr.Nano.Mangling;

internal sealed partial class CppName
{
    private static string? Builtin(char letter) => letter switch
    {
        'v' => "void", 'w' => "wchar_t", 'b' => "bool", 'c' => "char", 'a' => "signed char", 'h' => "unsigned char", 's' => "short",
        't' => "unsigned short", 'i' => "int", 'j' => "unsigned int", 'l' => "long", 'm' => "unsigned long", 'x' => "long long",
        'y' => "unsigned long long", 'n' => "__int128", 'o' => "unsigned __int128", 'f' => "float", 'd' => "double", 'e' => "long double",
        'g' => "__float128", 'z' => "...",
        _ => null,
    };

    private static string? LaterBuiltin(char letter) => letter switch
    {
        'd' => "decimal64", 'e' => "decimal128", 'f' => "decimal32", 'h' => "half", 'i' => "char32_t", 's' => "char16_t", 'u' => "char8_t",
        'a' => "auto", 'c' => "decltype(auto)", 'n' => "decltype(nullptr)",
        _ => null,
    };

    private CppNode Type()
    {
        CppNode type = Enter() ? TypeInside() : Bad();
        Leave();
        return type;
    }

    private CppNode TypeInside()
    {
        char c = Peek();
        if (Builtin(c) is string builtin)
        {
            Next();
            return new CppText(builtin);
        }
        if (c == 'u') return VendorType();
        if (c == 'D' && LaterBuiltin(Peek(1)) is string later)
        {
            At += 2;
            return new CppText(later);
        }
        if (c == 'S' && Peek(1) != 't') return KnownType();
        if (c == 'D' && Peek(1) is 'F' or 'B' or 'U' && Number() is CppNode number) return number;
        CppNode type = Made(c);
        Know(type);
        return type;
    }

    private CppNode VendorType()
    {
        Next();
        CppText name = new(SourceName());
        return Peek() == 'I' ? new CppTemplated(name, TemplateArguments(ofFunction: false)) : name;
    }

    private CppNode KnownType()
    {
        CppNode known = Substitution();
        if (Peek() != 'I' || !_mayHaveArguments) return known;
        CppNode type = new CppTemplated(known, TemplateArguments(ofFunction: false));
        Know(type);
        return type;
    }

    /// <summary>Numbers of a given width.</summary>
    private CppText Number()
    {
        bool isFloat = Peek(1) == 'F', isUnsigned = Peek(1) == 'U';
        At += 2;
        string bits = While(char.IsAsciiDigit), kind = isFloat && Take('b') ? "std::bfloat" : "_Float";
        bool isExtended = isFloat && Take('x');
        if (!isExtended && kind == "_Float") Expect('_');
        return new(isFloat ? $"{kind}{bits}{(isExtended ? "x" : kind == "_Float" ? "" : "_t")}"
            : $"{(isUnsigned ? "unsigned" : "signed")} _BitInt({bits})");
    }

    /// <summary>A type that is made of others; later parts may refer to it.</summary>
    private CppNode Made(char c)
    {
        switch (c)
        {
            case 'r' or 'V' or 'K': return QualifiedType();
            case 'P': return Pointer("*");
            case 'R': return Pointer("&");
            case 'O': return Pointer("&&");
            case 'C': return Behind(" _Complex");
            case 'G': return Behind(" _Imaginary");
            case 'U': return VendorQualified();
            case 'F': return FunctionType("");
            case 'A': return Array();
            case 'M':
                Next();
                CppNode scope = Type();
                return new CppMemberPointer(scope, Type());
            case 'D': return Special(Peek(1));
            case 'T' when Peek(1) is 's' or 'u' or 'e':
                At += 2;
                return Name(null);
            case 'T':
                CppNode parameter = TemplateParameter();
                if (Peek() != 'I' || !_mayHaveArguments) return parameter;
                Know(parameter);
                return new CppTemplated(parameter, TemplateArguments(ofFunction: false));
            default: return Name(null);
        }
    }

    private CppNode Special(char second)
    {
        switch (second)
        {
            case 'p':
                At += 2;
                return new CppExpansion(Type());
            case 't' or 'T': return Decltype();
            case 'v': return Vector();
            case 'o' or 'O' or 'w' or 'x': return FunctionType("");
            default: return Bad();
        }
    }

    private CppNode Decltype()
    {
        At += 2;
        CppNode expression = Expression();
        Expect('E');
        return new CppAround("decltype (", expression, ")");
    }

    private CppQualified Behind(string text)
    {
        Next();
        return new(Type(), text);
    }

    private CppPointer Pointer(string sign)
    {
        Next();
        return new(Type(), sign);
    }

    /// <summary>Of functions the qualifiers are those of the object.</summary>
    private CppNode QualifiedType()
    {
        string qualifiers = CvQualifiers();
        return Peek() == 'F' || (Peek() == 'D' && Peek(1) is 'o' or 'O' or 'w' or 'x') ? FunctionType(qualifiers)
            : new CppQualified(Type(), qualifiers);
    }

    private CppNode VendorQualified()
    {
        Next();
        string name = SourceName();
        CppNode? arguments = Peek() == 'I' ? TemplateArguments(ofFunction: false) : null;
        CppNode type = new CppQualified(Type(), " " + name);
        return arguments == null ? type : new CppSequence(type, arguments);
    }

    private CppFunctionType FunctionType(string qualifiers)
    {
        string exceptions = "";
        if (Take("Do")) exceptions = " noexcept";
        else if (Peek() == 'D' && Peek(1) is 'O' or 'w') Fail();
        if (Take("Dx")) exceptions = " transaction_safe" + exceptions;
        Expect('F');
        Take('Y');
        CppNode result = Type();
        List<CppNode> parameters = [];
        string reference = "";
        while (!Failed && !Take('E'))
        {
            if (Take("RE")) reference = " &";
            else if (Take("OE")) reference = " &&";
            else if (!Take('v'))
            {
                parameters.Add(Type());
                continue;
            }
            if (reference.Length != 0) break;
        }
        return new(result, parameters, qualifiers + reference + exceptions);
    }

    private CppArray Array()
    {
        Next();
        CppNode? size = null;
        if (char.IsAsciiDigit(Peek())) size = new CppText(While(char.IsAsciiDigit));
        else if (Peek() != '_') size = Expression();
        Expect('_');
        return new(Type(), size);
    }

    private CppNode Vector()
    {
        At += 2;
        CppNode size = Take('_') ? Expression() : new CppText(While(char.IsAsciiDigit));
        Expect('_');
        return new CppSequence(Type(), new CppText(" __vector("), size, new CppText(")"));
    }
}
