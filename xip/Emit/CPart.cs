// SPDX-License-Identifier: MIT
// A C file as it is written, with what each of its lines was made from.
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Wamr.Nano.Xip.Emit;

/// <summary>A place of the module: a function, and the offset of an instruction; the largest number where it is none, or one of several.</summary>
internal readonly record struct Place(uint Function, uint Offset);

/// <summary>One of the C files of a module.</summary>
/// <param name="number">0 for the first, which has what there is only once.</param>
internal sealed class CPart(int number)
{
    /// <summary>File of what the parts share.</summary>
    internal const string HeadName = "image.h";

    private readonly StringBuilder _text = new();
    private readonly Dictionary<int, Place> _places = [];
    private int _line = BeginningLines + 1;

    private const int BeginningLines = 2;

    internal string Name { get; } = $"image{number}.c";

    /// <summary>What comes first in the file.</summary>
    internal string Beginning => $"#define {CModule.MainMacro} {(number == 0 ? 1 : 0)}\n#include \"{HeadName}\"\n";

    internal string Text => _text.ToString();

    /// <summary>What a line of the file was made from; null if that is no instruction of the module.</summary>
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
