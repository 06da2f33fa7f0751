// SPDX-License-Identifier: MIT
// The one exception of the hosted API: it carries what the core knows of a failure.
using System;
using System.Collections.Generic;
using System.Linq;
using Wamr.Nano.Core;

namespace Wamr.Nano;

/// <summary>A frame of a call stack: a function that was running at a trap.</summary>
/// <param name="FunctionIndex">Index of the function in its module; imported functions come first.</param>
/// <param name="FunctionName">
/// The function's name in the name section or an export, as the compiler wrote it; null if there is none.
/// </param>
/// <param name="Offset">
/// Offset in the module of the instruction that trapped, or of the call that had not returned; <see cref="uint.MaxValue"/> if it is
/// unknown.
/// </param>
public sealed record WasmFrame(uint FunctionIndex, string? FunctionName, uint Offset)
{
    /// <summary>
    /// The name in readable form. C++ and Rust compilers encode scopes and types in their names, such as
    /// <c>_ZN3app4draw17h0123456789abcdefE</c> for <c>app::draw</c>.
    /// </summary>
    public string? ReadableName => FunctionName == null ? null : Wamr.Nano.ReadableName.Of(FunctionName);

    /// <summary>The frame as messages show it, such as <c>at report (function 3, offset 0x1a2)</c>.</summary>
    public override string ToString() => $"at {Printable.Text(ReadableName ?? "?")} (function {FunctionIndex}"
        + (Offset == ErrorInfo.Unknown ? ")" : $", offset 0x{Offset:x})");
}

/// <summary>
/// An error of the runtime: a refused module, a failed link, a trap, or too little memory. <see cref="Exception.Message"/> begins with the
/// code (<c>WN5002 ...</c>), and gives the figures and the next step.
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
    /// <param name="info">The figures.</param>
    /// <param name="callStack">Functions that were running, innermost first.</param>
    /// <param name="detail">The item that the error is about, such as an import. May contain any text from a module.</param>
    /// <param name="inner">The exception of a host function.</param>
    /// <param name="note">A further text, such as those of <see cref="ErrorTexts"/>, to append.</param>
    /// <param name="exitCode">The exit code that the app passed to proc_exit.</param>
    /// <param name="refusal">Why the module was refused, instead of the error's own texts.</param>
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

    /// <summary>The error.</summary>
    public WasmError Error { get; }

    /// <summary>The code as messages show it, such as <c>WN5002</c>.</summary>
    public string Code => ErrorTexts.Name(Error);

    /// <summary>Whether the error is a trap of running code. The instance can still be used after a trap.</summary>
    public bool IsTrap => IsTrapCode(Error);

    /// <summary><see cref="Exception.Message"/> with options of the command line instead of properties of the library.</summary>
    internal string ToolMessage => Text(Error, _info, _detail, _note, Reader.Tool, _callStack, _refusal);

    internal static bool IsTrapCode(WasmError error) => (int)error / 1000 == 5;

    /// <summary>Offset in the module where it was refused or trapped; null if there is none.</summary>
    public uint? Offset { get; }

    /// <summary>Index of the item that is wrong, in its index space; null if there is none.</summary>
    public uint? Index { get; }

    /// <summary>
    /// The exit code that the app passed to <c>proc_exit</c>, if the app exited (WN6006); 0 means success. Null for all other errors.
    /// </summary>
    public int? ExitCode { get; }

    /// <summary>
    /// The functions that were running at a trap, innermost first; empty for other errors. If there were more than 64, these are the
    /// innermost 48 and then the outermost 16. There may be fewer if the pool has no room.
    /// </summary>
    public IReadOnlyList<WasmFrame> CallStack => _callStack.Frames;

    /// <summary>The number of functions that <see cref="CallStack"/> leaves out, if the call stack is deep.</summary>
    public uint CallStackLeftOut => _callStack.LeftOut;

    /// <summary>
    /// The index in <see cref="CallStack"/> at which functions are left out, between the innermost and the outermost ones.
    /// </summary>
    public int CallStackGap => _callStack.Gap;

    /// <summary>
    /// The call stack as lines, such as <c>at report (function 3, offset 0x1a2)</c>. If functions are left out, one line counts them.
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
