// SPDX-License-Identifier: MIT
// A C file during writing, with the source of each of its lines.
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Wamr.Nano.Xip.Emit;

/// <summary>
/// A position in the module: a function, and the offset of an instruction; the largest number if there is none, or if it may be one of
/// several.
/// </summary>
internal readonly record struct Place(uint Function, uint Offset);

/// <summary>One of the C files of a module.</summary>
/// <param name="number">0 for the first part, which contains everything that exists once.</param>
internal sealed class CPart(int number)
{
    /// <summary>The file that the parts share.</summary>
    internal const string HeadName = "image.h";

    private readonly StringBuilder _text = new();
    private readonly Dictionary<int, Place> _places = [];
    private int _line = BeginningLines + 1;

    private const int BeginningLines = 2;

    internal string Name { get; } = $"image{number}.c";

    /// <summary>The beginning of the file.</summary>
    internal string Beginning => $"#define {CModule.MainMacro} {(number == 0 ? 1 : 0)}\n#include \"{HeadName}\"\n";

    internal string Text => _text.ToString();

    /// <summary>The source of a line; null if it was not made from an instruction of the module.</summary>
    internal Place? PlaceOf(int line) => _places.TryGetValue(line, out Place place) ? place : null;

    internal void Append(string text)
    {
        _text.Append(text);
        _line += text.Count(c => c == '\n');
    }

    /// <summary>Appends a line that was made from an instruction.</summary>
    internal void Append(string line, Place place)
    {
        _places[_line] = place;
        Append(line);
    }
}
