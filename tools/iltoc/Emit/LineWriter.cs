// SPDX-License-Identifier: MIT
// Lines of C with #line where the compiler's own count would miss the C# line. Statements of one C# line share a line of C.
using System.Text;

namespace Wamr.Nano.IlToC;

internal sealed class LineWriter(StringBuilder text, bool withLines, int width)
{
    private SourcePoint counted = SourcePoint.Unknown;
    private SourcePoint open = SourcePoint.Unknown;
    private int column;

    /// <summary>Sets the C# line of the text that is appended next.</summary>
    internal void Begin(SourcePoint source)
    {
        Directive(source);
        counted = SourcePoint.Unknown with { File = counted.File };
    }

    /// <summary>Lines were appended past this writer.</summary>
    internal void Reset()
    {
        End();
        counted = counted with { Line = -1 };
    }

    /// <summary>Ends the line that statements are still added to.</summary>
    internal void End()
    {
        if (column > 0) text.Append('\n');
        column = 0;
        open = SourcePoint.Unknown;
    }

    /// <summary>A statement that may share its line.</summary>
    internal void Simple(string statement, SourcePoint source, int depth)
    {
        if (column > 0 && source == open && column + statement.Length < width)
        {
            text.Append(' ').Append(statement);
            column += statement.Length + 1;
            return;
        }
        End();
        Start(source);
        text.Append(' ', depth * 4).Append(statement);
        column = depth * 4 + statement.Length;
        open = source;
    }

    /// <summary>A line of its own.</summary>
    internal void Alone(string line, SourcePoint source, int depth)
    {
        End();
        Start(source);
        text.Append(' ', depth * 4).Append(line).Append('\n');
    }

    internal void Raw(string line)
    {
        End();
        text.Append(line).Append('\n');
        counted = counted with { Line = counted.Line + 1 };
    }

    /// <summary>Counts the line that begins here as the compiler will.</summary>
    private void Start(SourcePoint source)
    {
        if (source.Line != 0) Directive(source);
        counted = counted with { Line = counted.Line + 1 };
    }

    private void Directive(SourcePoint source)
    {
        if (!withLines || source.Line == 0 || source == counted) return;
        text.Append(source.File == counted.File ? $"#line {source.Line}\n" : $"#line {source.Line} \"{source.File}\"\n");
        counted = source;
    }
}
