// SPDX-License-Identifier: MIT
// The one exception of the hosted API: it carries what the core knows of a failure.
using System;
using System.Collections.Generic;
using System.Linq;
using Wamr.Nano.Core;

namespace Wamr.Nano;

/// <summary>A frame of a call stack.</summary>
/// <param name="FunctionIndex">Index of the function in its module, imports counted.</param>
/// <param name="FunctionName">Name from the name section or an export; null where there is none.</param>
/// <param name="Offset">Offset in the module's bytes of the instruction, or of the call that had not returned; the largest
/// number where that is not known, as in an image.</param>
public sealed record WasmFrame(uint FunctionIndex, string? FunctionName, uint Offset)
{
    /// <summary>As it stands in a message: <c>at report (function 3, offset 0x1a2)</c>.</summary>
    public override string ToString() => $"at {Printable.Text(FunctionName ?? "?")} (function {FunctionIndex}"
        + (Offset == ErrorInfo.Unknown ? ")" : $", offset 0x{Offset:x})");
}

/// <summary>
/// A module that was refused, a link that failed, a trap, want of memory. <see cref="Exception.Message"/> begins with the code
/// (<c>WN5002 ...</c>), gives the numbers and names the next step.
/// </summary>
public sealed class WasmException : Exception
{
    private readonly ErrorInfo _info;
    private readonly CallStackText _callStack;
    private readonly string? _detail;

    internal WasmException(WasmError error, in ErrorInfo info, CallStackText? callStack = null, string? detail = null, Exception? inner = null)
        : base(Text(error, info, detail, Reader.Library, callStack), inner)
    {
        (_info, _callStack, _detail) = (info, callStack ?? CallStackText.None, detail);
        Error = error;
        uint offset = CallStack.Count != 0 ? CallStack[0].Offset : info.Offset;
        Offset = offset == ErrorInfo.Unknown ? null : offset;
        Index = info.Index == ErrorInfo.Unknown ? null : info.Index;
    }

    /// <summary>What went wrong.</summary>
    public WasmError Error { get; }

    /// <summary>The code as it stands in messages, such as <c>WN5002</c>.</summary>
    public string Code => ErrorTexts.Name(Error);

    /// <summary>Whether running code trapped: the instance can still be used, or freed.</summary>
    public bool IsTrap => IsTrapCode(Error);

    /// <summary><see cref="Exception.Message"/> with the command line's options in place of the library's properties.</summary>
    internal string ToolMessage => Text(Error, _info, _detail, Reader.Tool, _callStack);

    internal static bool IsTrapCode(WasmError error) => (int)error / 1000 == 5;

    /// <summary>Offset in the module's bytes of what was refused or where it trapped; null where there is none.</summary>
    public uint? Offset { get; }

    /// <summary>Index of the item at fault in its index space; null where there is none.</summary>
    public uint? Index { get; }

    /// <summary>
    /// Functions that were running at a trap, innermost first; empty of other errors, and where no code ran. Of more than 64 functions the
    /// innermost 48 and, behind them, the outermost 16; fewer where the pool has no room.
    /// </summary>
    public IReadOnlyList<WasmFrame> CallStack => _callStack.Frames;

    /// <summary>Functions of a deep call stack that <see cref="CallStack"/> leaves out.</summary>
    public uint CallStackLeftOut => _callStack.LeftOut;

    /// <summary>Where in <see cref="CallStack"/> the functions would stand that are left out: between the innermost and the outermost ones.</summary>
    public int CallStackGap => _callStack.Gap;

    /// <summary>The call stack as lines, such as <c>at report (function 3, offset 0x1a2)</c>, with one that counts what is left out.</summary>
    public IEnumerable<string> CallStackLines => _callStack.Lines();

    /// <summary>The message, and the lines of the call stack.</summary>
    public override string ToString() => string.Join(Environment.NewLine, CallStackLines.Select(line => "   " + line).Prepend(base.ToString()));

    private static string Text(WasmError error, in ErrorInfo info, string? detail, Reader reader, CallStackText? callStack) =>
        ErrorTexts.Message(error, info, reader, callStack?.Frames.Count > 0) + (detail == null ? "" : " [" + Printable.Text(detail) + "]");
}
