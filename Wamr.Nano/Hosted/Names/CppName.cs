// SPDX-License-Identifier: MIT
// Names of C++ as the Itanium ABI has them: functions, variables, and what compilers make besides. Names are in CppName.Scopes and so on.
using System;
using System.Collections.Generic;
using System.Text;

namespace Wamr.Nano.Mangling;

internal sealed partial class CppName(string name) : MangledText(name)
{
    /// <summary>How many levels a part may have, because walking through each of them takes some native stack.</summary>
    internal const int MostHeight = 200;

    private const int Prefix = 2;

    /// <summary>The parts to which later parts may refer, in the order in which they were read.</summary>
    private readonly List<CppNode> _known = [];

    /// <summary>
    /// Which of those are parameters of templates, and which parameters. Elsewhere, the same letters stand for those of another template.
    /// </summary>
    private readonly Dictionary<int, int> _knownParameters = [];

    private (CppNode? Node, int Index) _lastParameter;

    /// <summary>Arguments of the template whose parameters are named.</summary>
    private List<CppNode> _arguments = [];

    private readonly List<CppForward> _forward = [];

    /// <summary>The name; null if it is not one.</summary>
    internal static string? Of(string name)
    {
        CppName reader = new(name) { At = Prefix };
        CppNode node = reader.Encoding();
        if (node.Height > MostHeight) return null;
        string clones = reader.Clones();
        if (!reader.IsAtEnd || reader.Failed) return null;
        ReadableText text = new();
        text.Add(node).Add(clones);
        return text.Failed ? null : text.ToString();
    }

    /// <summary>A part that a compiler split off a function.</summary>
    private string Clones()
    {
        StringBuilder text = new();
        while (Peek() == '.' && (char.IsAsciiLetterLower(Peek(1)) || char.IsAsciiDigit(Peek(1)) || Peek(1) == '_'))
        {
            int start = At;
            Next();
            While(c => char.IsAsciiLetterOrDigit(c) || c == '_');
            while (Peek() == '.' && char.IsAsciiDigit(Peek(1)))
            {
                Next();
                While(char.IsAsciiDigit);
            }
            text.Append($" [clone {Text[start..At]}]");
        }
        return text.ToString();
    }

    /// <summary>Remembers a part to which later parts may refer.</summary>
    private void Know(CppNode part)
    {
        if (part.Height > MostHeight) Fail();
        if (part == _lastParameter.Node) _knownParameters[_known.Count] = _lastParameter.Index;
        _known.Add(part);
    }

    private CppNode Bad()
    {
        Fail();
        return new CppText("");
    }

    /// <summary>A function with its parameters, a variable, or something special.</summary>
    private CppNode Encoding()
    {
        if (Peek() is 'G' or 'T') return Special();
        List<CppNode> outer = _arguments;
        _arguments = [.. outer];
        CppNode node = Enter() ? Function() : Bad();
        Leave();
        _arguments = outer;
        return node;
    }

    private CppNode Function()
    {
        NameFacts facts = new() { Forward = _forward.Count };
        CppNode name = Name(facts);
        for (int n = facts.Forward; n < _forward.Count && !Failed; n++)
            if (!_forward[n].Resolve(_arguments)) Fail();
        _forward.RemoveRange(Math.Min(facts.Forward, _forward.Count), Math.Max(0, _forward.Count - facts.Forward));
        if (IsAtEndOfEncoding) return name;
        CppNode? result = facts.EndsWithArguments && !facts.HasNoResult ? Type() : null;
        List<CppNode> parameters = [];
        if (!Take('v'))
            do parameters.Add(Type());
            while (!IsAtEndOfEncoding && !Failed);
        return new CppFunction(result, name, parameters, facts.Qualifiers);
    }

    private bool IsAtEndOfEncoding => IsAtEnd || Peek() is 'E' or '.' or '_';

    /// <summary>Tables, thunks and guards that belong to something.</summary>
    private CppNode Special()
    {
        CppNode node = Enter() ? Special(Next(), Next()) : Bad();
        Leave();
        return node;
    }

    private CppNode Special(char first, char second)
    {
        switch ((first, second))
        {
            case ('T', 'V'): return new CppAround("vtable for ", Type());
            case ('T', 'T'): return new CppAround("VTT for ", Type());
            case ('T', 'I'): return new CppAround("typeinfo for ", Type());
            case ('T', 'S'): return new CppAround("typeinfo name for ", Type());
            case ('T', 'A'): return new CppAround("template parameter object for ", TemplateArgument());
            case ('T', 'W'): return new CppAround("TLS wrapper function for ", Name(null));
            case ('T', 'H'): return new CppAround("TLS init function for ", Name(null));
            case ('T', 'h' or 'v'):
                At--;
                bool isVirtual = Peek() == 'v';
                CallOffset();
                return new CppAround(isVirtual ? "virtual thunk to " : "non-virtual thunk to ", Encoding());
            case ('T', 'c'):
                CallOffset();
                CallOffset();
                return new CppAround("covariant return thunk to ", Encoding());
            case ('T', 'C'):
                CppNode derived = Type();
                SignedNumber();
                Expect('_');
                return new CppSequence(new CppText("construction vtable for "), Type(), new CppText("-in-"), derived);
            case ('G', 'V'): return new CppAround("guard variable for ", Name(null));
            case ('G', 'R'):
                CppNode variable = Name(null);
                string number = IsAtEndOfEncoding && Peek() != '_' ? "0" : $"{SequenceNumber()}";
                return new CppAround($"reference temporary #{number} for ", variable);
            case ('G', 'T'):
                Next();
                return new CppAround("transaction clone for ", Encoding());
            default: return Bad();
        }
    }

    private void CallOffset()
    {
        char kind = Next();
        if (kind is not ('h' or 'v')) Fail();
        SignedNumber();
        Expect('_');
        if (kind != 'v') return;
        SignedNumber();
        Expect('_');
    }

    /// <summary>Digits, after an n for a minus sign.</summary>
    private string SignedNumber()
    {
        bool isNegative = Take('n');
        string digits = While(char.IsAsciiDigit);
        if (digits.Length == 0) Fail();
        return isNegative ? "-" + digits : digits;
    }

    /// <summary>_ is 0, 0_ is 1 and so on, in base 36.</summary>
    private int SequenceNumber()
    {
        if (Take('_')) return 0;
        int number = 0;
        for (int digits = 0; !Failed && !Take('_'); digits++)
        {
            char c = Next();
            int digit = char.IsAsciiDigit(c) ? c - '0' : c is >= 'A' and <= 'Z' ? c - 'A' + 10 : -1;
            if (digit < 0 || digits > 4) Fail();
            if (Failed) return 0;
            number = number * 36 + digit;
        }
        return number + 1;
    }

    /// <summary>_ is 0, 0_ is 1 and so on, in base 10.</summary>
    private int Ordinal()
    {
        if (Take('_')) return 0;
        string digits = While(char.IsAsciiDigit);
        Expect('_');
        if (int.TryParse(digits, out int number)) return number + 1;
        Fail();
        return 0;
    }
}

/// <summary>What else a function's name says.</summary>
internal sealed class NameFacts
{
    internal int Forward { get; init; }

    /// <summary>Constructors and conversions have no result to show.</summary>
    internal bool HasNoResult { get; set; }

    internal bool EndsWithArguments { get; set; }

    internal string Qualifiers { get; set; } = "";
}
