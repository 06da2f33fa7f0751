// SPDX-License-Identifier: MIT
// The one exception of the hosted API: it carries what the core knows of a failure.
using System;
using System.Collections.Generic;
using System.Linq;
using Wamr.Nano.Core;

namespace Wamr.Nano;

/// <summary>A frame of a call stack.</summary>
/// <param name="FunctionIndex">Index of the function in its module, imports counted.</param>
/// <param name="FunctionName">Name from the name section or an export, as the compiler made it; null where there is none.</param>
/// <param name="Offset">Offset in the module's bytes of the instruction, or of the call that had not returned; the largest
/// number where that is not known, as in an image.</param>
public sealed record WasmFrame(uint FunctionIndex, string? FunctionName, uint Offset)
{
    /// <summary>
    /// The name as people read it: compilers of C++ and Rust pack scope and types into theirs, such as
    /// <c>_ZN3app4draw17h0123456789abcdefE</c> for <c>app::draw</c>.
    /// </summary>
    public string? ReadableName => FunctionName == null ? null : Wamr.Nano.ReadableName.Of(FunctionName);

    /// <summary>As it stands in a message: <c>at report (function 3, offset 0x1a2)</c>.</summary>
    public override string ToString() => $"at {Printable.Text(ReadableName ?? "?")} (function {FunctionIndex}"
        + (Offset == ErrorInfo.Unknown ? ")" : $", offset 0x{Offset:x})");
}

/// <summary>
/// A module that was refused, a link that failed, a trap, want of memory. <see cref="Exception.Message"/> begins with the code
/// (<c>WN5002 ...</c>), gives the numbers and names the next step.
/// </summary>
/// <example>
/// <code>
/// try
/// {
///     app.GetAction("run")();
/// }
/// catch (WasmException e) when (e.IsTrap)
/// {
///     Console.Error.WriteLine(e.Message);            // WN5003 integer divide by zero: ...
///     foreach (WasmFrame frame in e.CallStack) Console.Error.WriteLine(frame);
/// }
/// </code>
/// </example>
public sealed class WasmException : Exception
{
    private readonly ErrorInfo _info;
    private readonly CallStackText _callStack;
    private readonly string? _detail, _note;
    private readonly RefusedFeature? _refusal;

    /// <param name="error">What went wrong.</param>
    /// <param name="info">Its numbers.</param>
    /// <param name="callStack">Functions that were running, innermost first.</param>
    /// <param name="detail">What it is about, such as an import: may hold anything a module says.</param>
    /// <param name="inner">What a host function threw.</param>
    /// <param name="note">A text of our own, as those of <see cref="ErrorTexts"/>, that comes last.</param>
    /// <param name="exitCode">What the app gave to proc_exit.</param>
    /// <param name="refusal">Why a module was refused, in place of the error's own texts.</param>
    internal WasmException(WasmError error, in ErrorInfo info, CallStackText? callStack = null, string? detail = null,
        Exception? inner = null, string? note = null,
        int? exitCode = null, RefusedFeature? refusal = null)
        : base(Text(error, info, detail ?? callStack?.Import, note, Reader.Library, callStack, refusal), inner)
    {
        (_info, _callStack, _detail, _note, _refusal) = (info, callStack ?? CallStackText.None, detail ?? callStack?.Import, note, refusal);
        Error = error;
        uint offset = CallStack.Count != 0 ? CallStack[0].Offset : info.Offset;
        Offset = offset == ErrorInfo.Unknown ? null : offset;
        Index = info.Index == ErrorInfo.Unknown ? null : info.Index;
        ExitCode = exitCode;
    }

    /// <summary>What went wrong.</summary>
    public WasmError Error { get; }

    /// <summary>The code as it stands in messages, such as <c>WN5002</c>.</summary>
    public string Code => ErrorTexts.Name(Error);

    /// <summary>Whether running code trapped: the instance can still be used, or freed.</summary>
    public bool IsTrap => IsTrapCode(Error);

    /// <summary><see cref="Exception.Message"/> with the command line's options in place of the library's properties.</summary>
    internal string ToolMessage => Text(Error, _info, _detail, _note, Reader.Tool, _callStack, _refusal);

    internal static bool IsTrapCode(WasmError error) => (int)error / 1000 == 5;

    /// <summary>Offset in the module's bytes of what was refused or where it trapped; null where there is none.</summary>
    public uint? Offset { get; }

    /// <summary>Index of the item at fault in its index space; null where there is none.</summary>
    public uint? Index { get; }

    /// <summary>What the app gave to <c>proc_exit</c>, where it ended itself; null of everything else. 0 is success.</summary>
    public int? ExitCode { get; }

    /// <summary>
    /// Functions that were running at a trap, innermost first; empty of other errors, and where no code ran. Of more than 64 functions the
    /// innermost 48 and, behind them, the outermost 16; fewer where the pool has no room.
    /// </summary>
    public IReadOnlyList<WasmFrame> CallStack => _callStack.Frames;

    /// <summary>Functions of a deep call stack that <see cref="CallStack"/> leaves out.</summary>
    public uint CallStackLeftOut => _callStack.LeftOut;

    /// <summary>
    /// Where in <see cref="CallStack"/> the functions would stand that are left out: between the innermost and the outermost ones.
    /// </summary>
    public int CallStackGap => _callStack.Gap;

    /// <summary>
    /// The call stack as lines, such as <c>at report (function 3, offset 0x1a2)</c>, with one that counts what is left out.
    /// </summary>
    public IEnumerable<string> CallStackLines => _callStack.Lines();

    /// <summary>The message, and the lines of the call stack.</summary>
    public override string ToString() =>
        string.Join(Environment.NewLine, CallStackLines.Select(line => "   " + line).Prepend(base.ToString()));

    private static string Text(WasmError error, in ErrorInfo info, string? detail, string? note, Reader reader, CallStackText? callStack,
        RefusedFeature? refusal) =>
        ErrorTexts.Message(error, info, reader, callStack?.Frames.Count > 0, refusal)
        + (detail == null ? "" : " [" + Printable.Text(detail) + "]") +
        (note == null ? "" : "; " + ErrorTexts.Say(note, reader, false));
}
