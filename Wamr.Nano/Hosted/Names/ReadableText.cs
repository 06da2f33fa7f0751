// SPDX-License-Identifier: MIT
// A readable name while it is written. Names say once what they show many times, so its length and the work on it are bounded.
using System.Text;

namespace Wamr.Nano.Mangling;

internal sealed class ReadableText
{
    private const int Longest = 1 << 15, MostSteps = 1 << 16, MostLevels = 2 * CppName.MostHeight;

    private readonly StringBuilder _text = new();
    private int _steps, _levels;

    internal bool Failed { get; private set; }

    internal int Length => _text.Length;

    internal char Last => _text.Length == 0 ? '\0' : _text[^1];

    /// <summary>Of a pack whose elements are shown one by one: which one it is, and how many there are; -1 if no pack was met.</summary>
    internal int PackIndex { get; set; } = -1;

    internal int PackCount { get; set; } = -1;

    internal ReadableText Add(string text)
    {
        if (_text.Length + text.Length > Longest) Failed = true;
        if (!Failed) _text.Append(text);
        return this;
    }

    internal ReadableText Add(CppNode node)
    {
        Left(node);
        return Right(node);
    }

    /// <summary>What of a type stands before the name of its variable.</summary>
    internal ReadableText Left(CppNode node)
    {
        if (Enter()) node.Left(this);
        _levels--;
        return this;
    }

    /// <summary>What stands behind it.</summary>
    internal ReadableText Right(CppNode node)
    {
        if (Enter()) node.Right(this);
        _levels--;
        return this;
    }

    /// <summary>Takes back what was written since it was that long.</summary>
    internal void CutTo(int length) => _text.Length = length;

    private bool Enter()
    {
        if (++_levels > MostLevels || ++_steps > MostSteps) Failed = true;
        return !Failed;
    }

    public override string ToString() => _text.ToString();
}
