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
    private readonly string? _detail;

    internal WasmException(WasmError error, in ErrorInfo info, IReadOnlyList<WasmFrame>? callStack = null, string? detail = null, Exception? inner = null,
        int? exitCode = null)
        : base(Text(error, info, detail, Reader.Library), inner)
    {
        (_info, _detail) = (info, detail);
        Error = error;
        Offset = info.Offset == ErrorInfo.Unknown ? null : info.Offset;
        Index = info.Index == ErrorInfo.Unknown ? null : info.Index;
        CallStack = callStack ?? [];
        ExitCode = exitCode;
    }

    /// <summary>What went wrong.</summary>
    public WasmError Error { get; }

    /// <summary>The code as it stands in messages, such as <c>WN5002</c>.</summary>
    public string Code => ErrorTexts.Name(Error);

    /// <summary>Whether running code trapped: the instance can still be used, or freed.</summary>
    public bool IsTrap => IsTrapCode(Error);

    /// <summary><see cref="Exception.Message"/> with the command line's options in place of the library's properties.</summary>
    internal string ToolMessage => Text(Error, _info, _detail, Reader.Tool);

    internal static bool IsTrapCode(WasmError error) => (int)error / 1000 == 5;

    /// <summary>Offset in the module's bytes of what was refused or where it trapped; null where there is none.</summary>
    public uint? Offset { get; }

    /// <summary>Index of the item at fault in its index space; null where there is none.</summary>
    public uint? Index { get; }

    /// <summary>What the app gave to <c>proc_exit</c>, where it ended itself; null of everything else. 0 is success.</summary>
    public int? ExitCode { get; }

    /// <summary>Functions that were running at a trap, innermost first, the first 64 of them; otherwise empty.</summary>
    public IReadOnlyList<WasmFrame> CallStack { get; }

    /// <summary>The message, and a line for each frame of the call stack.</summary>
    public override string ToString() => string.Join(Environment.NewLine, CallStack.Select(frame => "   " + frame).Prepend(base.ToString()));

    private static string Text(WasmError error, in ErrorInfo info, string? detail, Reader reader) =>
        ErrorTexts.Message(error, info, reader) + (detail == null ? "" : " [" + Printable.Text(detail) + "]");
}
