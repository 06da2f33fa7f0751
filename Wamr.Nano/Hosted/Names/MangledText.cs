// SPDX-License-Identifier: MIT
// A mangled name while it is read. It may come from anywhere, so readers count their levels, and the first error ends the reading.
using System;

namespace Wamr.Nano.Mangling;

internal class MangledText(string text)
{
    /// <summary>Levels of nesting, each of which takes some of the native stack.</summary>
    private const int MostLevels = 200;

    private int _levels;

    internal string Text => text;

    internal int At { get; set; }

    /// <summary>It is no name, or beyond a limit: what was made of it so far is worth nothing.</summary>
    internal bool Failed { get; private set; }

    internal bool IsAtEnd => Failed || At >= text.Length;

    /// <summary>The character ahead; a 0 behind the end and after a fault.</summary>
    internal char Peek(int ahead = 0) => Failed || At + ahead >= text.Length ? '\0' : text[At + ahead];

    internal char Next()
    {
        char c = Peek();
        if (c == '\0') Fail();
        else At++;
        return c;
    }

    internal bool Take(char c)
    {
        if (Peek() != c) return false;
        At++;
        return true;
    }

    internal bool Take(string word)
    {
        if (Failed || string.CompareOrdinal(text, At, word, 0, word.Length) != 0) return false;
        At += word.Length;
        return true;
    }

    internal void Expect(char c)
    {
        if (!Take(c)) Fail();
    }

    internal void Fail() => Failed = true;

    /// <summary>To be answered by <see cref="Leave"/>; false if it has become too deep.</summary>
    internal bool Enter()
    {
        if (++_levels > MostLevels) Fail();
        return !Failed;
    }

    internal void Leave() => _levels--;

    /// <summary>A decimal number of characters that follow; 0 if there is none.</summary>
    internal int Count()
    {
        int number = 0;
        while (char.IsAsciiDigit(Peek()) && number < text.Length) number = number * 10 + (Next() - '0');
        return number;
    }

    internal string Chars(int count)
    {
        if (count <= 0 || count > text.Length - At) Fail();
        if (Failed) return "";
        At += count;
        return text.Substring(At - count, count);
    }

    /// <summary>What follows as long as it is of these.</summary>
    internal string While(Func<char, bool> isOne)
    {
        int start = At;
        while (!IsAtEnd && isOne(text[At])) At++;
        return text[start..At];
    }
}
