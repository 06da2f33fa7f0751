// SPDX-License-Identifier: MIT
// What the translator refuses: one code per rule of docs/LANGUAGE.md, reported with the C# file and line.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Wamr.Nano.IlToC;

internal enum Rule
{
    ObjectCreation = 1001,
    Boxing = 1002,
    Array = 1003,
    Exception = 1004,
    String = 1005,
    StaticField = 1006,
    Recursion = 1007,
    VirtualCall = 1008,
    Generic = 1009,
    StaticConstructor = 1010,
    CheckedArithmetic = 1011,
    Instruction = 1012,
    Type = 1013,
    NoBody = 1014,
    StackAlloc = 1015,
    DispatchLoop = 1016,
    CallingConvention = 1017,
    Root = 1018,
    DuplicateName = 1019,
    Layout = 1020,
}

/// <summary>A place in the C# source; <see cref="Line"/> is 0 if the pdb has none.</summary>
internal readonly record struct SourcePoint(string File, int Line)
{
    internal static readonly SourcePoint Unknown = new("", 0);
    public override string ToString() => Line == 0 ? (File.Length == 0 ? "?" : File) : $"{File}({Line})";
}

internal sealed record Refusal(Rule Rule, string Text, string Where, SourcePoint Source)
{
    public override string ToString() => $"{Source}: error IL{(int)Rule}: {Text} (in {Where})";
}

/// <summary>Thrown while one instruction is translated; the method's translation ends there, other methods go on.</summary>
internal sealed class RefusedException(Rule rule, string text) : Exception(text)
{
    internal Rule Rule { get; } = rule;
}

/// <summary>The whole translation failed; every refusal found is listed.</summary>
internal sealed class TranslationException(IReadOnlyList<Refusal> refusals)
    : Exception(string.Join(Environment.NewLine, refusals.Select(r => r.ToString())))
{
    internal IReadOnlyList<Refusal> Refusals { get; } = refusals;
}
